"""The bases of everything that is published in editions.

An **identity** (an agreement, a page) is the thing itself; its content is in **editions**, each a
dated state with **parts**. A row is an edition, time is a column: `live_from` empty is a draft,
ahead is scheduled. What is live at a moment is the published edition with the greatest
`live_from` up to then; `live_until` copies the `live_from` of the next one. Only the verbs
(`verbs.py`, `publication.py`) write these columns.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culturecoop.languages import LanguageField
from culturecoop.reference.models import ReferenceData

from . import discards, presence, reviews, savings  # noqa: F401 – their tables are of this app
from .hooks import EditionHooks, PartHooks


class Frozen(Exception):
    """A published edition, or a part of one, was about to be changed: a fault of the caller."""


class State(models.TextChoices):
    """What an edition is at a moment: computed from its columns, never stored."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")
    SUPERSEDED = "superseded", _("superseded")
    CANCELLED = "cancelled", _("cancelled")


class Identity(ReferenceData):
    """The thing that editions are editions of. Foreign keys and locks point to it."""

    source_language = LanguageField(
        _("source language"),
        help_text=_("The language it is written in first; other languages are translations of it."),
    )

    #: Those of `address_views` that list its editions, which no withdrawal takes away.
    lists_of_editions: tuple[str, ...] = ()

    class Meta(ReferenceData.Meta):
        abstract = True

    @property
    def heading(self):
        """What editors call it: what the newest of its editions with content is called."""
        edition = self.editions.content().order_by("pk").last()
        return edition.heading if edition else str(self)

    def was_seen(self, at=None):
        return self.editions.shown(at).exists()

    def found(self, at, number=None):
        """The edition that answers, a withdrawal perhaps; of a number the one that has it."""
        if number is None:
            return self.editions.in_force(at).first()
        return self.editions.shown(at).filter(number=number).first()


DRAFT = Q(live_from__isnull=True, cancelled_at__isnull=True)


def live_at(at, prefix=""):
    """The condition "readers see it at `at`" (an aware datetime), or what `prefix` leads to."""
    lasting = Q((f"{prefix}live_until", None)) | Q((f"{prefix}live_until__gt", at))
    return Q((f"{prefix}live_from__lte", at)) & lasting


class EditionQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(DRAFT)

    def published(self):
        """Scheduled, live and superseded ones, withdrawals included."""
        return self.filter(live_from__isnull=False)

    def shown(self, at=None):
        """Those that readers have seen or see: live or superseded at `at`."""
        return self.filter(live_from__lte=at or timezone.now())

    def scheduled(self, at=None):
        return self.filter(live_from__gt=at or timezone.now())

    def in_force(self, at=None):
        """What stands at `at`, withdrawals included."""
        return self.filter(live_at(at or timezone.now()))

    def live(self, at=None):
        """What readers see at `at` (default: now)."""
        return self.in_force(at).filter(withdrawal=False)

    def lasting(self):
        """What stands or is scheduled, withdrawals included."""
        return self.published().exclude(live_until__lte=timezone.now())

    def content(self):
        """All but withdrawals, which have no content."""
        return self.filter(withdrawal=False)

    def with_titles(self):
        """Those with what their titles are read from, in a fixed number of queries."""
        return self

    def current_for_editor(self, at=None):
        """One row a track: its draft, else the next scheduled, else what stands, else the last."""
        at = at or timezone.now()
        rank = Case(
            When(DRAFT, then=Value(0)),
            When(live_from__gt=at, then=Value(1)),
            When(live_at(at), then=Value(2)),
            default=Value(3),
        )
        track = {field: OuterRef(field) for field in self.model.track_fields}
        first = self.model._base_manager.filter(**track).order_by(
            rank, F("live_from").desc(nulls_last=True), "-pk"
        )
        return self.filter(pk=Subquery(first.values("pk")[:1]))


