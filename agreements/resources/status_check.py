"""The status that a list of agreements states, held against the one that its dates amount to.

Ours is computed from the dated events and never entered; where a list states another one, a
date is missing from it or wrong, and readers would see what the list itself denies.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.law import Fact, Treaty, periods
from agreements.vocabulary import EFFECTS, ENDS, NO_STATUS, EventKind, FormerStatus, Status
from culturecoop.dates import PartialDate

from . import contents

COLUMN = "status"


def check_status(row, resource):
    """Note where the status stated for a new agreement is not that of its dates, as of today."""
    stated = _stated(row, resource.column(COLUMN))
    if not stated or row.record.now is not None:
        return
    dated = _of_dates(row, resource)
    if _group(stated) != _group(dated):
        message = _("The file says “%(stated)s”; by its dates readers will see “%(dated)s”.")
        statuses = {"stated": stated.label, "dated": dated.label if dated else NO_STATUS}
        row.note(COLUMN, message % statuses)


def _stated(row, column):
    """Return the status in the cell; a denunciation that is notified ends nothing yet."""
    if row.cells.get(COLUMN, "").strip() == FormerStatus.DENOUNCED:
        return FormerStatus.DENOUNCED
    try:
        return Status(column.cleaned(row.cells.get(COLUMN, "")) or None)
    except ValidationError as error:
        row.refuse(COLUMN, " ".join(error.messages))
    except ValueError:
        return None


def _of_dates(row, resource):
    dates = {kind: row.value(str(kind), resource.column(str(kind))) for kind in contents.DATES}
    facts = [Fact(EventKind(kind), PartialDate.parse(date)) for kind, date in dates.items() if date]
    today = timezone.localdate()
    return next(
        (p.status for p in periods(facts, Treaty()) if p.party is None and p.holds(today)), None
    )


def _group(status):
    """Return what of two statuses is a contradiction: in effect, ended, or neither."""
    if status in EFFECTS or status in FormerStatus:
        return "in effect"
    return "ended" if status in ENDS else "in the making"
