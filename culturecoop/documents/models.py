"""Documents: a set of language files under one stable address."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.languages import LanguageField, own_name
from culturecoop.reference.models import ReferenceData
from culturecoop.texts import LineField


class Document(ReferenceData):
    """A text of its own that pages and agreements point to: a protocol, a report."""

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

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "pk"]
        permissions = [("publish_document", _("Can publish files of documents"))]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("documents:document", kwargs={"slug": self.slug})

    def files_at(self, at=None):
        """The files that readers see at `at` (default: now), one a language, source first.

        Works on the prefetched `files`, so that a page of documents needs one query.
        """
        at = at or timezone.now()
        current = {}
        for file in self.files.all():
            if file.live_from and file.live_from <= at:
                best = current.get(file.language)
                if best is None or file.live_from > best.live_from:
                    current[file.language] = file
        return self._in_order(current.values())

    def newest_files(self):
        """The files as an editor knows them, also those not yet published: for previews."""
        current = {}
        for file in sorted(self.files.all(), key=lambda file: file.pk):
            current[file.language] = file
        return self._in_order(current.values())

    def _in_order(self, files):
        return sorted(files, key=lambda f: (f.language != self.source_language, f.language))

    def title_in(self, language=None, files=None):
        """The title in a language (default: the active one), else in the document's own."""
        language = language or get_language()
        files = self.files_at() if files is None else files
        return next((f.title for f in files if f.language == language and f.title), self.title)


class DocumentFileQuerySet(models.QuerySet):
    def pending(self):
        """Not yet seen by readers."""
        return self.filter(live_from__isnull=True)

    def public(self, at=None):
        """Those that readers see or have seen."""
        return self.filter(live_from__lte=at or timezone.now())


def storage_path(file, name):
    """Where an uploaded file is kept: by its content, so that no name is ever taken."""
    return f"documents/{file.sha256[:2]}/{file.sha256}.{file.extension}"


class DocumentFile(models.Model):
    """One language version of a document at one time. Never changed, never deleted once public."""

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
    address = models.URLField(
        _("outside address"),
        max_length=500,
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
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    live_from = models.DateTimeField(_("published from"), null=True, editable=False)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["language", "-pk"]
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

    def clean(self):
        if bool(self.file) == bool(self.address):
            raise ValidationError(_("Give either a file or an outside address, not both."))

    @cached_property
    def language_name(self):
        return own_name(self.language)
