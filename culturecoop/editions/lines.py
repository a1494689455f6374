"""The editions of a thing in the list that readers open: a line each."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import get_language

from .changes import kept
from .differences.comparison import compare_each
from .differences.sentences import lines
from .models import Edition

#: So many editions are compared with the one before, the newest: one with few parts takes 1 ms.
COMPARED = 50


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
    track = " ".join(map(str, standing.track_key))
    name = f"lines {get_language()} {standing._meta.label} {track}"
    changes = kept(name, partial(_changes, standing))
    return [
        EditionLine(edition, _ended(edition, now), changes.get(edition.pk, []))
        for edition in _shown(standing, now)
    ]


def _shown(standing, now):
    identity = standing.track_fields[0]
    return standing.siblings().shown(now).select_related(identity).order_by("-live_from")


def _changes(standing):
    """Return {id: what it told readers anew} of the newest editions of a track."""
    editions = list(_shown(standing, timezone.now()).content()[: COMPARED + 1])
    compared = compare_each(editions[::-1], public=True)
    return {one.after.pk: lines(one) for one in compared}


def _ended(edition, now):
    """Return when an edition ended; None where it has not by `now`."""
    return edition.live_until if edition.live_until and edition.live_until <= now else None
