"""Tests that need a component which this machine lacks: said in a plain line, or a failure.

A test skips with the reason "left out: …" when a component is not here. The summary says each
reason once. With REQUIRE_ALL=1 nothing may be left out but what needs the folder of sample files,
which is data of others and no component.
"""

import os

import pytest
from django.db import connection

PREFIX = "left out: "


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("REQUIRE_ALL") == "1" and _is_component(item, report):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: {_reason(report)} (REQUIRE_ALL=1 allows none)"


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {_reason(report) for report in skipped}
    if connection.vendor == "sqlite":
        reasons.add(f"{PREFIX}PostgreSQL (name one in DATABASE_URL to run the tests on it)")
    for reason in sorted(reasons):
        terminalreporter.write_line(reason)


def _is_component(item, report):
    return _reason(report).startswith(PREFIX) and "shared" not in item.fixturenames


def _reason(report):
    """Why a test was skipped, without the place: "left out: Chromium is not on this machine"."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
