"""What is downloaded: the lists of the register, and what is said of an agreement."""

import tempfile
from functools import partial

from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agreements.filters import RegisterFilter
from agreements.presentation import Section
from agreements.register import DOWNLOADS, Register, download_url
from agreements.views import standing
from culturecoop import downloads
from culturecoop.clock import reading_of
from culturecoop.editions.changes import one_stamp
from culturecoop.editions.reading import ReadersView, standing_at, withdrawn
from culturecoop.plainpages import plain_page
from culturecoop.sheets.columns import Column
from culturecoop.tabular import pieces, writing

from .agreement import agreement_data
from .explanations import explained
from .rows import RegisterRows

NAME = "agreements"
TYPES = {**writing.MIME_TYPES, "csv": "text/csv; charset=utf-8", "json": "application/json"}
SECTIONS = [
    Section("files", _("What the files hold")),
    Section("formats", _("Formats")),
    Section("columns", _("Columns")),
    Section("licence", _("Licence")),
    Section("cite", _("How to cite")),
]
#: Other sites may read them in a browser: nothing in them depends on who asks.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@require_safe
def register(request, kind):
    """The list that the register shows for the same filters, as a file; to HEAD its headers."""
    with one_stamp():
        filters = RegisterFilter(request.GET)
        if filters.errors:
            return _misunderstood(request, filters)
        try:
            response = _answer(request, filters, kind)
        except downloads.Busy:
            return _busy(request)
    name = f"{NAME}-{filters.day:%Y-%m-%d}.{kind}"
    response.headers["Content-Type"] = TYPES[kind]
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return _for_nobody_to_keep(response)


def _answer(request, filters, kind):
    """Return what is sent piece by piece; a workbook when it is whole. Raises Busy."""
    if request.method == "HEAD":
        return StreamingHttpResponse(())
    if kind in writing.WORKBOOKS:
        with downloads.place():
            return FileResponse(_workbook(RegisterRows(filters), kind))
    return StreamingHttpResponse(downloads.Held(partial(_pieces, request, filters, kind)))


def _workbook(rows, kind):
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it
    writing.write(file, kind, NAME, rows.headings, rows.rows())
    file.seek(0)
    return file


def _pieces(request, filters, kind):
    rows = RegisterRows(filters)
    if kind == "csv":
        return pieces.csv_pieces(rows.headings, rows.portions())
    about = _about(request, filters) | {"count": len(rows.ids)}
    return pieces.json_pieces(about, rows.headings, rows.portions(Column.get_value))


def _about(request, filters):
    """Return what a file in JSON says of itself."""
    full = request.build_absolute_uri
    return {
        "list": NAME,
        "day": f"{filters.day}",
        "address": full(Register(filters, request.GET).url()),
        "columns": full(reverse("agreements:data")),
        "licence": settings.DATA_LICENCE,
    }


def _misunderstood(request, filters):
    """400 with what is wrong: no other list is sent in the place of what was asked for."""
    faults = [(filters.form.fields[name].label, request.GET[name]) for name in filters.errors]
    return _for_nobody_to_keep(plain_page(request, 400, template="download.html", faults=faults))


def _busy(request):
    response = plain_page(request, 503, template="download.html")
    response.headers["Retry-After"] = str(downloads.AFTER)
    return _for_nobody_to_keep(response)


def _for_nobody_to_keep(response):
    """Neither the page cache nor one in front keeps it, and no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return _opened(response)


def _opened(response):
    for name, value in OPEN.items():
        response.headers[name] = value
    return response


class AgreementDataView(ReadersView):
    """What the page of an agreement says on a day, in JSON."""

    def get(self, request, slug):
        reading = reading_of(request)
        if reading.fault:
            return _opened(plain_page(request, 400, template="download.html", day=reading.fault))
        edition, content = standing_at(request, reading, partial(standing, slug))
        if edition.withdrawal:
            return _opened(withdrawn(request, edition, register=True))
        said = agreement_data(content, request.build_absolute_uri)
        text = pieces.json_text(said)
        return _opened(HttpResponse(text, content_type=TYPES["json"]))


class DataView(ReadersView):
    """What can be downloaded, and what its columns mean."""

    def get(self, request):
        context = {
            "all": [(kind.upper(), download_url(kind)) for kind in DOWNLOADS],
            "sections": SECTIONS,
            "columns": explained(),
            "licence": settings.DATA_LICENCE,
            "day": f"{timezone.localdate():%Y-%m-%d}",
            "cited": request.build_absolute_uri(reverse("agreements:register")),
            "current": "data",
            "indexable": True,
            "languages": [code for code, _name in settings.LANGUAGES],
        }
        return render(request, "agreements/data.html", context)
