"""Reference data: parties, themes, titles of documents, slugs and places of pages.

It has no drafts: only publishers change it, through the verb `amend`, and every change is kept.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceData(models.Model):
    """A row that is changed with `amend` and `remove`, not by `save()` from outside."""

    #: Columns that other verbs write: no amendment tells them, no saving of a row changes them.
    verb_columns: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Leave alone what other verbs wrote since the row was read."""
        if self.verb_columns and not self._state.adding and not kwargs.get("update_fields"):
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names.difference(self.verb_columns)
        super().save(*args, **kwargs)

    def amended(self, before):
        """What must follow a change of this row, in the same transaction.

        `before` are the columns that it had, None for a new row. Called after a removal too.
        """


class Amendment(models.Model):
    """One change of one row of reference data, with what it was and what it became."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, editable=False)
    object_id = models.BigIntegerField(editable=False)
    object_text = models.CharField(_("what"), max_length=300, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("who"),
        related_name="+",
    )
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder, editable=False)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder, editable=False)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="undone_by"
    )

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="amendment_of")]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.object_text}, {self.at:%Y-%m-%d %H:%M}"


class MovedAddress(models.Model):
    """An address of the site that has moved, with all that is below it."""

    old_path = models.CharField(_("old address"), max_length=500, unique=True)
    new_path = models.CharField(_("new address"), max_length=500)

    class Meta:
        verbose_name = _("moved address")
        verbose_name_plural = _("moved addresses")
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.old_path} → {self.new_path}"
