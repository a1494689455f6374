"""The memory of the processes of a server: measured while it works, and judged.

What counts is what a process has for itself, and not what it reads of files in their place: that is
the code of the libraries, and with SQLite the database, which grows. Only Linux tells.
"""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

EVERY = 2  # seconds
OWN = ("Anonymous", "SwapPss")  # of smaps_rollup
WORKER = re.compile(r"Spawning worker-\d+ with PID: (\d+)")  # in the log of Granian
MOST = 0.05  # more at the end than at the beginning
PARTS, SHOWN = 5, 10
LATELY, REST = 15, 0.01  # so many measurements, and what they may differ by
MB = 1024  # of what is told in kilobytes
PROCESSES = Path("/proc")


@dataclass
class Watch:
    """What each worker of a server had, in kilobytes, one measurement after the other."""

    server: object
    taken: dict = field(default_factory=dict)

    def __post_init__(self):
        self.taken = {int(pid): [] for pid in WORKER.findall(self.server.told())}

    def measure(self):
        for pid, taken in self.taken.items():
            taken.append(own_memory(pid))

    def is_at_rest(self):
        """Whether no worker has grown by more than a hundredth of late."""
        return all(growth(taken[-LATELY:]) < REST for taken in self.taken.values())

    def begin_anew(self):
        """Forget what was measured while everything was asked for the first time.

        Returns a line about it for each worker.
        """
        told = [f"    worker {pid}: {curve(taken)}" for pid, taken in self.taken.items()]
        for taken in self.taken.values():
            taken.clear()
        return told

    def faults(self):
        """Yield sentences about workers that have grown, or have ended."""
        for pid, taken in self.taken.items():
            if not taken[-1]:
                yield f"worker {pid} has ended"
            elif (more := growth(taken)) > MOST:
                yield f"worker {pid} has grown by {more:.1%}, {MOST:.0%} are allowed"

    def text(self):
        """A line for each worker: its memory over time, and by how much it grew."""
        return "\n".join(
            f"worker {pid}, MB: {curve(taken)}; {growth(taken):+.1%}; "
            f"{threads(pid)} threads, {open_files(pid)} open files"
            for pid, taken in self.taken.items()
        )


@contextmanager
def watched(server):
    """Measure every few seconds, as long as the block lasts."""
    watch, ended = Watch(server), threading.Event()

    def keep_on():
        while not ended.wait(EVERY):
            watch.measure()

    thread = threading.Thread(target=keep_on)
    thread.start()
    try:
        yield watch
    finally:
        ended.set()
        thread.join()


def growth(taken):
    """How much more the last fifth has than the second; the first still fills what is kept."""
    size = len(taken) // PARTS
    if not size:
        return 0
    return median(taken[-size:]) / median(taken[size : 2 * size]) - 1


def curve(taken):
    """The medians of ten parts, in megabytes."""
    size = max(1, len(taken) // SHOWN)
    parts = (taken[first : first + size] for first in range(0, len(taken), size))
    return " ".join(f"{median(part) / MB:.1f}" for part in parts)


def is_told():
    """Whether this system tells what memory a process has for itself."""
    return (PROCESSES / "self" / "smaps_rollup").exists()


def own_memory(pid):
    """Kilobytes that are of no file; 0 of one that has ended."""
    lines = (line.split() for line in read(pid, "smaps_rollup").decode().splitlines())
    return sum(int(words[1]) for words in lines if words[0].rstrip(":") in OWN)


def threads(pid):
    return len(list((PROCESSES / str(pid) / "task").glob("*")))


def open_files(pid):
    return len(list((PROCESSES / str(pid) / "fd").glob("*")))


def read(pid, name):
    try:
        return (PROCESSES / str(pid) / name).read_bytes()
    except OSError:  # it has ended
        return b""
