"""`python -m bench web [SECONDS [ROUNDS]]`: pages a second, beside nginx and beside Wagtail.

Our site, started as docs/operations.md says, answers three pages: kept; kept, behind the nginx of
that document; and rendered. nginx has the same bytes as files, and a site built with Wagtail
(bench/peer/) says the same, kept by wagtail-cache and rendered. All are asked in turn, and the
medians count. On SQLite, and on PostgreSQL when DATABASE_URL names a server. It needs `wrk` and
`nginx`; the packages of the peer are installed the first time. Written to var/bench/web.json; exit
status 1 when something is over its limit.
"""

import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from . import web_sites
from .measuring import Result, report
from .register import databases
from .web_asked import Page, pages_of, rate
from .web_front import Front

SECONDS, ROUNDS = 3, 3
WORKER_LIMIT_MB = 150
KEPT, BEHIND, RENDERED = "kept", "behind nginx", "rendered"
FILES, WAGTAIL_KEPT, WAGTAIL = "files", "Wagtail kept", "Wagtail"
#: How many times as many answers a second ours should give, by the database.
OF_FILES = {"SQLite": 0.3, "PostgreSQL": 0.18}
OF_WAGTAIL = {"SQLite": 6, "PostgreSQL": 4}
OF_FILES_BEHIND = 0.7
OF_RENDERED = {"home": 1.5, "register": 2, "agreement": 1.5}


def main(seconds=SECONDS, rounds=ROUNDS):
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        sys.exit(f"This is measured with wrk and nginx. Please install {' and '.join(missing)}.")
    python, results = web_sites.environment(), []
    for server in databases():
        database = "PostgreSQL" if server else "SQLite"
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
            sites = web_sites.made(stack, Path(folder), server, python)
            print(f"{database}: measuring …", flush=True)
            rates, memory = measured(*sites, seconds, rounds)
        results += [*compared(database, rates), remembered(database, memory)]
    return report("web", results)


# Measuring ---------------------------------------------------------------------------------


def measured(ours, peer, seconds, rounds):
    """Return {(page, who): answers a second}, and the memory of a worker of either site in MB."""
    pages = pages_of(ours.content)
    with ours.served() as kept, peer.served() as wagtail, Front(kept, pages) as front:
        asked = {
            KEPT: at(kept.url, pages),
            BEHIND: at(front.documented, pages),
            FILES: front.files,
            WAGTAIL_KEPT: at(wagtail.url, pages),
        }
        rates = in_turn(asked, pages, seconds, rounds)
        memory = kept.largest_worker_mb(), wagtail.largest_worker_mb()
    with ours.served(keeps=False) as rendered, peer.served(keeps=False) as wagtail:
        asked = {RENDERED: at(rendered.url, pages), WAGTAIL: at(wagtail.url, pages)}
        rates |= in_turn(asked, pages, seconds, rounds)
    return rates, memory


def at(url, pages):
    """Return the addresses of the pages on a site."""
    return [page.at(url) for page in pages]


def in_turn(asked, pages, seconds, rounds):
    """Return {(page, who): answers a second} of {who: addresses}, the medians of the rounds."""
    found = defaultdict(list)
    for number, page in enumerate(pages):
        addresses = {who: addresses[number] for who, addresses in asked.items()}
        for who, address in addresses.items():
            page.verify(who, address)
        for _round in range(rounds):
            for who, address in addresses.items():
                found[page.name, who].append(rate(address, seconds))
    return {key: statistics.median(rates) for key, rates in found.items()}


# What came out -----------------------------------------------------------------------------


def compared(database, rates):
    """Yield how many times as long ours takes as another, for each page."""
    for page in Page.NAMES:
        for ours, theirs, least in bars(database, page):
            mine, other = rates[page, ours], rates[page, theirs]
            note = f"{mine:,.0f} a second; {other:,.0f}"
            name = f"{database}: {page} {ours}, {theirs}"
            yield Result(name, round(other / mine, 3), round(1 / least, 3), note=note)


def bars(database, page):
    """Yield (ours, another, how many times its answers a second ours should give)."""
    yield KEPT, FILES, OF_FILES[database]
    yield KEPT, WAGTAIL_KEPT, OF_WAGTAIL[database]
    yield BEHIND, FILES, OF_FILES_BEHIND
    yield RENDERED, WAGTAIL, OF_RENDERED[page]


def remembered(database, memory):
    ours, theirs = memory
    name, ratio = f"{database}: memory of a worker, Wagtail kept", round(ours / theirs, 2)
    note = f"{ours:.0f} MB against {theirs:.0f} MB"
    return Result(name, ratio, None, round(ours, 1), WORKER_LIMIT_MB, note)
