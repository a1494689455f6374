"""What editions of agreements hold, as plain records, read in batches."""

from collections import defaultdict

from agreements.models import (
    Agreement,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    Party,
    Theme,
)
from agreements.statuses import EventKind

#: The agreement-wide events that the flat sheet has columns for.
DATES = [
    EventKind.NEGOTIATIONS_CONCLUDED,
    EventKind.INITIALLED,
    EventKind.SIGNATURE,
    EventKind.PROVISIONAL_APPLICATION,
    EventKind.ENTRY_INTO_FORCE,
    EventKind.TERMINATION,
]
TEXTS = ("official_title", "title", "summary", "line", "wording")
EVENT_FIELDS = ("kind", "date", "scope", "part", "note", "source", "source_address")


def flat_records(editions):
    """{edition pk: record} of the flat sheet, in six queries."""
    pks = [edition.pk for edition in editions]
    identities = _identities(editions)
    texts, parties, themes, events = _texts(pks), _parties(pks), _themes(pks), _dates(pks)
    return {
        edition.pk: {
            "slug": identities[edition.agreement_id][0],
            "base": edition.base,
            "source_language": identities[edition.agreement_id][1],
            "kind": edition.kind,
            "themes": themes[edition.pk],
            "parties": parties[edition.pk],
            "legal_basis": edition.legal_basis,
            "internal_note": edition.internal_note,
            "dates": events[edition.pk],
            "texts": texts[edition.pk],
        }
        for edition in editions
    }


def event_records(editions):
    """{edition pk: {key: record}} of the events, in the order of their dates."""
    slugs = {pk: slug for pk, (slug, _language) in _identities(editions).items()}
    places = {e.pk: {"agreement": slugs[e.agreement_id], "base": e.base} for e in editions}
    found = {pk: {} for pk in places}
    rows = Event.objects.filter(edition__in=list(places)).order_by("date", "pk")
    for pk, key, code, *values in rows.values_list(
        "edition_id", "key", "party__code", *EVENT_FIELDS
    ):
        record = places[pk] | dict(zip(EVENT_FIELDS, values, strict=True))
        found[pk][str(key)] = record | {"key": str(key), "party": code}
    return found


def languages_of(editions):
    """The languages that the editions (a query or keys) have texts in."""
    texts = AgreementText.objects.filter(edition__in=editions).order_by()
    return set(texts.values_list("language", flat=True).distinct())


def party_codes():
    """{code: pk} of all parties."""
    return dict(Party.objects.values_list("code", "pk"))


def theme_codes():
    """{slug: pk} of all themes."""
    return dict(Theme.objects.values_list("slug", "pk"))


def _identities(editions):
    pks = {edition.agreement_id for edition in editions}
    rows = Agreement.objects.filter(pk__in=pks).order_by()
    return {pk: rest for pk, *rest in rows.values_list("pk", "slug", "source_language")}


def _texts(pks):
    found = defaultdict(dict)
    rows = AgreementText.objects.filter(edition__in=pks).order_by()
    for pk, language, *values in rows.values_list("edition_id", "language", *TEXTS):
        found[pk][language] = dict(zip(TEXTS, values, strict=True))
    return found


def _parties(pks):
    found = defaultdict(list)
    rows = AgreementParty.objects.filter(edition__in=pks).order_by("position", "pk")
    for pk, code in rows.values_list("edition_id", "party__code"):
        found[pk].append(code)
    return found


def _themes(pks):
    found = defaultdict(list)
    rows = AgreementEdition.themes.through.objects.filter(agreementedition__in=pks)
    for pk, slug in rows.order_by("theme__slug").values_list("agreementedition_id", "theme__slug"):
        found[pk].append(slug)
    return found


def _dates(pks):
    """{edition pk: {kind: [date, …]}} of the events that concern the whole agreement."""
    found = defaultdict(lambda: defaultdict(list))
    rows = Event.objects.filter(edition__in=pks, party=None, kind__in=DATES).order_by("date", "pk")
    for pk, kind, date in rows.values_list("edition_id", "kind", "date"):
        found[pk][kind].append(str(date))
    return found
