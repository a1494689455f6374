"""The editions of a thing in the list that readers open: a line each."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from .models import Edition


@dataclass(frozen=True)
class EditionLine:
    """An edition that readers see or have seen, or a withdrawal: since when and until when."""

    edition: Edition
    until: datetime | None  # None as long as it stands
    changes: list[str] = field(default_factory=list)  # sentences about what it changed

    @property
    def since(self):
        return self.edition.live_from

    @property
    def within_a_day(self):
        """Whether it stood for a part of one day, so that its hours tell more than its days."""
        if self.until is None:
            return False
        return timezone.localdate(self.since) == timezone.localdate(self.until)


def edition_lines(standing):
    """Return an EditionLine of each edition of the track of what stands now, the newest first.

    What is scheduled has no line, and is no end of the one before.
    """
    now = timezone.now()
    identity = standing.track_fields[0]
    shown = standing.siblings().shown(now).select_related(identity).order_by("-live_from")
    told = ("number", "live_from", "live_until", "withdrawal", "reason", "change_note")
    return [
        EditionLine(edition, _ended(edition, now))
        for edition in shown.only(*told, *standing.track_fields)
    ]


def _ended(edition, now):
    """Return when an edition ended; None where it has not by `now`."""
    return edition.live_until if edition.live_until and edition.live_until <= now else None
