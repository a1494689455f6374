"""How thoroughly the tests look: quickly by default, PROFILE=thorough as `.ci/run` does.

Quickly, what is marked `thorough` is left out. Either way Hypothesis tries the same examples each
time, so that a change fails for what it does; `make explore` tries many others, and what is marked
`exploring`.
"""

import os
import zlib

import pytest
from hypothesis import HealthCheck, settings

#: No test asserts a time: neither a deadline nor a slow machine is a fault.
UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=20, derandomize=True, **UNTIMED)
settings.register_profile("thorough", max_examples=50, derandomize=True, **UNTIMED)
settings.register_profile("exploring", max_examples=1000, **UNTIMED)
PROFILE = os.environ.get("PROFILE") or "quick"
settings.load_profile(PROFILE)

#: {mark: the profiles that leave out what has it}
LEFT_OUT_BY = {"thorough": ("quick",), "exploring": ("quick", "thorough")}


def examples(share):
    """Try so many times the number of examples of the profile: 1 / 2 where each takes long."""
    return settings(max_examples=round(settings.default.max_examples * share))


def few(items, number):
    """Return the items of a sweep, of which the quick profile takes so many."""
    return items[:number] if PROFILE == "quick" else items


def shares(number):
    """Return the parameters of a sweep in so many shares, of which the quick profile runs one."""
    others = [pytest.param(share, marks=pytest.mark.thorough) for share in range(1, number)]
    return [0, *others]


def share_of(name, number):
    """Return the share of a sweep to which a name belongs, whatever other names there are."""
    return zlib.crc32(name.encode()) % number


def leave_out(items):
    """Let a profile skip what takes longer than it may, with a reason that is told."""
    for mark, profiles in LEFT_OUT_BY.items():
        if PROFILE in profiles:
            reason = f"not asked for: what is marked {mark} (PROFILE={mark} runs it)"
            for item in items:
                if item.get_closest_marker(mark):
                    item.add_marker(pytest.mark.skip(reason=reason))
