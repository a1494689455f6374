"""The files in the form of a document: new ones are added, the others stand as they are."""

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin.lists import moment
from culturecoop.languages import language_name, language_words

from .buttons import offered
from .consequences import full_name
from .forms import UploadField
from .models import DocumentFile, FileState
from .verbs import WithdrawnBefore, basename, refuse_withdrawn


class NewFileForm(forms.ModelForm):
    upload = UploadField(label=_("file"), required=False)
    again = forms.BooleanField(label=_("Add it all the same"), required=False)
    asks_again = False

    class Meta:
        model = DocumentFile
        fields = ["language", "title", "address"]

    def clean(self):
        """What was withdrawn once comes back only knowingly."""
        cleaned = super().clean()
        upload, address = cleaned.get("upload"), cleaned.get("address", "")
        sha256 = upload.facts.sha256 if upload else ""
        try:
            refuse_withdrawn(sha256=sha256, address=address)
        except WithdrawnBefore as error:
            self.asks_again = True
            if not cleaned.get("again"):
                self.add_error("upload" if upload else "address", error)
        return cleaned

    def _post_clean(self):
        if "upload" in self.errors:
            return  # what is wrong with the upload says enough
        self.instance.file = self.cleaned_data.get("upload") or ""
        super()._post_clean()


class FileFormSet(BaseInlineFormSet):
    """Takes one new file of each language: of two, readers would never see the first."""

    def clean(self):
        super().clean()
        first = {}
        for row in self.extra_forms:
            language = row.cleaned_data.get("language") if row.has_changed() else None
            if language and first.setdefault(language, row) is not row:
                _refuse_two(first[language], row, language)


def _refuse_two(first, second, language):
    """Tell the second of two rows why they cannot be in one language, and what they are about.

    A row with neither a file nor an address is told that already.
    """
    names = {"first": _called(first), "second": _called(second)}
    if all(names.values()):
        sentence = gettext(
            "“%(first)s” and “%(second)s” are both in one language: %(language)s. Readers get one "
            "file of each language: choose another language here, or leave one of the two out."
        )
        second.add_error("language", sentence % {**names, "language": language_name(language)})


def _called(row):
    """Return what was given in a row, also if it was refused: the name of a file, an address."""
    upload = row["upload"].data
    return basename(upload) if upload else row["address"].data or ""


class Files(admin.TabularInline):
    """The files of a document: new ones are added, the others stand as they are."""

    model = DocumentFile
    form = NewFileForm
    formset = FileFormSet
    language_words = staticmethod(language_words)  # for drop.js
    fields = ["language", "title", "upload", "address", "what", "seen", "verbs"]
    readonly_fields = ["what", "seen", "verbs"]
    extra = 0
    verbose_name = _("file")
    verbose_name_plural = _("files by language: the newest first")
    template = "admin/documents/files.html"

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_queryset(self, request):
        self.user = request.user
        people = ("added_by", "withdrawn_by", "erased_by")
        return super().get_queryset(request).select_related("document", *people)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("file"))
    def upload(self, file):
        """Just this file, for those that are there."""
        if not file.file:
            return "–"
        name = file.original_name or file.file.name.rsplit("/", 1)[-1]
        if file.live_from and file.withdrawal:
            return name
        return format_html('<a href="{}">{}</a>', file.get_dated_url(), name)

    @admin.display(description=_("type, size, pages"))
    def what(self, file):
        return described(file) if file.pk else gettext("read from the file")

    @admin.display(description=_("readers"))
    def seen(self, file):
        if not file.pk:
            return gettext("after publication")
        return withdrawn(file) if file.is_withdrawn else seen_by_readers(file)

    @admin.display(description=_("what can be done"))
    def verbs(self, file):
        if not file.pk:
            return "–"
        rows = [
            (url, f"{button.action}: {full_name(file)}", button.label)
            for button, url in offered(file, self.user)
        ]
        return format_html_join(" ", '<a class="use" href="{}" aria-label="{}">{}</a>', rows) or "–"


def seen_by_readers(file):
    """What readers see of a file that is not withdrawn by itself: since when, or from when on."""
    state = file.readers_state
    if state == FileState.PUBLIC:
        return gettext("see it since %(when)s") % {"when": moment(file.live_from)}
    if state == FileState.SCHEDULED:
        return gettext("will see it from %(when)s") % {"when": moment(file.live_from)}
    if state == FileState.WITHDRAWN:
        return marked("withdrawn", gettext("nobody: withdrawn with its document"))
    return marked("draft", state.label)


def marked(mark, words):
    """Words with the shape and the colour of a state."""
    return format_html('<span class="state state-{}">{}</span>', mark, words)


def withdrawn(file):
    """What the record keeps: when, by whom and why it was withdrawn and erased."""
    lines = [
        (FileState.WITHDRAWN.label, file.withdrawn_at, file.withdrawn_by, file.withdrawal_reason)
    ]
    if file.erased_at:
        lines.append((FileState.ERASED.label, file.erased_at, file.erased_by, file.erasure_reason))
    return format_html_join(
        "",
        '<div><span class="state state-withdrawn">{}</span> {} · {}<br><q>{}</q></div>',
        ((label, moment(when), by or "–", why) for label, when, by, why in lines),
    )


def described(file):
    """ "PDF – 149 KB – 12 pages", or that it is an outside address."""
    if file.address:
        return gettext("outside address")
    words = [file.extension.upper(), filesizeformat(file.size)]
    if file.pages:
        words.append(ngettext("%(n)d page", "%(n)d pages", file.pages) % {"n": file.pages})
    return " – ".join([*words, *filter(None, [file.note])])
