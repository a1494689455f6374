"""Measuring one way of doing a thing against another, and saying what came out."""

import gc
import json
import resource
import statistics
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).resolve().parent.parent / "var" / "bench"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Result:
    """How many times the plainest code's time something took, and how much it may take.

    A `ratio` of None: it was not answered at all. `peak_mb` is the memory of the whole process at
    its highest while measuring, in MB.
    """

    name: str
    ratio: float | None
    limit: float | None
    peak_mb: float | None = None
    peak_limit_mb: float | None = None
    note: str = ""

    @property
    def too_slow(self):
        if self.ratio is None:
            return True
        return self.limit is not None and self.ratio > self.limit

    @property
    def too_big(self):
        return self.peak_limit_mb is not None and self.peak_mb > self.peak_limit_mb


def measure(name, ours, plain, *, limit=None, rounds=9, peak_limit_mb=None):
    """Run both in turn and compare their medians. Both are called once before."""
    ours(), plain()
    reset_peak()
    times = {ours: [], plain: []}
    for _round in range(rounds):
        for function, taken in times.items():
            gc.collect()
            began = time.perf_counter()
            function()
            taken.append(time.perf_counter() - began)
    mine, theirs = (statistics.median(taken) for taken in times.values())
    note = f"{mine * 1000:.1f} ms against {theirs * 1000:.1f} ms"
    return Result(name, round(mine / theirs, 2), limit, round(peak_mb(), 1), peak_limit_mb, note)


def reset_peak():
    """Forget the peak so far, where the system can (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mb():
    """The most memory that this process has had since `reset_peak`, in MB."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text().splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


def report(name, results):
    """Print and write the results. Returns the exit status: 1 when one is over its limit."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    kept = ("name", "ratio", "limit", "peak_mb")
    rows = [{key: value for key, value in asdict(r).items() if key in kept} for r in results]
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(rows, indent=2) + "\n")
    for result in results:
        print(line_of(result))
    print(f"Written to {path.relative_to(RESULTS.parent.parent)}")
    return int(any(result.too_slow or result.too_big for result in results))


def line_of(result):
    """ "list, by title                4.1 × (limit 10)   118 MB   9.3 ms against 2.3 ms"."""
    ratio = f"{'–':>6}" if result.ratio is None else f"{result.ratio:>6.{_decimals(result)}f}"
    limit = f"(limit {result.limit:g})" if result.limit else ""
    peak = f"{result.peak_mb:.0f} MB" if result.peak_mb else ""
    faults = " TOO SLOW" * result.too_slow + " TOO MUCH MEMORY" * result.too_big
    return f"{result.name:<46}{ratio} × {limit:<13}{peak:>8}  {result.note}{faults}"


def _decimals(result):
    """One; of what is measured against a part of another's time, three."""
    return 3 if result.limit and result.limit < 1 else 1
