"""Reviews: whether somebody else than those who changed a draft has approved it.

A draft has one Review, its last step, which holds for the version that it was taken in. Who
changed the draft since it was approved last is in its Contributions. Both go with a draft that is
discarded; the Review of a published edition stays.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef
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
    return found


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
    """Return those of a queryset of unapproved drafts that a person has changed."""
    rows = Contribution.objects.filter(content_type=kind_of(drafts.model), person=person)
    return drafts.filter(pk__in=rows.values("draft"))


def store(reviews: Iterable[Review]) -> None:
    """Store Reviews in place of the ones that there are."""
    Review.objects.bulk_create(
        reviews,
        update_conflicts=True,
        unique_fields=["content_type", "draft"],
        update_fields=["version", "step", "by", "at", "note", "files", "approved"],
        batch_size=500,
    )


def forget_contributions(model: type[models.Model], pks: Collection[int] | models.QuerySet) -> None:
    """Delete who changed what are drafts of a model no more."""
    Contribution.objects.filter(content_type=kind_of(model), draft__in=pks).delete()


def forget(model: type[models.Model], pks: Collection[int] | models.QuerySet) -> None:
    """Delete all about the review of drafts of a model that will be gone."""
    forget_contributions(model, pks)
    Review.objects.filter(content_type=kind_of(model), draft__in=pks).delete()


def kind_of(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)
