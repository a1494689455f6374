"""`python -m soak [PART …]`: what a site must bear, with real HTTP, for long. The parts are

    mixed [MINUTES]             everything at once, with memory that must not grow (30)
    kills [NUMBER]              SIGKILL in the middle of work (50)
    writers [NUMBER [SECONDS]]  many who write at once (20, on SQLite 8; 60 seconds)
    disk [SECONDS]              a disk that fills up again and again (60; only as root)
    wire [SECONDS]              a wire to PostgreSQL that is cut and hangs (60)

Without a word: all of them one after the other, on SQLite or in a new database beside the one that
DATABASE_URL names; `make soak` does so, and `make soak MINUTES=2` the part `mixed` alone.
Exit status 1 when something is not as it should be.
"""

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module

from bench.scratch import scratch_site

PARTS = ("kills", "writers", "disk", "wire", "mixed")
DISK = 256  # megabytes: more than all that is stored in a few minutes


def main(part="", *numbers):
    if not part:
        return max([subprocess.call([sys.executable, "-m", __package__, part]) for part in PARTS])
    if part not in PARTS:
        sys.exit(__doc__)
    with place(part) as folder:
        if part == "disk" and folder is None:
            print("left out: a disk that fills up, which only root can mount")
            return 0
        with scratch_site(folder):
            return import_module(f".{part}", __package__).main(*map(int, numbers))


@contextmanager
def place(part):
    """A folder that is a small disk, for the part that fills one; None for that of the system."""
    if part != "disk":
        yield None
        return
    from tests.site.disk import small_disk

    with tempfile.TemporaryDirectory() as folder, small_disk(folder, DISK) as disk:
        yield disk


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
