"""A load of everything at once, while something is done to the site."""

import time
from collections import Counter

from .actors import Publisher, Uploader, Writer
from .importer import Importer
from .kills import gathered
from .proofs import faults
from .site import NONE, at_work

EVERYBODY = (Uploader, Publisher, Writer, Writer, Importer)


def bear(site, verdict, seconds, trouble, relief):
    """Let `trouble()` and `relief()` follow each other while everybody works; then prove all.

    Each pair of them may take as long as it likes; at the end all goes on for a moment in peace.
    """
    site.server.start()
    actors = [kind(site, f"{kind.what}{n}") for n, kind in enumerate(EVERYBODY)]
    for actor in actors:
        actor.sign_in()
    until, times = time.monotonic() + seconds, 0
    with at_work(*actors):
        while time.monotonic() < until:
            trouble()
            relief()
            times += 1
    resumed = resume(actors)
    verdict.tell(f"trouble {times} times; imports gone on with afterwards: {resumed}")
    for actor in actors:
        verdict.tell(line_of(actor))
    verdict.add([*faults(actors), *gathered(actors)])
    verdict.add(unanswered(actors))
    verdict.add(after(actors))


def resume(actors):
    return sum(actor.resume() for actor in actors if isinstance(actor, Importer))


def unanswered(actors):
    """Sentences about forms and pages that were not answered, by a server that nobody killed."""
    for actor in actors:
        if times := actor.visitor.answers[NONE]:
            yield f"{actor.name} was not answered {times} times"


def after(actors):
    """Sentences about who cannot go on with his work when the trouble is over."""
    for actor in actors:
        before = len(actor.acknowledged)
        for _attempt in range(2):  # a publisher may have to make a draft first
            actor.once()
        if len(actor.acknowledged) == before:
            yield f"{actor.name} cannot go on afterwards"


def line_of(actor):
    told = Counter(actor.visitor.answers)
    answers = ", ".join(f"{status}: {n}" for status, n in sorted(told.items(), key=str))
    return f"{actor.name:<14}{len(actor.acknowledged):>5} acknowledged; answers {answers}"
