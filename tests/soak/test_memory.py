"""What the soak says of the memory of a server."""

import os
from types import SimpleNamespace

import pytest

from soak.memory import Watch, curve, growth, is_told, own_memory

LOG = """[INFO] Spawning worker-1 with PID: 51
[INFO] Spawning worker-2 with PID: 53
"""


@pytest.fixture
def watch():
    return Watch(SimpleNamespace(told=lambda: LOG))


def test_the_first_fifth_and_single_peaks_do_not_count():
    assert growth([500] * 10 + [1000] * 39 + [9000]) == 0
    assert growth([1000] * 40 + [1100] * 10) == pytest.approx(0.1)
    assert growth([1000] * 3) == 0


def test_a_worker_may_grow_by_a_twentieth(watch):
    watch.taken = {51: [1000] * 40 + [1049] * 10, 53: [1000] * 40 + [1060] * 10}
    assert list(watch.faults()) == ["worker 53 has grown by 6.0%, 5% are allowed"]


def test_a_worker_must_not_end(watch):
    watch.taken = {51: [1000] * 50, 53: [1000] * 49 + [0]}
    assert list(watch.faults()) == ["worker 53 has ended"]


@pytest.mark.parametrize(
    ("taken", "is_at_rest"),
    [([1000] * 30, True), (range(1000, 1300, 10), False), ([1000] * 5, True)],
)
def test_memory_is_at_rest_when_it_grew_little_of_late(watch, taken, is_at_rest):
    watch.taken = {51: [1000] * 30, 53: list(taken)}
    assert watch.is_at_rest() == is_at_rest


def test_workers_are_those_that_the_log_names(watch):
    assert list(watch.taken) == [51, 53]


def test_what_was_measured_first_is_told_and_forgotten(watch):
    watch.taken = {51: [1024] * 10, 53: [2048] * 10}
    assert watch.begin_anew()[1].endswith(": " + " ".join(["2.0"] * 10))
    assert not any(watch.taken.values())
    assert curve([]) == ""


@pytest.mark.skipif(not is_told(), reason="only Linux tells what memory a process has")
def test_a_process_has_memory_of_its_own():
    assert own_memory(os.getpid()) > 1024
