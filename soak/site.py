"""A site of its own for a soak: its content, its people, and the server that they ask."""

import http.client
import os
import signal
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from tests.site.server import Browser, Server, database_url

PASSWORD = "a soak of many hours"
# As docs/operations.md starts it.
PRODUCTION = ("--workers", "2", "--backpressure", "16", "--workers-kill-timeout", "60")
MEMORY = {"MALLOC_ARENA_MAX": "2"}
APPLICATION = "site"  # what PostgreSQL is told
UNAVAILABLE = 503
NONE, EARLY = "no answer", "closed while sending"


class NoAnswer(Exception):
    """The connection ended before an answer came."""


class TurnedAway(Exception):
    """The answer was another one than whoever asked can go on with."""


@dataclass
class Visitor(Browser):
    """Somebody at the site, who counts what he is answered and notes what should never be.

    `waiting_for` is the address of the form that he has sent, as long as no answer has come.
    """

    answers: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    waiting_for: str = ""

    def ask(self, address, data=None, **headers):
        self.waiting_for = address if data else ""
        try:
            answer = super().ask(address, data, **headers)
        except (OSError, http.client.HTTPException) as error:
            self.answers[what_came(error)] += 1
            raise NoAnswer(f"{address}: {error}") from error
        finally:
            self.waiting_for = ""
        self.answers[answer.status] += 1
        if answer.status >= 500 and not is_deliberate(answer):
            self.faults.append(f"{address} answered {answer.status}")
        return answer

    def open(self, address):
        """The page at an address; TurnedAway when there is none."""
        return self.expect(200, self.ask(address))

    def submit(self, address, values):
        """Send a form; the address where its answer leads. TurnedAway when it leads nowhere."""
        return self.expect(302, self.send(address, values)).headers["Location"]

    def expect(self, status, answer):
        """The answer, when it is that one; else TurnedAway."""
        if answer.status != status:
            raise TurnedAway(answer)
        return answer


def is_deliberate(answer):
    """Whether a site that cannot answer says so by itself, and when to ask again."""
    return answer.status == UNAVAILABLE and "Retry-After" in answer.headers


def what_came(error):
    """What to count in place of an answer.

    The site answers a long form with 503 unread while it cannot ask the database who sends it. A
    client that goes on sending finds the connection closed; ours does not look for the answer then.
    """
    early = isinstance(getattr(error, "reason", error), BrokenPipeError | ConnectionResetError)
    return EARLY if early else NONE


@dataclass
class Site:
    """`folder` has its files; `server` is not started yet."""

    folder: Path
    server: Server
    left: set = field(default_factory=set)

    def visitor(self, name):
        """A new publisher of that name, signed in once `sign_in` is called."""
        user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name="publisher"))
        return Visitor(self.server.url)

    def aside(self):
        """The files that are being written, but for those that a killed server has left."""
        below = ("incoming", "files/incoming", "private/incoming")
        walked = chain.from_iterable(os.walk(self.folder / folder) for folder in below)
        return {Path(at, name) for at, _folders, names in walked for name in names} - self.left

    def leave(self):
        """Take what is aside now for left behind; returns how many files have been."""
        self.left |= self.aside()
        return len(self.left)


@contextmanager
def soak_site(port=None, **variables):
    """The Site, with the demonstration in it; the port is that of a wire to PostgreSQL."""
    call_command("load_demonstration", stdout=StringIO())
    variables |= {"DATABASE_URL": database_url(port), "PGAPPNAME": APPLICATION, **MEMORY}
    server = Server(settings.VAR_ROOT, variables, PRODUCTION)
    try:
        yield Site(settings.VAR_ROOT, server)
    finally:
        server.signal(signal.SIGKILL)  # nothing of it is kept
        server.process.wait()


@contextmanager
def at_work(*actors):
    """Let each of the actors do its work again and again, until the end of the block."""
    ended = threading.Event()
    threads = [threading.Thread(target=actor.keep_on, args=[ended]) for actor in actors]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
