"""Sites in processes of their own, filled and asked by bench/served.py."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from .measuring import RESULTS

ROOT = RESULTS.parent.parent
SERVED = Path(__file__).with_name("served.py")


class Unanswered(Exception):
    """A request was answered with something else than a page."""


class Site:
    """A site with `count` agreements, of the code in `folder`, that is being made.

    On SQLite, or with `database`, an address, in a new database beside that one.
    """

    def __init__(self, name, count, *, database="", folder=ROOT, content="varied"):
        self.name, self.count = name, count
        command = [sys.executable, "-P", str(SERVED), str(count), content]
        self.process = subprocess.Popen(
            command, cwd=folder, env=_environment(name, database, folder), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.stdin.close()  # so it ends, and takes its database away
        self.process.wait()

    def wait(self):
        """Wait until the site is made."""
        self._answer()

    def ask(self, case):
        """Return the seconds that a request takes. Raises Unanswered."""
        found = self._asked(case)
        if found["status"] != 200:
            raise Unanswered(f"{case.at(self.count)} answers {found['status']}")
        return found["seconds"]

    def plans(self, case):
        """Return the slowest statements of a request, and their plans."""
        return self._asked(case, plans=True)["plans"]

    def _asked(self, case, **more):
        words = {"path": case.at(self.count), "signed_in": case.signed_in, **more}
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name}: the site has ended; it says why above")
        return json.loads(line)


def _environment(name, database, folder):
    found = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database:
        address = urlsplit(database)
        path = f"{address.path}_{name}"
        found["DATABASE_URL"] = address._replace(path=path).geturl()
    return found | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
