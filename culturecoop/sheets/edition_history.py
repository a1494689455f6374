"""Which edition a row of a spreadsheet is about: what was exported, and what stands now."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from culturecoop.editions.models import Edition, State

#: What neither an export nor an import asks of an edition.
UNREAD = ("reason", "redirect_to", "change_note", "answers", "created_at", "published_at")
VERSION = re.compile(r"\d+(/\d+)?", re.ASCII)


class EditionHistory:
    """The editions of one track that have content, as rows without it."""

    def __init__(self, editions: list) -> None:
        self.editions = editions

    @property
    def draft(self) -> Any:
        return next((edition for edition in self.editions if edition.is_draft), None)

    @property
    def now(self) -> Any:
        """Return what an editor sees: the draft, else the last that was or will be published."""
        published = [edition for edition in self.editions if edition.live_from]
        return (
            self.draft
            or max(published, key=lambda edition: edition.live_from, default=None)
            or max(self.editions, key=lambda edition: edition.pk, default=None)
        )

    @property
    def live(self) -> Any:
        """Return what readers see, None when they see nothing."""
        return next((edition for edition in self.editions if edition.state == State.LIVE), None)

    def find(self, exported_version: str, draft_version: int | None = None) -> Any:
        """Return the edition that a row was exported from: "3", or "3/7", even if published."""
        number, _slash, version = exported_version.partition("/")
        if not version:
            return next((e for e in self.editions if str(e.number) == number), None)
        return next(
            (
                edition
                for edition in self.editions
                if str(draft_version if edition.is_draft and draft_version else edition.version)
                == version
                and str(_number_before(edition)) == number
            ),
            None,
        )


def histories(model: type[Edition], identities: Iterable) -> dict[tuple, EditionHistory]:
    """Return {(identity pk, what divides it…): EditionHistory} of the identities, by one query."""
    identity = model._meta.get_field(model.track_fields[0])
    found = defaultdict(list)
    for edition in (
        model.objects.content()
        .filter(**{f"{identity.name}__in": identities})
        .select_related("based_on", "created_by")
        .defer(*UNREAD)
    ):
        found[edition.track_key].append(edition)
    return {key: EditionHistory(editions) for key, editions in found.items()}


def _number_before(edition):
    return (edition.based_on and edition.based_on.number) or 0
