"""The forms of uploading, and of choosing the sheet and its headings."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.mapping.fields import MOST_HEADING_ROWS
from culturecoop.sheets import registry
from culturecoop.tabular.reading import DELIMITERS, ENCODINGS, errors
from culturecoop.tabular.reading.limits import limit

from . import mappings


class UploadForm(forms.Form):
    """What is imported; the rest is read from the file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A spreadsheet in CSV, XLSX, XLSM, XLS or ODS format, or a ZIP of “Export everything”. "
            "Nothing is written yet: you see first what would change."
        ),
    )
    resource = forms.ChoiceField(
        label=gettext_lazy("What it holds"),
        required=False,
        help_text=gettext_lazy("Told by the headings when you leave it open."),
    )
    mapping = forms.ChoiceField(
        label=gettext_lazy("Mapping of columns"),
        required=False,
        help_text=gettext_lazy(
            "How the columns of the file become those of the register. A file exported here needs "
            "none. For another one a mapping is proposed, which you can correct."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(r.name, r.label) for r in registry.resources() if r.can_import(user)]
        self.fields["resource"].choices = [("", _("Tell by the headings")), *known]
        self.fields["mapping"].choices = [("", _("Propose one")), *mappings.choices()]

    def clean_file(self):
        file, most = self.cleaned_data["file"], limit("BYTES")
        if file.size > most:
            sizes = {"size": file.size // 2**20, "most": most // 2**20}
            raise forms.ValidationError(str(errors.unreadable("too_large", **sizes)))
        return file

    def clean_mapping(self):
        """Return the Mapping and its name, (None, "") to have one proposed."""
        return mappings.chosen(self.cleaned_data["mapping"])


class SheetForm(forms.Form):
    """Where the table is in the file, and how its text is written."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    first = forms.IntegerField(
        label=gettext_lazy("First row of the headings"), min_value=1, required=False
    )
    last = forms.IntegerField(
        label=gettext_lazy("Last row of the headings"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("The same as the first one where the headings are one row."),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Delimiter"), required=False)

    def __init__(self, *args, job, look=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._set_sheets(job, look)
        if look is not None and not look.encoding:
            del self.fields["encoding"], self.fields["delimiter"]
            return
        for name, known in (("encoding", ENCODINGS), ("delimiter", DELIMITERS)):
            present = getattr(job, name)
            found = [(present, present)] if present not in ("", *dict(known)) else []
            self.fields[name].choices = [("", _("Detect it")), *found, *known]

    def _set_sheets(self, job, look):
        hidden = look.hidden if look else []
        names = [*look.sheets, *hidden] if look else [job.sheet]
        if len(names) == 1:
            del self.fields["sheet"]
            return
        self.fields["sheet"].choices = [
            (name, _("%(sheet)s (hidden)") % {"sheet": name} if name in hidden else name)
            for name in names
        ]

    def clean(self):
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last is None and "last" not in self.errors:
            last = self.cleaned_data["last"] = first
        if first and last and not first <= last < first + MOST_HEADING_ROWS:
            self.add_error(
                "last",
                _("Expected the first row or one of the %(count)d after it.")
                % {"count": MOST_HEADING_ROWS - 1},
            )
        return self.cleaned_data
