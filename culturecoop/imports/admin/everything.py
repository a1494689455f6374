"""“Export everything”: one workbook and the files, as a ZIP."""

import logging
import tempfile

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from culturecoop.accounts import audit
from culturecoop.adminpages import AdminPageMixin
from culturecoop.sheets import workbook
from culturecoop.sheets.formats import Ods, Xlsx

log = logging.getLogger("culturecoop.imports")


class EverythingForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(form.kind, form.title) for form in (Xlsx, Ods)],
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


class EverythingView(AdminPageMixin, FormView):
    """The form, then the ZIP."""

    form_class = EverythingForm
    template_name = "admin/spreadsheets/everything.html"
    extra_context = {"title": gettext_lazy("Export everything")}

    def dispatch(self, request):
        if not workbook.can_export(request.user):
            raise PermissionDenied
        return super().dispatch(request)

    def form_valid(self, form):
        download, faults = _download(form, self.request)
        return download or self.render_to_response(self.get_context_data(form=form, faults=faults))


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
    facts = {"live": live, "format": kind, "rows": rows, "faults": len(faults)}
    audit.record(audit.Kind.EXPORT, by=request.user, sheet="everything", **facts)
    file.seek(0)
    name = f"register-{timezone.localdate():%Y-%m-%d}.zip"
    download = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    return download, faults
