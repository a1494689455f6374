"""What is kept from being searched for garbage, and for how long."""

import gc

import pytest

from culturecoop.tabular.memory import USUAL, gc_frozen


@pytest.fixture(autouse=True)
def _as_before():
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_nothing_is_searched_that_was_there_before_the_block():
    with gc_frozen():
        assert gc.get_freeze_count()
        assert gc.get_threshold()[0] > USUAL[0]
    assert not gc.get_freeze_count()
    assert gc.get_threshold() == USUAL


def test_a_server_keeps_what_it_started_with_and_nothing_else():
    gc.freeze()
    number = gc.get_freeze_count()
    others = [[] for _n in range(1000)]
    with gc_frozen(), gc_frozen():
        assert gc.get_freeze_count() <= number
    assert gc.get_freeze_count() > number - len(others)
