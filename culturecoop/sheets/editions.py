"""The base of resources for content in editions: an import makes drafts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.editions import bulk
from culturecoop.editions.signals import drafts_changed

from . import addresses, edition_history
from .comparison import PlannedRow, Record
from .resources import BATCH, SheetResource

VERSION_EXPECTED = gettext_lazy(
    "Expected the number of an edition (3) or of a draft (3/7), as exported. "
    "Spreadsheet programs make dates of it in CSV files: use XLSX or ODS."
)
_first = itemgetter(0)


class EditionResource(SheetResource):
    """Content in editions: an import makes drafts."""

    edition_model: Any = None
    slug_field = "slug"
    slug_column = "slug"
    #: Function of a model and keys of its drafts, that returns {(pk, version): version before} of
    #: those that the same import has changed; None when the rows are of no import.
    changed_drafts: Callable | None = None

    def contents(self, editions: Iterable) -> dict:
        """Return {edition pk: record} of the editions, in a fixed number of queries."""
        raise NotImplementedError

    def objects(self, queryset: QuerySet | None = None) -> QuerySet:
        """Return identities; for a queryset of editions those they are editions of."""
        if queryset is not None and queryset.model is self.edition_model:
            pks = queryset.values(self.edition_model.track_fields[0])
            return self.model._default_manager.filter(pk__in=pks)
        return super().objects(queryset)

    def editions(self, objects: QuerySet) -> Iterator[list]:
        """Yield batches of the editions to export, one a track, in the order of slugs."""
        pks = iter(objects.order_by(self.slug_field).values_list("pk", flat=True))
        while batch := list(islice(pks, BATCH)):
            by_identity = defaultdict(list)
            for key, history in edition_history.histories(self.edition_model, batch).items():
                by_identity[key[0]].append((key[1:], history))
            found = [each for pk in batch for _rest, each in sorted(by_identity[pk], key=_first)]
            editions = [history.live if self.live else history.now for history in found]
            yield [edition for edition in editions if edition]

    # The rows of the register

    def slug_of(self, row: PlannedRow) -> str | None:
        """Return the slug of the row's identity as the register has it; None when it is wrong."""
        return row.keys[self.slug_column]

    def track_of(self, row: PlannedRow) -> tuple:
        """Return what identifies the row's editions: the slug, then what divides them."""
        return (
            self.slug_of(row),
            *(row.keys[name] for name in self.edition_model.track_fields[1:]),
        )

    def subject_of(self, track: tuple) -> str:
        """Return the track as a text of at most 200 characters; `lock` gets these."""
        return (track[0] or "")[:200]

    def identify(self, rows: list[PlannedRow]) -> None:
        wanted = {self.slug_of(row) for row in rows} - {None}
        query = self.model._default_manager.filter(**{f"{self.slug_field}__in": wanted})
        identities = dict(query.values_list(self.slug_field, "pk"))
        slugs = {pk: slug for slug, pk in identities.items()}
        found = edition_history.histories(self.edition_model, list(slugs))
        by_track = {(slugs[key[0]], *key[1:]): history for key, history in found.items()}
        usable = [row for row in rows if self._is_usable(row, identities, by_track)]
        new = [row for row in usable if self.slug_of(row) not in identities]
        addresses.refuse_taken(new, self.slug_column, self.model, self.slug_field, self.slug_of)
        records = self._records_of(usable, by_track)
        for row in usable:
            self.relate(row, records.get((self.track_of(row), row.exported_version)))

    def relate(self, row: PlannedRow, record: Record | None) -> None:
        """Set the row's record from the one of its edition (None for a new identity)."""
        row.record = record or Record()

    def _is_usable(self, row, identities, by_track):
        """Return whether it is clear which row of the register is meant; notes what is wrong."""
        track, version = self.track_of(row), row.exported_version
        row.subject = self.subject_of(track)
        if version and not edition_history.VERSION.fullmatch(version):
            row.refuse("base", VERSION_EXPECTED)
        elif track[0] in identities and track not in by_track and len(track) == 1:
            row.refuse(self.slug_column, _("It has no content: edit it in the admin."))
        elif version and track[0] and track[0] not in identities:
            self._note_unknown(row, track[0])
        technical = {*self.keys, "base"}
        return not any(error[0] in technical for error in row.errors)

    def _note_unknown(self, row, slug):
        """Refuse or note a row that was exported, of what the register does not have."""
        if self.any_moved:
            addresses.refuse_moved(row, self.slug_column, self.model, self.slug_field, slug)
        if self.workbook is None and not row.errors:
            message = _(
                "The row was exported, but the register has nothing of this name: it is new."
            )
            row.note(self.slug_column, message)

    def _records_of(self, rows, by_track):
        """Return {(track, version): Record} with the content of now and at the export."""
        pairs = {(self.track_of(row), row.exported_version) for row in rows}
        pairs = {(track, version) for track, version in pairs if track in by_track}
        self._own = self._own_drafts([by_track[track] for track, _version in pairs])
        exported = {
            (track, version): self._compared_edition(by_track[track], version)
            for track, version in pairs
        }
        editions = [by_track[track].now for track, _version in pairs]
        editions += [edition for edition in exported.values() if edition]
        contents = self.contents({edition.pk: edition for edition in editions}.values())
        return {
            (track, version): Record(
                now=contents[by_track[track].now.pk],
                exported=contents[edition.pk] if edition else None,
                gone=bool(version) and not edition,
                obstacle=self._obstacle(by_track[track], edition),
                target=by_track[track].now,
            )
            for (track, version), edition in exported.items()
        }

    def _compared_edition(self, history, version):
        """Return the edition that a row is compared with; without a version, if overwriting."""
        if version:
            return history.find(version) or self._own_draft(history, version)
        return history.now if self.overwrite_without_base else None

    def _own_draft(self, history, version):
        """Return the draft, when only earlier steps of this import changed it since the version."""
        draft = history.draft
        before = draft and self._own.get((draft.pk, draft.version))
        return history.find(version, before) if before else None

    def _own_drafts(self, found):
        """Return {(pk, version) of the drafts that this import has changed: version before}."""
        pks = {history.draft.pk for history in found if history.draft}
        return self.changed_drafts(self.edition_model, pks) if pks and self.changed_drafts else {}

    def _obstacle(self, history, exported):
        """Return why no draft can be made, or the existing one not be changed."""
        draft = history.draft
        if draft is None or (self.origin and draft.origin == self.origin):
            return ""
        is_edited = draft.origin_version != draft.version
        if self.follows and str(draft.origin) == self.follows and not is_edited:
            return ""
        if draft.created_by_id != (self.by and self.by.pk):
            return _("%(who)s has a draft of it. It has to be published or discarded first.") % {
                "who": draft.created_by or _("A command")
            }
        if not exported or exported.pk != draft.pk:
            return _("You have a draft of it that is newer than the row: export it again.")
        return ""

    # Writing

    def lock(self, subjects: Iterable[str]) -> None:
        super().lock(subjects)
        query = self.model._default_manager.filter(**{f"{self.slug_field}__in": subjects})
        bulk.lock(self.model, list(query.values_list("pk", flat=True)))

    def drafts_for(self, rows: list[PlannedRow]) -> dict[tuple, Any]:
        """Return {track: draft} to write the rows to: new ones, or the user's own."""
        targets = {self.track_of(row): row.record.target for row in rows if row.record.target}
        own = {track: target for track, target in targets.items() if target.is_draft}
        bulk.record_changes(list(own.values()), by=self.by, origin=self.origin)
        sources = {track: target for track, target in targets.items() if track not in own}
        made = bulk.new_drafts(list(sources.values()), by=self.by, origin=self.origin)
        return own | {track: made[source.pk] for track, source in sources.items()}

    def follow(self, rows: list[PlannedRow]) -> None:
        slugs = {self.slug_of(row) for row in rows}
        query = self.model._default_manager.filter(**{f"{self.slug_field}__in": slugs})
        pks = list(query.values_list("pk", flat=True))
        drafts_changed.send(self.edition_model, identities=pks, later=True)
