"""The code of the commit before the register was compiled, for comparison in the same run."""

import os
import subprocess
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from .measuring import RESULTS

ROOT = RESULTS.parent.parent
COMMIT = os.environ.get("BEFORE", "f0e086e")


def is_known():
    """Whether the commit is in this clone, which may be shallow."""
    found = subprocess.run(
        ["git", "cat-file", "-e", f"{COMMIT}^{{commit}}"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    return found.returncode == 0


@contextmanager
def checked_out():
    """Give a folder with the files of the commit; it goes when it is done with."""
    archive = subprocess.run(
        ["git", "archive", COMMIT], cwd=ROOT, stdout=subprocess.PIPE, check=True
    ).stdout
    with TemporaryDirectory(prefix="bench-before-") as folder:
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        yield folder
