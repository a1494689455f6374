"""Documents: a set of language files under one stable address."""

from operator import attrgetter

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culturecoop.languages import LanguageField, own_name
from culturecoop.links import AddressField
from culturecoop.reference.models import ReferenceData
from culturecoop.texts import LineField

from .filetexts import FileText  # noqa: F401 – a model of this app
from .listedwords import DocumentListing  # noqa: F401 – a model of this app


class Withdrawable(models.Model):
    """What can be withdrawn from readers, with a reason. Only the verbs write these columns."""

    withdrawn_at = models.DateTimeField(_("withdrawn from"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawal_reason = models.TextField(
        _("reason of the withdrawal"),
        blank=True,
        editable=False,
        help_text=_("Readers who open the address see this text."),
    )

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None and self.withdrawn_at <= timezone.now()


def not_withdrawn(at, prefix=""):
    """The condition "is not withdrawn at `at`" for what `prefix` leads to."""
    free = Q(**{f"{prefix}withdrawn_at__isnull": True})
    return free | Q(**{f"{prefix}withdrawn_at__gt": at})


class DocumentQuerySet(models.QuerySet):
    def bare(self):
        """Those that have neither a file nor an address, and are not withdrawn."""
        return self.filter(listing__bare=True, withdrawn_at=None)

    def public(self):
        """Those that readers see: not withdrawn, with a file at least that is not."""
        served = DocumentFile.objects.served().filter(document=OuterRef("pk"))
        return self.filter(Exists(served))


class Document(Withdrawable, ReferenceData):
    """A text of its own that pages and agreements point to: a protocol, a report."""

    verb_columns = (
        "withdrawn_at", "withdrawn_by", "withdrawal_reason", "withdrawn_kind", "withdrawn_id",
    )  # fmt: skip

    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The address of the document; a changed one leads on from the old."),
    )
    title = LineField(
        _("title"), help_text=_("Readers see this text wherever the document is linked.")
    )
    source_language = LanguageField(_("language of the title"))

    #: The withdrawal of an edition that took it along, or will.
    withdrawn_kind = models.ForeignKey(
        ContentType, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_id = models.PositiveBigIntegerField(null=True, editable=False)
    withdrawn_with = GenericForeignKey("withdrawn_kind", "withdrawn_id")

    address_views = ("documents:document", "documents:file", "documents:dated-file")
    address_field = "slug"

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "pk"]
        indexes = [models.Index(Lower("slug"), name="document_slug_lower")]
        permissions = [("publish_document", _("Can publish files of documents"))]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("documents:document", kwargs={"slug": self.slug})

    def was_seen(self, at=None):
        return self.files.public(at).exists()

    def found(self, at, **place):
        if self.is_withdrawn:
            return None
        return self.files.public(at).filter(withdrawn_at=None, **place).first()

    def files_at(self, at=None):
        """The files that readers saw at `at` (default: now) and still may see."""
        return self.shown(self.latest_at(at))

    def newest_files(self):
        """The files as an editor knows them, also those not yet published: for previews."""
        return self.shown(self.newest())

    def latest_at(self, at=None):
        """The files that were current at `at`, one a language, source first; withdrawn or not.

        Works on the prefetched `files`, so that a page of documents needs one query.
        """
        at = at or timezone.now()
        shown = [file for file in self.files.all() if file.live_from and file.live_from <= at]
        shown.sort(key=attrgetter("live_from"))
        return self._in_order({file.language: file for file in shown}.values())

    def newest(self):
        """The file of each language that was added last, withdrawn or not."""
        files = sorted(self.files.all(), key=attrgetter("pk"))
        return self._in_order({file.language: file for file in files}.values())

    def shown(self, files):
        """Those of its `files` that are not withdrawn; an older one never takes their place."""
        return [] if self.is_withdrawn else [file for file in files if not file.is_withdrawn]

    def _in_order(self, files):
        return sorted(files, key=lambda f: (f.language != self.source_language, f.language))


class DocumentFileQuerySet(models.QuerySet):
    def pending(self):
        """Not yet seen by readers."""
        return self.filter(live_from__isnull=True)

    def public(self, at=None):
        """Those that readers see or have seen."""
        return self.filter(live_from__lte=at or timezone.now())

    def served(self):
        """Those at the addresses of their languages: the latest of each, unless withdrawn."""
        now = timezone.now()
        later = DocumentFile.objects.public(now).filter(
            document=OuterRef("document"),
            language=OuterRef("language"),
            live_from__gt=OuterRef("live_from"),
        )
        free = not_withdrawn(now) & not_withdrawn(now, "document__")
        return self.public(now).filter(free).exclude(Exists(later))

    def withdrawn(self):
        """Those that are withdrawn, by themselves or with their document."""
        now = timezone.now()
        return self.filter(Q(withdrawn_at__lte=now) | Q(document__withdrawn_at__lte=now))


class FileState(models.TextChoices):
    """What a file is now: computed from its columns, never stored."""

    WAITING = "waiting", pgettext_lazy("file", "not yet public")
    SCHEDULED = "scheduled", pgettext_lazy("file", "scheduled")
    PUBLIC = "public", pgettext_lazy("file", "public")
    WITHDRAWN = "withdrawn", pgettext_lazy("file", "withdrawn")
    ERASED = "erased", pgettext_lazy("file", "content deleted")


def storage_path(file, name):
    """Where an uploaded file is kept: by its content, so that no two contents share a name."""
    return f"documents/{file.sha256[:2]}/{file.sha256}.{file.extension}"


class DocumentFile(Withdrawable):
    """One language version of a document at one time. Never changed, never deleted once public.

    Once it is withdrawn its bytes can be erased; the row with the checksum stays.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="files", verbose_name=_("document")
    )
    language = LanguageField()
    title = LineField(
        _("title in this language"),
        blank=True,
        help_text=_("Shown to readers of this language instead of the document's title."),
    )
    file = models.FileField(_("file"), upload_to=storage_path, max_length=200, blank=True)
    address = AddressField(
        _("outside address"),
        blank=True,
        help_text=_("Where the file is, when it is not kept here."),
    )
    original_name = models.CharField(max_length=255, blank=True, editable=False)
    media_type = models.CharField(_("type"), max_length=100, blank=True, editable=False)
    extension = models.CharField(max_length=8, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=50, blank=True, editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    live_from = models.DateTimeField(_("published from"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    erasure_reason = models.TextField(_("reason of the erasure"), blank=True, editable=False)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["language", "-pk"]
        permissions = [("erase_documentfile", _("Can delete the content of files for good"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") ^ Q(address=""), name="document_file_or_address"
            ),
            models.CheckConstraint(
                condition=Q(file="") | (Q(size__isnull=False) & ~Q(sha256="")),
                name="document_file_inspected",
            ),
            models.UniqueConstraint(
                fields=["document", "language", "live_from"], name="document_file_live_from"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(withdrawn_at__isnull=False),
                name="document_file_erased_is_withdrawn",
            ),
        ]

    def __str__(self):
        return f"{self.title or self.document} ({self.language})"

    def get_absolute_url(self):
        """The stable address: whatever file of this language is current."""
        return reverse(
            "documents:file", kwargs={"slug": self.document.slug, "language": self.language}
        )

    def get_dated_url(self):
        """The address of just this file, for the editions of its time."""
        return reverse(
            "documents:dated-file",
            kwargs={"slug": self.document.slug, "language": self.language, "pk": self.pk},
        )

    @property
    def withdrawal(self):
        """What is withdrawn and says why: its document, else the file itself; or None."""
        return next((row for row in (self.document, self) if row.is_withdrawn), None)

    @property
    def state(self):
        if self.erased_at:
            return FileState.ERASED
        if self.is_withdrawn:
            return FileState.WITHDRAWN
        if self.live_from is None:
            return FileState.WAITING
        return FileState.PUBLIC if self.live_from <= timezone.now() else FileState.SCHEDULED

    @property
    def readers_state(self):
        """Its state, but that a withdrawn document takes its files along."""
        taken = self.live_from and not self.erased_at and self.document.is_withdrawn
        return FileState.WITHDRAWN if taken else self.state

    def clean(self):
        if self.file and self.address:
            raise ValidationError(_("Give either a file or an outside address, not both."))
        if not (self.file or self.address):
            raise ValidationError(_("Choose a file, or give an outside address."))

    @cached_property
    def language_name(self):
        return own_name(self.language)
