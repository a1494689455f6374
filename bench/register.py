"""`python -m bench register [SIZE]`: every list of a register of 1,000 and of SIZE agreements.

On SQLite, and on PostgreSQL when DATABASE_URL names a server. Each site has a process and a
database of its own, made anew; then `rebuild_search` and ANALYZE. All are asked in turn, with the
page of an agreement as the commit before had it. Written to var/bench/register.json, with the
statements behind what is over its limit in register-plans.txt; exit status 1 when something is.
"""

import os
import statistics
from contextlib import ExitStack
from dataclasses import replace

from . import before
from .measuring import RESULTS, Result, line_of, report
from .register_cases import PAGE, Case, cases
from .sites import Site, Unanswered

SMALL, LARGE = 1_000, 100_000
#: So many agreements the site of the commit before has at most: its page took as long with any.
MOST_BEFORE = 10_000
ROUNDS, SLOW_ROUNDS, SLOW = 9, 3, 2  # what takes two seconds is asked less often
BASELINE = Case("agreement's page before", PAGE)


def main(size=LARGE):
    results, plans = [], []
    for database in databases():
        with ExitStack() as stack:
            sites = made(stack, size, database)
            for case in cases():
                found = list(measured(case, sites, database))
                results += found
                print(*map(line_of, found), sep="\n", flush=True)
                if any(result.too_slow and result.ratio for result in found):
                    plans += [f"== {found[0].name}", *sites[-1].plans(case)]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "register-plans.txt").write_text("\n".join(plans) + "\n")
    return report("register", results)


def databases():
    """The addresses of the databases to measure on; "" is SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith("postgres"):
        return ["", server]
    print("DATABASE_URL names no PostgreSQL server: only SQLite is measured.", flush=True)
    return [""]


def made(stack, size, database):
    """Make (the site whose agreement's page is the measure, the small site, the large one)."""
    sites = [Site("small", SMALL, database=database), Site("large", size, database=database)]
    if before.is_known():
        folder = stack.enter_context(before.checked_out())
        count = min(size, MOST_BEFORE)
        earlier = Site("before", count, database=database, folder=folder, content="plain")
        sites.append(earlier)
    else:
        text = f"{before.COMMIT} is not in this clone: an agreement's page of now is the measure."
        print(text, flush=True)
    for site in sites:
        stack.enter_context(site).wait()
    small, large, *others = sites
    return [*others, large][0], small, large


def measured(case, sites, database):
    """Yield the results of a case: against the page, and against the small site."""
    name = f"{'PostgreSQL' if database else 'SQLite'}: {case.name}"
    try:
        page, few, many = medians(case, *sites)
    except Unanswered as fault:
        yield Result(name, None, case.limit, note=str(fault))
        return
    note = f"{many * 1000:.0f} ms; the page {page * 1000:.0f} ms"
    yield Result(name, round(many / page, 2), case.limit, note=note)
    note = f"{many * 1000:.0f} ms; with {SMALL:,} {few * 1000:.0f} ms"
    yield Result(f"{name}, growth", round(many / few, 2), case.grows, note=note)


def medians(case, earlier, small, large):
    """Return the times of an agreement's page, and of the case at both sites, asked in turn."""
    alike = replace(case, path=case.full or case.path)
    requests = [(earlier, BASELINE), (small, alike), (large, case)]
    first = [site.ask(asked) for site, asked in requests]
    times = [[] for _request in requests]
    for _round in range(SLOW_ROUNDS if max(first) > SLOW else ROUNDS):
        for taken, (site, asked) in zip(times, requests, strict=True):
            taken.append(site.ask(asked))
    return [statistics.median(taken) for taken in times]
