"""All steps of an import, one after the other.

`python -m tests.culturecoop.imports.stepping FOLDER PATH…` takes them for each file in a
process of its own and tells the most memory it took, in megabytes.
"""

import contextlib
import sys
import threading
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.files import File
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()

from culturecoop.imports import error_report, jobs
from culturecoop.tabular.reading import Unreadable
from tests.culturecoop.conftest import SECONDS_TO_READ


def through_all_steps(path, target):
    """The job after all steps, or the message with which the file was refused."""
    with open(path, "rb") as file:
        job = jobs.create(File(file), name=path.name)
    try:
        jobs.look(job)
        jobs.propose(job)
        jobs.plan(job)
        if job.can_apply:
            jobs.start(job)
            jobs.run(job)
        with open(target, "wb") as file:
            error_report.write_marked(file, job)
    except Unreadable as refusal:
        return job, str(refusal)
    return job, job.message


class Watch(threading.Thread):
    """Notes the most megabytes that a process started by this one took.

    getrusage cannot tell: it counts a child as large as its parent at the moment of the start.
    """

    def __init__(self):
        super().__init__(daemon=True)
        self.largest = 0
        self.own = Path("/proc/self/cmdline").read_bytes() if Path("/proc").is_dir() else b""

    def run(self):
        while True:
            for children in Path("/proc/self/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    for pid in filter(self.is_another_program, children.read_text().split()):
                        self.largest = max(self.largest, megabytes(pid))
            time.sleep(0.02)

    def is_another_program(self, pid):
        """Not so at its very start, when it still shares the memory of this one."""
        return Path(f"/proc/{pid}/cmdline").read_bytes() != self.own


def megabytes(pid="self"):
    """The most memory that the process took so far; 0 where that is not told."""
    with contextlib.suppress(OSError, StopIteration), open(f"/proc/{pid}/status") as file:
        return int(next(line for line in file if line.startswith("VmHWM")).split()[1]) // 1024
    return 0


def main(folder, *paths):
    settings.SPREADSHEET_MAX_SECONDS = SECONDS_TO_READ
    call_command("migrate", verbosity=0)
    watch = Watch()
    watch.start()
    for path in map(Path, paths):
        job, _message = through_all_steps(path, Path(folder) / "marked.xlsx")
        jobs.discard(job)
        sys.stdout.write(f"{path.name}: {megabytes()} + {watch.largest}\n")
    sys.stdout.write(f"{megabytes() + watch.largest}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
