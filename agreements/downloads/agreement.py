"""An agreement as data: what its page says on a day, in codes and in words."""

from django.conf import settings

from agreements.vocabulary import binding_of

EVENT = ("kind", "date", "until", "scope", "part", "note", "source", "source_address")
REFERENCE = ("scheme", "value", "address")
PERIOD = ("in_part", "some_parties", "uncertain", "began", "ends", "ends_after", "remark")


def agreement_data(content, full):
    """Return all that an AgreementContent says. `full` gives an address with the host."""
    edition = content.edition
    return {
        "address": full(edition.agreement.get_absolute_url() + content.reading.query),
        "slug": edition.agreement.slug,
        "day": f"{content.reading.day}",
        "edition": {
            "number": edition.number,
            "published": edition.live_from.isoformat(),
            "address": full(edition.get_absolute_url()),
        },
        "title": content.title,
        "kind": edition.kind,
        "form": edition.form,
        "binding": binding_of(edition),
        "legal_basis": edition.legal_basis,
        "source_language": edition.agreement.source_language,
        "status": _status(content.status) | {"sentence": content.sentence},
        "themes": [{"slug": t.slug, "name": t.display_name} for t in content.themes],
        "parties": [_party(row) for row in content.table.rows],
        "events": [_event(event) for event in content.events],
        "references": [_named(row, *REFERENCE) for row in edition.references.all()],
        "related": [_related(other, full) for other in content.related],
        "documents": [_document(line, full) for line in content.documents],
        "texts": {text.language: _text(text) for text in content.texts},
        "licence": settings.DATA_LICENCE,
    }


def _named(row, *names):
    """Return the fields of these names that say something."""
    return {name: f"{value}" for name in names if (value := getattr(row, name))}


def _status(status):
    """Return a StatusOn: its code, "" where nothing is certain or recorded, and what limits it."""
    if status is None:
        return {"code": ""}
    period = status.period
    found = {name: value for name in PERIOD if (value := getattr(period, name))}
    plain = {name: value if value is True else f"{value}" for name, value in found.items()}
    return {"code": f"{period.status or ''}", **plain}


def _party(row):
    words = row.status.party_words if row.status else row.label
    return {
        "code": row.party.code,
        "name": row.link.name,
        "member": row.member,
        "status": _status(row.status) | {"words": f"{words}"},
    }


def _event(event):
    party = {"party": event.party.code} if event.party else {}
    return {"key": f"{event.key}", **_named(event, *EVENT), **party, "ahead": event.ahead}


def _related(other, full):
    agreement = other.title.text.edition.agreement
    return {
        "kind": f"{other.kind}",
        "slug": agreement.slug,
        "title": other.title.title,
        "address": full(other.title.url),
    }


def _document(line, full):
    files = [{"language": file.language, "address": full(file.url)} for file in line.files]
    return {"slug": line.document.slug, "title": line.title, "files": files}


def _text(text):
    """Return what readers see of a text."""
    seen = (name for name in text.seen_fields if name != "language")
    return _named(text, *seen)
