"""Imports: an uploaded spreadsheet, and what each of its rows would change."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from . import registry


@deconstructible
class PrivateStorage:
    """Where uploads are kept: never served. The storage of the settings, looked up at each use."""

    def __getattr__(self, name):
        return getattr(storages["private"], name)


def upload_path(job, name):
    """Every job has a folder of its own; the uploaded name is kept in a column only."""
    return f"imports/{job.folder}/upload"


class ImportJob(models.Model):
    """One spreadsheet on its way into the register: uploaded, previewed, applied."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        REFUSED = "refused", _("refused")
        PREVIEWED = "previewed", _("previewed")
        APPLIED = "applied", _("applied")

    folder = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), storage=PrivateStorage(), upload_to=upload_path)
    name = models.CharField(_("name of the file"), max_length=255)
    resource = models.CharField(_("what it holds"), max_length=50, blank=True)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.UPLOADED, editable=False
    )
    message = models.TextField(_("message"), blank=True, editable=False)
    encoding = models.CharField(_("encoding"), max_length=30, blank=True, editable=False)
    encoding_guessed = models.BooleanField(default=False, editable=False)
    headings = models.JSONField(_("headings"), default=list, editable=False)
    mapping = models.JSONField(_("mapping"), default=dict, editable=False)
    counts = models.JSONField(_("counts"), default=dict, editable=False)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("admin:spreadsheets_importjob_change", args=[self.pk])

    @property
    def resource_class(self):
        """The resource that reads it, None when there is none of that name (any more)."""
        return registry.find(self.resource)

    @property
    def total(self):
        """How many rows the sheet has."""
        return sum(self.counts.values())

    @property
    def to_write(self):
        """How many rows would change something."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def stopping(self):
        """How many rows stand in the way of applying it."""
        return self.counts.get("conflict", 0) + self.counts.get("error", 0)

    @property
    def can_apply(self):
        return self.state == self.State.PREVIEWED and self.to_write > 0 and not self.stopping


class ImportRow(models.Model):
    """What one row of the spreadsheet says, and what would become of it."""

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        CONFLICT = "conflict", _("conflict")
        ERROR = "error", _("error")

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    subject = models.CharField(_("what"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    cells = models.JSONField(_("cells"), default=dict)
    changes = models.JSONField(_("changes"), default=list)  # [[column, old, new], …]
    faults = models.JSONField(_("faults"), default=list)  # [[column, value, message], …]

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_row_number")]
        indexes = [
            models.Index(fields=["job", "kind", "number"], name="import_row_kind"),
            models.Index(fields=["job", "subject", "number"], name="import_row_subject"),
        ]

    def __str__(self):
        return f"{self.job}, {self.number}"
