"""The records of changes of reference data: the amendments, and the addresses that moved."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def _account(verbose_name):
    """Return the field of who did something; empty for a command."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name=verbose_name,
        related_name="+",
    )


class Amendment(models.Model):
    """One change of one row of reference data, with what it was and what it became."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, editable=False)
    object_id = models.BigIntegerField(editable=False)
    object_text = models.CharField(_("what"), max_length=300, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = _account(_("who"))
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

    def changes(self):
        """Return what it changed: [(label of the column, value before, value after)]."""
        before, after = self.before or {}, self.after or {}
        model = self.content_type.model_class()
        return [
            (model._meta.get_field(name).verbose_name, before.get(name), after.get(name))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        ]


class MovedAddressQuerySet(models.QuerySet):
    def held(self):
        """Return those that lead to their object, and that nothing else may have."""
        return self.filter(freed_at__isnull=True)

    def of(self, obj):
        kind = ContentType.objects.get_for_model(obj)
        return self.filter(content_type=kind, object_id=obj.pk)


class MovedAddress(models.Model):
    """An address that readers have seen something at, which has another one now.

    It belongs to that thing for good, and leads to wherever it is. Released, it leads nowhere
    and may become another's; the row stays as a record of that. Without an object, what it
    belonged to was not to be found when addresses got their owners.
    """

    old_path = models.CharField(_("former address"), max_length=500)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, editable=False)
    object_id = models.BigIntegerField(null=True, editable=False)
    owner = GenericForeignKey("content_type", "object_id")
    object_text = models.CharField(_("belongs to"), max_length=500, editable=False)
    at = models.DateTimeField(_("moved at"), null=True, editable=False)
    by = _account(_("moved by"))
    freed_at = models.DateTimeField(_("released at"), null=True, editable=False)
    freed_by = _account(_("released by"))
    freed_reason = models.TextField(_("why it was released"), blank=True, editable=False)

    objects = MovedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["old_path", "-pk"]
        default_permissions = ("view",)
        permissions = [("free_movedaddress", _("Can release former addresses"))]
        constraints = [
            models.UniqueConstraint(
                fields=["old_path"],
                condition=models.Q(freed_at__isnull=True),
                name="moved_address_once",
            )
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="moved_address_of"),
            models.Index(Lower("old_path"), name="moved_address_lower"),
        ]

    def __str__(self):
        return self.old_path
