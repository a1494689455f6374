"""What was published of a track: read once, of many tracks at once, under their locks."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from .models import Edition


class Track:
    """The editions of a track that have a number: published ones in their order, and others."""

    def __init__(self, numbered: Sequence[Any], now: datetime.datetime) -> None:
        self.now = now
        self._by_pk = {edition.pk: edition for edition in numbered}
        published = (edition for edition in numbered if edition.live_from)
        self.published = sorted(published, key=lambda edition: edition.live_from)

    @property
    def present(self) -> datetime.datetime:
        """The present moment; after the last decision, also when the clock was set back since."""
        last = max((edition.published_at for edition in self.published), default=None)
        if last is None or last < self.now:
            return self.now
        return last + datetime.timedelta(microseconds=1)

    @property
    def next_number(self) -> int:
        return max((edition.number for edition in self._by_pk.values()), default=0) + 1

    def edition(self, pk: int | None) -> Any:
        """Return the edition of this id, or None."""
        return self._by_pk.get(pk)

    def standing(self, at: datetime.datetime | None = None) -> Any:
        """Return what stands at `at` (default: now), a withdrawal perhaps; or None."""
        at = at or self.now
        return next((edition for edition in self.published if _stands(edition, at)), None)

    def content_before(self, at: datetime.datetime) -> Any:
        """Return the last edition with content before `at`, or None."""
        content = (e for e in reversed(self.published) if not e.withdrawal)
        return next((edition for edition in content if edition.live_from < at), None)

    def next_moment(self, at: datetime.datetime) -> datetime.datetime | None:
        """Return when the first edition after `at` begins, or None."""
        later = (edition.live_from for edition in self.published)
        return next((moment for moment in later if moment > at), None)

    def decided_since(self, at: datetime.datetime) -> Iterator[Any]:
        """Yield what was published since `at`, or became live, in the order of the decisions."""
        for edition in sorted(self.published, key=lambda edition: edition.published_at):
            if edition.published_at > at or at < edition.live_from <= self.now:
                yield edition


def track_of(edition: Edition) -> Track:
    """Return the track of an edition: as it was read along by `read_tracks`, else as it is."""
    read = edition.__dict__.get("track_read")
    return read or _tracks([edition])[edition.track_key]


def read_tracks(editions: Sequence[Edition]) -> None:
    """Read along the tracks of editions, whose locks the caller holds, in one query."""
    found = _tracks(editions)
    for edition in editions:
        edition.__dict__["track_read"] = found[edition.track_key]


def _tracks(editions):
    model, rows, now = type(editions[0]), defaultdict(list), timezone.now()
    identity = model.track_fields[0]
    identities = {edition.track_key[0] for edition in editions}
    found = model.objects.filter(**{f"{identity}__in": identities}, number__isnull=False)
    for edition in found.select_related("published_by"):
        rows[edition.track_key].append(edition)
    return {edition.track_key: Track(rows[edition.track_key], now) for edition in editions}


def _stands(edition, at):
    return edition.live_from <= at and (edition.live_until is None or edition.live_until > at)
