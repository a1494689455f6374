"""Imports: an uploaded spreadsheet, and what each of its rows would change."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from culturecoop.sheets import registry
from culturecoop.sheets.comparison import RowKind


@deconstructible
class PrivateStorage:
    """The storage of uploads, which are never served: that of the settings, at each use."""

    def __getattr__(self, name):
        return getattr(storages["private"], name)


def upload_path(job, name):
    """Return a path in the folder of the job; the uploaded name is in a column only."""
    return f"imports/{job.folder}/upload"


class ImportMapping(models.Model):
    """How the columns of one kind of foreign file are read, saved under a name."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    content = models.JSONField(_("mapping"), default=dict, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    changed_at = models.DateTimeField(_("last change"), auto_now=True)

    class Meta:
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ImportJob(models.Model):
    """One spreadsheet on its way into the register: uploaded, mapped, previewed, applied.

    `sheets` are those of the file in the order in which they are imported: [{"sheet": "Table",
    "resource": "agreements", "headings": […], "counts": {"new": 3}}, …]. `findings` are what the
    editor is asked: {"unmatched": {name: how often}, "new": {code: {"kind": …, "name": …}}}.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        REFUSED = "refused", _("refused")
        READING = "reading", _("being read")
        PREVIEWED = "previewed", _("previewed")
        RUNNING = "running", _("running")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        PUBLISHING = "publishing", _("being published")
        FOLLOWING = "following", _("being worked out anew")

    WORKBOOK = "workbook"
    #: Drafts that somebody chose in a list, to be published together; there is no file.
    CHOSEN = "chosen"
    #: What follows from an amendment, in many editions; there is no file either.
    CONSEQUENCES = "consequences"

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
    delimiter = models.CharField(_("delimiter"), max_length=1, blank=True, editable=False)
    mapping = models.JSONField(_("mapping"), default=dict, editable=False)
    mapping_name = models.CharField(_("mapping"), max_length=100, blank=True, editable=False)
    sheets = models.JSONField(_("sheets"), default=list, editable=False)
    counts = models.JSONField(_("counts"), default=dict, editable=False)
    findings = models.JSONField(_("findings"), default=dict, editable=False)
    #: The names that the editor answered himself: what he said becomes an alias.
    answered = models.JSONField(default=list, editable=False)
    all_or_nothing = models.BooleanField(
        _("all or nothing"),
        default=False,
        help_text=_("When a single row has an error, no row is taken over."),
    )
    overwrite_without_base = models.BooleanField(
        _("change what is there"),
        db_column="update",
        default=False,
        help_text=_(
            "Rows without a base change what the register has already; otherwise they are "
            "listed as conflicts."
        ),
    )
    #: Which planning it is that the rows and findings are of: the last one that was begun.
    generation = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    done = models.PositiveIntegerField(_("rows done"), default=0, editable=False)
    cursor = models.JSONField(default=list, editable=False)  # [sheet, subject] done last
    run_from = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False, db_column="beat_at")
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
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
        """Return the resource that reads it, None when there is none of that name (any more)."""
        return registry.find(self.resource)

    @property
    def is_chosen(self):
        """Return whether it has no file, but drafts that somebody chose."""
        return self.resource == self.CHOSEN

    @property
    def is_import(self):
        """Return whether it has rows that are, or were, imported."""
        return self.resource not in (self.CHOSEN, self.CONSEQUENCES)

    @property
    def total(self):
        """Return how many rows the file has."""
        return sum(self.counts.values())

    @property
    def to_write(self):
        """Return how many rows would change something."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def stopping(self):
        """Return how many rows have errors or conflicts."""
        return self.counts.get("conflict", 0) + self.counts.get("error", 0)

    @property
    def needs_mapping(self):
        """Return whether it is a foreign sheet, whose columns are mapped to ours."""
        return bool(self.mapping)

    @property
    def can_apply(self):
        ready = self.state == self.State.PREVIEWED and self.to_write > 0
        return ready and not (self.all_or_nothing and self.stopping)

    @property
    def is_busy(self):
        """Return whether something is, or should be, at work on it."""
        at_work = self.State
        return self.state in (
            at_work.READING, at_work.RUNNING, at_work.UNDOING, at_work.PUBLISHING,
            at_work.FOLLOWING,
        )  # fmt: skip


class ImportRow(models.Model):
    """What one row of the spreadsheet says, and what would become of it."""

    Kind = RowKind

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(_("sheet"), default=0)
    number = models.PositiveIntegerField(_("row"))
    #: Which of several rows it is that one row of the file makes, from 0.
    part = models.PositiveSmallIntegerField(default=0, editable=False)
    subject = models.CharField(_("what"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    cells = models.JSONField(_("cells"), default=dict)
    changes = models.JSONField(_("changes"), default=list)  # [[column, old, new], …]
    errors = models.JSONField(default=list, db_column="faults")  # [[column, value, message], …]
    notes = models.JSONField(_("notes"), default=list)  # the same, for what is taken over anyway

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["sheet", "number", "part"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["job", "sheet", "number", "part"], name="import_row_number"
            )
        ]
        indexes = [
            models.Index(fields=["job", "kind", "sheet", "number"], name="import_row_kind"),
            models.Index(fields=["job", "sheet", "subject", "number"], name="import_row_subject"),
        ]

    def __str__(self):
        return f"{self.job}, {self.number}"


class ImportEffect(models.Model):
    """Something that a job wrote beside the drafts it made, so that it can be undone.

    An amendment of reference data, a file of a document, or an earlier draft as it was `before`.
    """

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="effects")
    content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField(null=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("effect of an import")
        verbose_name_plural = _("effects of imports")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["job", "content_type", "object_id"], name="import_effect_once"
            )
        ]

    def __str__(self):
        return f"{self.job}, {self.content_type} {self.object_id}"
