"""Reviews: whether somebody else than those who changed a draft has approved it.

A draft has one Review, its last step, which holds for the version that it was taken in. Who
changed the draft since it was approved last is in its Contributions. Both stay when it is
published, since a schedule can be cancelled, and go with a draft that is discarded.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

OVERRIDE = "editions.override_review"  # the permission
OF_KIND = {"on_delete": models.CASCADE, "related_name": "+"}
OF_USER = {"on_delete": models.PROTECT, "related_name": "+"}


class Step(models.TextChoices):
    """What was done last about a draft; nothing, or what was taken back, is ""."""

    SUBMITTED = "submitted", _("in review")
    SENT_BACK = "sent_back", _("sent back")
    APPROVED = "approved", _("approved")
    OVERRIDDEN = "overridden", _("published without approval")


class Review(models.Model):
    """Where a draft stands between who wrote it and who publishes it."""

    content_type = models.ForeignKey(ContentType, **OF_KIND)
    draft = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField(_("draft version"))
    step = models.CharField(_("step"), max_length=10, choices=Step.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **OF_USER)
    at = models.DateTimeField(_("when"), null=True)
    note = models.TextField(_("note"), blank=True)
    #: The ids of the files that were approved with it, to become public with it.
    files = models.JSONField(default=list)
    #: What was approved with it that readers get beside the draft: {"change_note": …}.
    decided = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    #: The steps before this one: [{"step", "version", "by", "at", "note"}, …].
    earlier = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    #: The last version that was approved, 0 for none.
    approved = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ()
        permissions = [("override_review", _("Can publish without approval"))]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "draft"], name="review_once")
        ]
        indexes = [models.Index(fields=["content_type", "step"], name="review_step")]

    def __str__(self):
        return f"{self.draft}/{self.version}"

    def take(self, step: str, version: int, by: Any, note: str = "") -> None:
        """Take the next step, unsaved; the one before stays among the earlier ones."""
        if self.step:
            past = {"step": self.step, "version": self.version, "by": str(self.by or "")}
            self.earlier = [*self.earlier, {**past, "at": self.at, "note": self.note}]
        self.step, self.version, self.by, self.note = step, version, by, note
        self.at = timezone.now()


class Contribution(models.Model):
    """Who changed a draft, and the last version that is his."""

    content_type = models.ForeignKey(ContentType, **OF_KIND)
    draft = models.PositiveBigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **OF_USER)
    version = models.PositiveIntegerField(_("draft version"))

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "draft", "person"], name="contribution_once"
            )
        ]

    def __str__(self):
        return f"{self.draft}/{self.version}"


def note_contribution(drafts: Sequence[Any], by: Any) -> None:
    """Note that `by` made or changed drafts of one model, in the version that they have now."""
    if not drafts or by is None:
        return
    kind = kind_of(type(drafts[0]))
    Contribution.objects.bulk_create(
        [
            Contribution(content_type=kind, draft=draft.pk, person=by, version=draft.version)
            for draft in drafts
        ],
        update_conflicts=True,
        unique_fields=["content_type", "draft", "person"],
        update_fields=["version"],
        batch_size=500,
    )


def reviews_of(drafts: Sequence[Any]) -> dict[int, Review]:
    """Return {id: Review} of editions of one model; of those without one, what is not stored."""
    kind = kind_of(type(drafts[0]))
    rows = Review.objects.filter(content_type=kind, draft__in=[draft.pk for draft in drafts])
    known = {row.draft: row for row in rows.select_related("by")}
    return {
        draft.pk: known.get(draft.pk)
        or Review(content_type=kind, draft=draft.pk, version=draft.version)
        for draft in drafts
    }


def review_of(draft: Any) -> Review:
    """Return the Review of an edition."""
    return reviews_of([draft])[draft.pk]


def step_of(draft: Any, review: Review) -> str:
    """Return the step that holds for an edition as it is: a saving voids all but a sending back."""
    holds = review.version == draft.version or review.step == Step.SENT_BACK
    return review.step if holds else ""


def contributors(drafts: Sequence[Any], reviews: dict[int, Review]) -> dict[int, set[int]]:
    """Return {id: ids of those who changed a draft since it was approved last}."""
    found: dict[int, set[int]] = {draft.pk: set() for draft in drafts}
    rows = Contribution.objects.filter(content_type=kind_of(type(drafts[0])), draft__in=list(found))
    for draft, person, version in rows.values_list("draft", "person", "version"):
        if version > reviews[draft].approved:
            found[draft].add(person)
    for draft in drafts:  # also those from before there were contributions
        approved = reviews[draft.pk].approved
        known = (draft.created_by_id if not approved else None, draft.changed_by_id)
        found[draft.pk].update(filter(None, known if draft.version > approved else ()))
    return found


def carry_over(copies: Mapping[Any, Any]) -> None:
    """Note who wrote what nobody has approved of {source: draft} that is a copy of it.

    Words that readers see or have seen are left out: nobody has to approve them again.
    """
    if not copies:
        return
    sources = list(copies)
    reviews = reviews_of(sources)
    people = contributors(sources, reviews)
    Contribution.objects.bulk_create(
        [
            Contribution(content_type=kind_of(type(draft)), draft=draft.pk, person_id=pk, version=1)
            for source, draft in copies.items()
            for pk in people[source.pk]
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def distrust(drafts: Sequence[Any]) -> None:
    """Forget that versions of drafts were approved: all who changed them are authors again."""
    rows = Review.objects.filter(draft__in=[draft.pk for draft in drafts])
    rows.filter(content_type=kind_of(type(drafts[0]))).update(approved=0)


def keep_approval(draft: Any, version: int) -> None:
    """Let the approval of a version hold for the one of now, which has the same words."""
    rows = Review.objects.filter(content_type=kind_of(type(draft)), draft=draft.pk)
    rows.filter(step=Step.APPROVED, version=version).update(
        version=draft.version, approved=draft.version
    )


def in_step(drafts: models.QuerySet, step: Step) -> models.QuerySet:
    """Return those of a queryset of drafts for which a step holds."""
    rows = Review.objects.filter(content_type=kind_of(drafts.model), step=step)
    if step != Step.SENT_BACK:
        rows = rows.filter(draft=OuterRef("pk"), version=OuterRef("version"))
        return drafts.filter(models.Exists(rows))
    return drafts.filter(pk__in=rows.values("draft"))


def unapproved_in(drafts: models.QuerySet) -> models.QuerySet:
    """Return those of a queryset of drafts that nobody has approved as they are."""
    approved = in_step(drafts.model._base_manager.all(), Step.APPROVED)
    return drafts.exclude(pk__in=approved.values("pk"))


def changed_by(drafts: models.QuerySet, person: Any) -> models.QuerySet:
    """Return those of a queryset of drafts that a person has changed since they were approved."""
    kind = kind_of(drafts.model)
    approved = Review.objects.filter(content_type=kind, draft=OuterRef("draft"))
    rows = Contribution.objects.filter(content_type=kind, person=person)
    rows = rows.exclude(models.Exists(approved.filter(approved__gte=OuterRef("version"))))
    own = models.Q(pk__in=rows.values("draft")) | models.Q(changed_by=person)
    return drafts.filter(own | models.Q(created_by=person))


def sent_back_to(drafts: models.QuerySet, person: Any) -> models.QuerySet:
    """Return those of a queryset of drafts that others sent back to somebody who wrote in them."""
    kind = kind_of(drafts.model)
    own = Contribution.objects.filter(content_type=kind, person=person)
    back = Review.objects.filter(content_type=kind, step=Step.SENT_BACK).exclude(by=person)
    return drafts.filter(pk__in=back.values("draft")).filter(pk__in=own.values("draft"))


def store(reviews: Iterable[Review]) -> None:
    """Store Reviews in place of the ones that there are."""
    Review.objects.bulk_create(
        reviews,
        update_conflicts=True,
        unique_fields=["content_type", "draft"],
        update_fields=[
            "version",
            "step",
            "by",
            "at",
            "note",
            "files",
            "decided",
            "earlier",
            "approved",
        ],
        batch_size=500,
    )


def forget(model: type[models.Model], pks: Collection[int] | models.QuerySet) -> None:
    """Delete all about the review of drafts of a model that will be gone."""
    kind = kind_of(model)
    Contribution.objects.filter(content_type=kind, draft__in=pks).delete()
    Review.objects.filter(content_type=kind, draft__in=pks).delete()


def kind_of(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)
