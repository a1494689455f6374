"""What was moved: as few as can be, found by trying all."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from culturecoop.editions.differences.sequences import moved


def fewest(before, after):
    """The size of the smallest set without which both have the same order."""
    common = [item for item in after if item in before]
    for size in range(len(common) + 1):
        for left_out in combinations(common, size):
            kept = [item for item in common if item not in left_out]
            if kept == [item for item in before if item in kept]:
                return size
    raise AssertionError


ORDERS = st.lists(st.integers(0, 7), unique=True, max_size=7)


@given(ORDERS, ORDERS)
def test_it_is_the_fewest_without_which_the_order_is_the_same(before, after):
    found = moved(before, after)
    assert len(found) == fewest(before, after)
    kept = [item for item in after if item in before and item not in found]
    assert kept == [item for item in before if item in kept]


def test_what_came_or_went_is_not_moved():
    assert moved([1, 2, 3], [4, 1, 3]) == set()
    assert moved([], [1]) == moved([1], []) == set()
