"""What our site says to its readers, so that another one can be filled with it.

`manage.py shell -c "from bench.web_content import …"` runs it on the site that is measured.
"""

import json

from django.db.models import Max, Min

from agreements.filters import RegisterFilter
from agreements.models import AgreementEdition, Party, Theme
from agreements.presentation import AgreementContent
from agreements.vocabulary import STATUS_CHOICES, AgreementKind
from culturecoop.clock import Reading
from culturecoop.documents.models import Document
from strategy.blocks import AgreementList, Link, Milestone, Text
from strategy.models import PageEdition
from strategy.presentation import PageContent


def write():
    """Print all of it as JSON."""
    print(json.dumps(content()))


def content():
    editions = PageEdition.objects.live().filter(language="en").select_related("page")
    pages = [(edition, PageContent(edition, Reading())) for edition in editions]
    lines = list(_lines(shown for _edition, shown in pages))
    return {
        "kinds": [(code, str(label)) for code, label in AgreementKind.choices],
        "statuses": [(code, str(label)) for code, label in STATUS_CHOICES],
        "parties": [{"code": party.code, "name": party.display_name} for party in _parties()],
        "themes": [{"slug": theme.slug, "name": theme.display_name} for theme in _themes()],
        "documents": [_document(document) for document in Document.objects.all()],
        "agreements": list(_agreements(dict(lines))),
        "pages": [_page(edition, shown) for edition, shown in pages],
    }


def _parties():
    return Party.objects.prefetch_related("names")


def _themes():
    return Theme.objects.prefetch_related("names")


def _document(document):
    latest = document.latest_at(Reading().at)
    files = [
        {
            "language": file.language,
            "language_name": file.language_name,
            "pages": file.pages,
            "path": file.file.path,
        }
        for file in sorted(latest, key=lambda file: file.language != document.source_language)
    ]
    return {"slug": document.slug, "title": document.title, "files": files}


# Pages -------------------------------------------------------------------------------------


def _page(edition, shown):
    return {
        "path": edition.page.path,
        "menu": edition.page.menu,
        "title": edition.title,
        "lead": edition.lead,
        "blocks": list(_blocks(shown)),
    }


def _blocks(shown):
    for region in shown.regions:
        if region.heading:
            yield {"type": "heading", "text": str(region.heading.text)}
        for block in shown.blocks:
            if block.region == region.key and type(block) in SAID:
                yield {"type": block._meta.model_name, **SAID[type(block)](block)}


def _milestone(block):
    return {
        "day": _day(block.date) if block.date else "",
        "date_text": block.date.display() if block.date else "",
        "actor": block.actor,
        "text": block.text,
        "title": block.link_text or (block.document.title if block.document else ""),
        "address": block.address,
        "document": block.document and block.document.slug,
    }


def _link(block):
    return {
        "heading": block.heading,
        "title": block.title or (block.leads_to.title if block.leads_to else ""),
        "address": block.leads_to.url if block.leads_to else block.address,
        "document": block.document and block.document.slug,
    }


SAID = {
    Text: lambda block: {"html": block.text},
    Milestone: _milestone,
    Link: _link,
    AgreementList: lambda block: {"theme": block.theme.slug},
}


# Agreements --------------------------------------------------------------------------------


def _lines(pages):
    """Yield (slug, what the home page says of it) in the order of the list there."""
    groups = [group for shown in pages for region in shown.regions for group in region.groups]
    lists = [found for group in groups if group.kind == "agreementlist" for found in group.blocks]
    for position, line in enumerate(line for found in lists for line in found.lines):
        said = {
            "beginning": line.beginning,
            "short_title": line.title,
            "line": line.text.line,
            "clause": line.clause,
            "position": position,
        }
        yield line.agreement.edition.agreement.slug, said


def _agreements(lines):
    filters = RegisterFilter({})
    found = AgreementEdition.objects.select_related("agreement")
    found = found.annotate(
        first_year=Min("entries__first_year"), last_year=Max("entries__last_year")
    )
    for pk in filters.ids_at(range(filters.count)):
        edition = found.get(pk=pk)
        slug = edition.agreement.slug
        yield {"slug": slug, **_agreement(edition), **lines.get(slug, {})}


def _agreement(edition):
    shown = AgreementContent(edition, Reading())
    status, table = shown.status, shown.table
    return {
        "title": shown.title,
        "kind": edition.kind,
        "kind_label": edition.get_kind_display(),
        "status": status.status.value if status and status.status else "",
        "status_group": str(status.status.label) if status and status.status else "",
        "since": f"{status.began.first}" if status and status.began else None,
        **_status(status, status.label if status else ""),
        "sentence": str(shown.sentence),
        "note": shown.decided_by.note if shown.decided_by else "",
        "partners": shown.partners_line,
        "summary": shown.text.summary,
        "wording": shown.text.wording,
        "first_year": edition.first_year,
        "last_year": edition.last_year,
        "columns": list(table.columns.values()),
        "parties": [_party(row, edition) for row in table.rows],
        "events": [_event(event) for event in shown.events],
        "references": [
            {"scheme": row.get_scheme_display(), "value": row.value, "address": row.address}
            for row in edition.references.all()
        ],
        "themes": [theme.slug for theme in shown.themes],
        "documents": [line.document.slug for line in shown.documents],
    }


def _status(status, label):
    """What is told of a status, of an agreement or of a party."""
    return {
        "status_label": label,
        "tone": status.tone if status else "none",
        "since_text": status.since_text if status else "",
    }


def _party(row, edition):
    return {
        "code": row.party.code,
        "is_side": any(side.party_id == row.party.pk for side in edition.parties.all()),
        "role": str(row.role),
        **_status(row.status, row.status.party_label if row.status else ""),
        "acts": [[(_day(date), date.display()) for date in dates] for _heading, dates in row.cells],
    }


def _event(event):
    return {
        "kind": event.get_kind_display(),
        "day": _day(event.date),
        "date_text": event.date.display(),
        "party": event.party and event.party.code,
        "note": event.note,
        "source": event.source,
        "source_address": event.source_address,
    }


def _day(date):
    return str(date).rstrip("?~%")
