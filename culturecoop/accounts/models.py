"""The log of accounts, and the counts of failed sign-ins."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountEntry(models.Model):
    """One thing that was done with an account: it can be neither changed nor deleted.

    `name` is the account that it is about, as it was called then; for a failed sign-in it is
    what was typed. `by` is who did it, empty for a command or somebody unknown.
    """

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", _("signed in")
        SIGN_OUT = "sign_out", _("signed out")
        FAILED = "failed", _("sign-in failed")
        LIMIT = "limit", _("limit of sign-ins reached")
        EXPORT = "export", _("export")
        CREATED = "created", _("account made")
        RIGHTS = "rights", _("rights changed")
        PASSWORD = "password", _("password changed")
        RENAMED = "renamed", _("account renamed")
        RETIRED = "retired", _("account retired")
        REINSTATED = "reinstated", _("account brought back")
        DELETED = "deleted", _("account deleted")
        DISCARDED = "discarded", _("log shortened")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    name = models.CharField(_("account"), max_length=150, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    details = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("entry about accounts")
        verbose_name_plural = _("accounts and exports")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()} {self.name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ProtectedError(_("The log is not changed."), {self})
        super().save(*args, **kwargs)


class FailureCount(models.Model):
    """How many sign-ins failed from one address, for one account name or for all (no name)."""

    address = models.CharField(max_length=50)
    name = models.CharField(max_length=150, blank=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "name"], name="failure_count_once")
        ]
        default_permissions = ()

    def __str__(self):
        return f"{self.address} {self.name}: {self.failures}"
