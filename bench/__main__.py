"""`python -m bench`: measure pages, spreadsheets and names, with 10,000 agreements or rows.

Prints ratios against the plainest code that does the same work in the same run, and writes them
to var/bench/first-slice.json. Exit status 1 when one is over its limit.
`python -m bench import [ROWS]` measures imports of 100,000 agreements instead,
`python -m bench register [SIZE]` the lists of a register of so many,
`python -m bench web [SECONDS [ROUNDS]]` how many pages are answered a second;
`python -m bench tasks` counts what the tasks of editors take.
"""

import sys
from importlib import import_module

from .measuring import Result, report
from .scratch import scratch_site
from .spreadsheets import bench_export, bench_import

NAME = "first-slice"
IMPORT_MEMORY_MB = 300
OTHERS = {"import": ".imports", "register": ".register", "web": ".web", "tasks": ".tasks"}


def main(what="", *rows):
    if what:
        return import_module(OTHERS[what], __package__).main(*map(int, rows))
    # First, while this process is small: the system counts a parent's memory to its children.
    results = [
        from_figures(bench_import(), peak_limit_mb=IMPORT_MEMORY_MB),
        from_figures(bench_export()),
    ]
    with scratch_site():
        from django.core.management import call_command

        from . import names, pages, reading
        from .content import make_register

        make_register()
        call_command("rebuild_search", verbosity=0)
        results += [*pages.bench_pages(), *reading.bench_reading(), *names.bench_names()]
    return report(NAME, results)


def from_figures(figures, **limits):
    """A Result from what a measurement in a process of its own says of itself."""
    kept = {name: figures[name] for name in ("name", "ratio", "limit", "peak_mb")}
    return Result(**kept, note=f"{figures['seconds']:.1f} s", **limits)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
