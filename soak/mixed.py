"""`python -m soak mixed [MINUTES]`: everything that a site is for, all at once, for long.

Readers, searches, editors, imports and exports, against two processes. What is published must be
read at once, in whichever process, and the memory of each process must not grow.

The register is as large at the end as at the beginning, but for the older editions. What is kept
of pages has little place, so that it is full, and is full of other pages, before memory is judged.
"""

import re
import time
from collections import Counter
from io import StringIO

from django.core.management import call_command

from agreements.models import AgreementEdition
from bench.content import add_agreements
from bench.variety import Varied

from .editors import Editor, ListKeeper
from .kills import gathered
from .load import line_of
from .memory import is_told, watched
from .proofs import faults
from .readers import Exporter, Reader, Searcher
from .site import UNAVAILABLE, at_work, soak_site
from .verdict import Verdict

MINUTES = 30
AGREEMENTS = 100  # beside those of the demonstration and of the lists
EDITED = 20  # by each editor
WARM_UP = (60, 180)  # seconds, at least and at most
EARLY = 6  # who export while all is new, so that no thread does it for the first time later
KEPT = str(4 * 1024 * 1024)  # bytes of pages
TRACEBACK = re.compile(r"^Traceback.*\n(?:  .*\n)*.*", re.MULTILINE)
EVERYBODY = (Reader, Reader, Reader, Searcher, Searcher, Editor, Editor, ListKeeper, Exporter)


def main(minutes=MINUTES):
    verdict = Verdict(f"everything at once for {minutes} minutes")
    with soak_site(PAGE_CACHE_BYTES=KEPT) as site:
        fill()
        site.server.start()
        people = everybody(site)
        early = [signed_in(Exporter(site, f"early{n}")) for n in range(EARLY)]
        with watched(site.server) as watch, at_work(*people):
            with at_work(*early):
                warm_up(watch)
            verdict.tell("\n".join(["Memory while all was new, in MB:", *watch.begin_anew()]))
            time.sleep(minutes * 60)
        for person in people:
            verdict.tell(line_of(person))
        verdict.tell(table(people))
        verdict.add(told(site.server))
        verdict.add([*faults(people), *gathered([*people, *early, *witnesses(people)])])
        verdict.tell(watch.text() if is_told() else "left out: memory, which only Linux tells")
        verdict.add(watch.faults())
    return verdict.status()


def fill():
    add_agreements(AGREEMENTS, Varied())
    call_command("rebuild_search", stdout=StringIO(), verbosity=0)


def warm_up(watch):
    """Wait until each process has done everything for the first time: its memory is at rest."""
    least, most = WARM_UP
    time.sleep(least)
    for _second in range(most - least):
        if watch.is_at_rest():
            return
        time.sleep(1)


def everybody(site):
    """All who come, signed in, each editor with agreements of his own."""
    people = [kind(site, f"{kind.what}{n}") for n, kind in enumerate(EVERYBODY)]
    free = [*AgreementEdition.objects.live().filter(live_until=None)
            .order_by("pk").values_list("agreement__slug", flat=True)]  # fmt: skip
    for person in map(signed_in, people):
        if isinstance(person, Editor):
            person.slugs, free = free[:EDITED], free[EDITED:]
    return people


def signed_in(person):
    person.sign_in()
    return person


def witnesses(people):
    return [person.witness for person in people if hasattr(person, "witness")]


def told(server):
    """Sentences about what the server has written of faults."""
    if tracebacks := TRACEBACK.findall(server.told()):
        yield f"{len(tracebacks)} tracebacks in the log, the first: {tracebacks[0]}"


def table(people):
    """What was answered to all of them together."""
    visitors = [one.visitor for one in [*people, *witnesses(people)]]
    answers = sum((visitor.answers for visitor in visitors), Counter())
    kinds = {kind.what: 0 for kind in EVERYBODY}
    for person in people:
        kinds[person.what] += len(person.acknowledged)
    return "\n".join(
        [
            f"{answers.total()} requests, {answers[UNAVAILABLE]} of them answered 503",
            ", ".join(f"{what} {number}" for what, number in kinds.items()),
        ]
    )
