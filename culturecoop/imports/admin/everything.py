"""“Export everything”: one workbook and the files, as a ZIP."""

import logging
import tempfile

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.accounts import audit
from culturecoop.sheets import workbook

log = logging.getLogger("culturecoop.imports")


class EverythingForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("xlsx", gettext_lazy("XLSX (Excel)")),
            ("ods", gettext_lazy("ODS (LibreOffice)")),
        ],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    live = forms.ChoiceField(
        label=gettext_lazy("Content"),
        choices=[
            ("", gettext_lazy("As editors see it: a draft where there is one")),
            ("1", gettext_lazy("As readers see it: what is published today")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )


class Everything:
    """For the admin of imports: the form, then the ZIP."""

    def everything_view(self, request):
        if not workbook.can_export(request.user):
            raise PermissionDenied
        form, faults = EverythingForm(request.POST or None), []
        if request.method == "POST" and form.is_valid():
            download, faults = _download(form, request)
            if download:
                return download
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Export everything"),
            "form": form,
            "faults": faults,
        }
        return TemplateResponse(request, "admin/spreadsheets/everything.html", context)


def _download(form, request):
    """(the response, faults of files); none before who sees that files are missing agrees."""
    kind, live = form.cleaned_data["format"], form.cleaned_data["live"] == "1"
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it
    rows, faults = workbook.write_zip(file, kind=kind, live=live)
    for error in faults:
        log.error("Export: %s", error)
    if faults and "anyway" not in request.POST:
        file.close()
        return None, faults
    told = {"live": live, "format": kind, "rows": rows, "faults": len(faults)}
    audit.record(audit.Kind.EXPORT, by=request.user, sheet="everything", **told)
    file.seek(0)
    name = f"register-{timezone.localdate():%Y-%m-%d}.zip"
    download = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    return download, faults