class Edition(EditionHooks, models.Model):
    """One dated state of the content of an identity. Once published it is never edited again."""

    #: The fields that tell whose editions these are: the identity, then what divides it.
    track_fields: tuple[str, ...] = ()

    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    version = models.PositiveIntegerField(
        _("draft version"), default=1, editable=False, help_text=_("Raised by every saving.")
    )
    live_from = models.DateTimeField(_("published from"), null=True, editable=False)
    live_until = models.DateTimeField(_("published until"), null=True, editable=False)
    withdrawal = models.BooleanField(_("withdrawal"), default=False, editable=False)
    reason = models.TextField(
        _("reason of the withdrawal"),
        blank=True,
        editable=False,
        help_text=_("Readers who open the address see this text."),
    )
    redirect_to = models.CharField(
        _("redirect to"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Readers are sent to this address instead."),
    )
    change_note = models.CharField(
        _("public change note"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Readers see this line in the list of changes: what is new, in a sentence."),
    )
    meaning_unchanged = models.BooleanField(_("meaning unchanged"), default=False, editable=False)
    answers = models.JSONField(_("answers"), default=list, editable=False)
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    origin = models.UUIDField(_("import"), null=True, editable=False, db_index=True)
    #: The draft version as that import left it.
    origin_version = models.PositiveIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [  # of the desk
            models.Index(fields=["changed_at"], condition=DRAFT, name="%(class)s_drafts"),
            models.Index(fields=["live_from"], name="%(class)s_moment"),
        ]

    def save(self, *args, **kwargs):
        refuse_if_frozen(self)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        refuse_if_frozen(self)
        return super().delete(*args, **kwargs)

    @property
    def identity(self):
        return getattr(self, self.track_fields[0])

    @property
    def track(self):
        """The values that all editions of this track share: {"page": …, "language": "de"}."""
        return {field: getattr(self, field) for field in self.track_fields}

    def siblings(self):
        """All editions of the track, this one included."""
        return type(self).objects.filter(**self.track)

    @property
    def track_key(self):
        """The track as plain values, read without a query."""
        return tuple(
            getattr(self, self._meta.get_field(field).attname) for field in self.track_fields
        )

    def state_at(self, at):
        if self.live_from is None:
            return State.CANCELLED if self.cancelled_at else State.DRAFT
        if self.live_from > at:
            return State.SCHEDULED
        if self.live_until and self.live_until <= at:
            return State.SUPERSEDED
        return State.LIVE

    @property
    def state(self):
        return self.state_at(timezone.now())

    @property
    def is_draft(self):
        return self.live_from is None and self.cancelled_at is None

    @property
    def base(self):
        """What a spreadsheet remembers of this edition: "3", or "3/7" for draft version 7 on 3."""
        if self.live_from:
            return str(self.number)
        return f"{(self.based_on and self.based_on.number) or 0}/{self.version}"


class EditionPart(PartHooks, models.Model):
    """A row that belongs to one edition and is copied with it; `key` stays the same in all."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        refuse_if_frozen(self.part_of)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        refuse_if_frozen(self.part_of)
        return super().delete(*args, **kwargs)

    @classmethod
    def edition_field(cls):
        """The foreign key to the edition."""
        keys = (field for field in cls._meta.concrete_fields if field.many_to_one)
        return next(field for field in keys if issubclass(field.related_model, Edition))

    @property
    def part_of(self):
        """The edition it belongs to."""
        return getattr(self, self.edition_field().name)


class ComputedRow(models.Model):
    """A row computed from an edition at publication: deleted with it, never copied."""

    class Meta:
        abstract = True


def refuse_if_frozen(edition):
    if edition.pk and edition.live_from is not None:
        raise Frozen(f"{edition!r} is published; make a draft of it with new_draft()")


class Change(models.Model):
    """That what readers see changed, or will: see `changes.py`."""

    at = models.DateTimeField(_("when"), db_index=True)
    code = models.BigIntegerField()  # tells apart changes that have the same key

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ()

    def __str__(self):
        return f"{self.at}"
