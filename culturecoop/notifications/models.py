"""What somebody was told, and what he wants to be told."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.languages import LanguageField

USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What is told; the values are those of the steps that it follows from."""

    SUBMITTED = "submitted", _("A draft is submitted for review, which I may approve")
    SENT_BACK = "sent_back", _("A draft of mine is sent back")
    APPROVED = "approved", _("A draft of mine is approved by somebody else")
    PUBLISHED = "published", _("A draft of mine is published by somebody else")


class Notification(models.Model):
    """One thing that one person is told, about one edition or the first of `number`."""

    person = models.ForeignKey(USER, models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    edition = models.PositiveBigIntegerField()
    title = models.CharField(_("title"), max_length=200)
    number = models.PositiveIntegerField(_("number"), default=1)
    live_from = models.DateTimeField(_("published from"), null=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "-at"], name="notification_person"),
            models.Index(
                fields=["person"], condition=models.Q(read_at=None), name="notification_unread"
            ),
        ]

    def __str__(self):
        return self.title


def default_language():
    return settings.LANGUAGE_CODE


class Preferences(models.Model):
    """What somebody wants to be told, in the admin and by mail; by default everything."""

    person = models.OneToOneField(USER, models.PROTECT, related_name="+")
    language = LanguageField(_("language of the mail"), default=default_language)
    silent = models.JSONField(default=list)  # what is not told: ["mail published", …]

    class Meta:
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        default_permissions = ()

    def __str__(self):
        return str(self.person)

    def wants(self, way, kind):
        """Return whether a kind is told one way: "admin" or "mail"."""
        return f"{way} {kind}" not in self.silent
