"""The lists of the admin: a row for the edition of now of each track, with what lists ask for.

Which edition that is never changes by time alone, so a row is written when a verb or an import
has changed something: `refresh`. No page that readers see reads these rows.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from culturecoop.parts_of_words import searchable

from .bulk import insert, lock, rows_as_read, steps
from .models import ComputedRow, Edition

Tables = dict[type[models.Model], list]
USER = settings.AUTH_USER_MODEL
USER_OF_EDITION = {
    "null": True, "db_index": False, "db_constraint": False, "related_name": "+",
}  # fmt: skip
BEHIND, CONTENT = models.Q(behind__isnull=False), models.Q(withdrawal=False)
LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)


class EditionListing(ComputedRow):
    """What the list reads of an edition: a subclass has the field `edition`, its primary key."""

    #: The columns that are those of the edition, to which a subclass adds its own.
    copied: ClassVar[Sequence[str]] = (
        "live_from", "cancelled_at", "withdrawal", "origin", "version", "created_by_id",
        "changed_by_id", "changed_at",
    )  # fmt: skip

    live_from = models.DateTimeField(_("published from"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    withdrawal = models.BooleanField(_("withdrawal"))
    origin = models.UUIDField(_("import"), null=True)
    version = models.PositiveIntegerField(_("draft version"))
    created_by = models.ForeignKey(USER, models.PROTECT, **USER_OF_EDITION)
    changed_by = models.ForeignKey(USER, models.PROTECT, **USER_OF_EDITION)
    changed_at = models.DateTimeField(_("last change"))
    #: What the search of the list looks through, folded.
    words = models.TextField(blank=True)
    #: The languages whose words, as they were published last, follow no longer what they
    #: translate, as readers are told: |de|fr|. None where there is none.
    behind = models.CharField(_("translations behind"), max_length=200, null=True)  # noqa: DJ001

    class Meta:
        abstract = True
        default_permissions = ()
        indexes = [
            models.Index(fields=["edition"], condition=BEHIND, name="%(class)s_behind"),
            models.Index(fields=["live_from"], condition=CONTENT, name="%(class)s_since"),
            models.Index(fields=["-changed_at", "-edition"], name="%(class)s_newest"),
        ]

    def __str__(self):
        return str(self.edition)

    @classmethod
    def compiled(cls, editions: Sequence[Any], later: Collection[int] = ()) -> Tables:
        """Return {table: rows} of editions; each row has an `edition`.

        `later` are the ids of those of which a subclass may leave to later what takes long.
        """
        raise NotImplementedError

    @classmethod
    def waiting(cls, identities: Collection[int]) -> Collection[int]:
        """Return the ids of the editions of identities of which something was left to later."""
        return ()

    @classmethod
    def of(cls, edition: Any, words: Iterable[str], **columns: Any) -> "EditionListing":
        """Return the row of an edition that is searched by `words`."""
        columns |= {name: getattr(edition, name) for name in cls.copied}
        return cls(edition_id=edition.pk, words=searchable(words), **columns)


def listing_of(model: type[Edition]) -> Any:
    """Return the model of the rows that the list of a model of editions is read from."""
    return model._meta.get_field("listing").related_model


def identity_of(model: type[Edition]) -> Any:
    """Return the model of what editions of a model are editions of."""
    return model._meta.get_field(model.track_fields[0]).related_model


def refresh(
    model: type[Edition],
    identities: Collection[int],
    later: bool = False,
    read: Collection[Edition] = (),
) -> None:
    """Bring the rows up to the editions of identities (ids), whose locks the caller holds.

    With `later` what takes long is left to when somebody asks for it. Editions that were `read`
    are not read again: see `rows_as_read`.
    """
    known, newest = _current(model, identities, read)
    tables = listing_of(model).compiled(newest, known if later else ())
    for table, rows in tables.items():
        table._base_manager.filter(edition__in=known).delete()
        insert(rows)


def _current(model, identities, read=()):
    """Return the ids of all editions of identities, and the editions of now."""
    known, current = set(), {}
    editions = model._base_manager.filter(**{f"{model.track_fields[0]}__in": identities})
    moments = ("pk", "live_from", "cancelled_at")
    for pk, live_from, cancelled_at, *track in editions.values_list(*moments, *model.track_fields):
        known.add(pk)
        # As `current_for_editor`: the draft, else what was published last, else the last one.
        rank = (live_from is None and cancelled_at is None, live_from or LONG_AGO, pk)
        current[tuple(track)] = max(current.get(tuple(track), rank), rank)
    newest = model._base_manager.filter(pk__in=[rank[-1] for rank in current.values()])
    return known, rows_as_read(newest.select_related(model.track_fields[0]).order_by("pk"), read)


def rebuild(model: type[Edition]) -> Iterator[int]:
    """Make all rows anew, in steps; yield how many identities each step took."""
    identity = identity_of(model)
    for pks in steps(identity):
        with transaction.atomic():
            lock(identity, pks)
            refresh(model, pks)
        yield len(pks)


def is_missing(model: type[Edition]) -> bool:
    """Whether nothing is listed yet, as after the upgrade that brought the table."""
    return not listing_of(model)._base_manager.exists() and model._base_manager.exists()


def faults(model: type[Edition]) -> Iterator[str]:
    """Yield sentences about rows that are not what `refresh` makes."""
    listing = listing_of(model)
    for pks in steps(identity_of(model)):
        known, newest = _current(model, pks)
        for table, rows in listing.compiled(newest, listing.waiting(pks)).items():
            stored = {_compared(row) for row in table._base_manager.filter(edition__in=known)}
            different = stored ^ {_compared(row) for row in rows}
            for edition in sorted({pk for pk, *_columns in different}):
                name = table._meta.verbose_name
                yield f"edition {edition}: its {name} is not what follows; rebuild_lists mends it"


def published_last(prefix: str = "") -> models.Q:
    """Return the condition "is what was published last of its track, and has content"."""
    return models.Q(
        (f"{prefix}live_from__isnull", False),
        (f"{prefix}live_until__isnull", True),
        (f"{prefix}withdrawal", False),
    )


def joined(values: Iterable[Any]) -> str:
    """Return the text of a column that holds several values: |3|17|"""
    text = "|".join(map(str, values))
    return f"|{text}|" if text else ""


def _compared(row):
    columns = (field.attname for field in row._meta.concrete_fields if field.name != "id")
    return row.edition_id, *(getattr(row, column) for column in columns)
