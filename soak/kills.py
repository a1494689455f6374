"""`python -m soak kills [NUMBER]`: SIGKILL in the middle of uploads, publications and imports.

All processes of the server are stopped first, so that what they are at can be looked at: a kill
counts when a form was sent and not answered, or an import was at work, and a transaction was open,
a file half written or the state of the import said so. Then the server is started again.
"""

import random
import signal
import time
from collections import Counter, defaultdict
from itertools import cycle, islice

from .actors import Publisher, Uploader
from .importer import Importer
from .proofs import faults
from .signs import file_comes_in, is_connected, signs, transaction_is_open
from .site import at_work, soak_site
from .verdict import Verdict

NUMBER = 50
ATTEMPTS = 3000
FILE, TRANSACTION, SENT = "file half written", "transaction open", "sent and unanswered"
#: In turn: whose work is cut off, the sign that is waited for, and how long before (seconds).
MOMENTS = [
    ("upload", FILE, 1), ("publication", TRANSACTION, 2), ("import", "import reading", 0.5),
    ("upload", TRANSACTION, 1), ("publication", TRANSACTION, 1), ("import", TRANSACTION, 4),
    ("upload", FILE, 2), ("publication", TRANSACTION, 3), ("import", "import running", 3),
]  # fmt: skip


def main(number=NUMBER):
    verdict = Verdict(f"{number} kills")
    with soak_site() as site:
        actors = {actor.what: actor(site) for actor in (Uploader, Publisher, Importer)}
        site.server.start()
        for actor in actors.values():
            actor.sign_in()
        table = Table()
        for turn, (what, sign, within) in enumerate(islice(cycle(MOMENTS), number), start=1):
            with at_work(actors[what]):
                seen, done = kill(site, actors[what], sign, within)
            if SENT in seen and len(actors[what].acknowledged) != done:
                verdict.add([f"kill {turn}: the answer had come already"])
            site.leave()
            site.server.start()
            resumed = actors["import"].resume()
            found = [*faults(actors.values()), *gathered(actors.values())]
            table.add(what, seen)
            told = ", ".join(sorted(seen)) or "NOTHING WAS UNDER WAY"
            verdict.tell(f"{turn:>3} {what:<12} {told}" + "; resumed" * bool(resumed))
            verdict.add(found if seen else [*found, f"kill {turn} met no work"])
        verdict.tell(table.text(actors))
        verdict.tell(f"Left aside, to be swept after a day: {site.leave()} files")
    return verdict.status()


def kill(site, actor, sign, within):
    """Wait for the moment and kill.

    Returns the signs of what was under way, none when none was met, and how much was acknowledged
    by then.
    """
    time.sleep(random.uniform(0.1, within))
    for _attempt in range(ATTEMPTS):
        wait_for(site, sign)
        site.server.signal(signal.SIGSTOP)
        time.sleep(0.002)
        seen = signs(site)
        sent = actor.visitor.waiting_for
        done = len(actor.acknowledged)
        if sign in seen and actor.sent_to in sent:
            end(site)
            return seen | ({SENT} if sent else set()), done
        site.server.signal(signal.SIGCONT)
        time.sleep(random.uniform(0, 0.02))
    end(site)
    return set(), 0


def wait_for(site, sign):
    """A sign that passes quickly is looked for without stopping anything."""
    look = {FILE: file_comes_in}.get(sign)
    for _glance in range(ATTEMPTS if look else 0):
        if look(site):
            return
        time.sleep(0.0005)


def end(site):
    """Kill the server, and wait until the database has noticed."""
    site.server.signal(signal.SIGKILL)
    site.server.process.wait()
    while is_connected() or transaction_is_open():
        time.sleep(0.02)


def gathered(actors):
    """What the actors noted that should never be; each is told once."""
    for actor in actors:
        while actor.visitor.faults:
            yield actor.visitor.faults.pop()


class Table:
    """How many kills met which work, and with which signs."""

    def __init__(self):
        self.kills, self.seen = Counter(), defaultdict(Counter)

    def add(self, what, signs_seen):
        self.kills[what] += bool(signs_seen)
        self.seen[what].update(signs_seen)

    def text(self, actors):
        lines = []
        for what, kills in self.kills.items():
            told = ", ".join(f"{sign} {n}" for sign, n in self.seen[what].most_common())
            done = len(actors[what].acknowledged)
            lines.append(f"{what:<12}{kills:>4} kills, {done:>4} acknowledged; {told}")
        return "\n".join(lines)
