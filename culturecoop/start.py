"""The start of a server process: faults are reported, and files left behind are cleared away."""

import sys

from django.conf import settings
from django.core.checks import run_checks

from .checks import SITE, UNREACHABLE
from .databases import limit_answers
from .storage import sweep


def begin():
    """Prepare this process for requests; end it when it could answer none of them.

    A database that is away comes back without us, so that is only reported.
    """
    sweep(*settings.INCOMING_FOLDERS)
    limit_answers(settings.DATABASES, settings.DATABASE_STATEMENT_TIMEOUT)
    found = run_checks(tags=[SITE], include_deployment_checks=True)
    for message in found:
        print(as_line(message), file=sys.stderr, flush=True)
    if any(message.is_serious() and message.id != UNREACHABLE for message in found):
        sys.exit(1)


def as_line(message):
    """A message of the checks on one line."""
    return " ".join(filter(None, [f"{message.id}: {message.msg}", message.hint]))
