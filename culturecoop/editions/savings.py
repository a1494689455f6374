"""Savings of drafts: what a draft said before each of its last changes.

The draft itself is its newest saving. What it said is kept by the verb that changes it, and goes
with the draft: when that is published or discarded.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

#: So many savings of a draft are kept beside the draft itself.
KEPT = 20


class DraftSaving(models.Model):
    """What a draft said in one of its versions, who had saved it, and when."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    draft = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField(_("draft version"))
    saved_at = models.DateTimeField(_("when"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    #: The names of the files that it shows, one a line: an editor who looks at it sees them.
    files = models.TextField(blank=True)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("saving of a draft")
        verbose_name_plural = _("savings of drafts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "draft", "version"], name="draft_saving_once"
            )
        ]

    def __str__(self):
        return f"{self.draft}/{self.version}"


def savings_of(draft: Any) -> models.QuerySet:
    """Return the savings of a draft, the newest first."""
    found = DraftSaving.objects.filter(content_type=_kind(type(draft)), draft=draft.pk)
    return found.order_by("-version")


def keep(drafts: Sequence[Any], snapshots: Mapping[int, Any]) -> None:
    """Keep what drafts of one model, locked by the caller, say now; forget what is too old."""
    kind = _kind(type(drafts[0]))
    DraftSaving.objects.bulk_create(
        [
            DraftSaving(
                content_type=kind,
                draft=draft.pk,
                version=draft.version,
                saved_at=draft.changed_at,
                saved_by_id=draft.changed_by_id,
                files="".join(f"{name}\n" for name in sorted(_files_in(snapshots[draft.pk]))),
                snapshot=snapshots[draft.pk],
            )
            for draft in drafts
        ],
        batch_size=100,
    )
    _forget_oldest(DraftSaving.objects.filter(content_type=kind, draft__in=[d.pk for d in drafts]))


def forget(model: type[models.Model], pks: Collection[int] | models.QuerySet) -> None:
    """Delete the savings of what are drafts of a model no more, or will be gone."""
    DraftSaving.objects.filter(content_type=_kind(model), draft__in=pks).delete()


def is_file_kept(name: str) -> bool:
    """Return whether a saving shows the stored file of that name."""
    return DraftSaving.objects.filter(files__contains=f"{name}\n").exists()


def _forget_oldest(savings):
    rows = savings.order_by("draft", "-version").values_list("draft", "pk")
    by_draft = (list(same) for _draft, same in groupby(rows, itemgetter(0)))
    if old := [pk for same in by_draft for _draft, pk in same[KEPT:]]:
        DraftSaving.objects.filter(pk__in=old).delete()


def _files_in(snapshot):
    """Return the names of the files that the parts of a snapshot show."""
    found = set()
    for part in snapshot["parts"]:
        for field in apps.get_model(part["model"])._meta.concrete_fields:
            if isinstance(field, models.FileField):
                found.add(part["fields"].get(field.name, ""))
    return found - {""}


def _kind(model):
    return ContentType.objects.get_for_model(model)
