"""What editions of agreements hold, as plain records, read in batches."""

from collections import defaultdict

from django.db.models import CharField, Max
from django.db.models.functions import Cast

from agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    Reference,
)
from agreements.vocabulary import EventKind

#: The agreement-wide events that the flat sheet has columns for.
DATES = [
    EventKind.NEGOTIATIONS_CONCLUDED,
    EventKind.INITIALLED,
    EventKind.ADOPTED,
    EventKind.SIGNATURE,
    EventKind.PROVISIONAL_APPLICATION,
    EventKind.ENTRY_INTO_FORCE,
    EventKind.SUSPENSION,
    EventKind.DENUNCIATION_EFFECTIVE,
    EventKind.TERMINATION,
    EventKind.EXPIRY,
    EventKind.REPLACEMENT,
]
#: {column of the flat sheet: collection} of the references.
NUMBERS = {
    "celex": Reference.Scheme.CELEX,
    "eli": Reference.Scheme.ELI,
    "oj": Reference.Scheme.OJ,
    "unts": Reference.Scheme.UNTS,
    "other_number": Reference.Scheme.OTHER,
}
TEXTS = ("official_title", "title", "summary", "line", "wording")
EVENT_FIELDS = ("kind", "date", "until", "scope", "part", "note", "source", "source_address")


def flat_records(editions):
    """Return {edition pk: record} of the flat sheet, in eight queries."""
    pks = [edition.pk for edition in editions]
    identities = _identities(editions)
    texts, parties, themes, events = _texts(pks), _parties(pks), _themes(pks), _dates(pks)
    numbers, documents = _numbers(pks), _documents(pks)
    return {
        edition.pk: {
            "slug": identities[edition.agreement_id][0],
            "base": edition.base,
            "source_language": identities[edition.agreement_id][1],
            "kind": edition.kind,
            "form": edition.form,
            "binding": edition.binding,
            "themes": themes[edition.pk],
            "parties": parties[edition.pk],
            "legal_basis": edition.legal_basis,
            "internal_note": edition.internal_note,
            "dates": events[edition.pk],
            "numbers": numbers[edition.pk],
            "documents": documents[edition.pk],
            "texts": texts[edition.pk],
        }
        for edition in editions
    }


def part_records(editions, model, fields, key, order):
    """Return {edition pk: {key of the part: record}} of one kind of parts.

    `fields` is {column: path of the field}, `key` are the columns that identify a part.
    """
    slugs = {pk: slug for pk, (slug, _language) in _identities(editions).items()}
    places = {e.pk: {"agreement": slugs[e.agreement_id], "base": e.base} for e in editions}
    found = {pk: {} for pk in places}
    rows = model.objects.filter(edition__in=list(places)).order_by(*order)
    for pk, *values in rows.values_list("edition_id", *fields.values()):
        record = places[pk] | dict(zip(fields, values, strict=True))
        parts = tuple(str(record[name]) for name in key)
        found[pk][parts if len(key) > 1 else parts[0]] = record
    return found


def last_positions(editions):
    """Return {edition pk: greatest position of its parties}, -1 without any."""
    rows = AgreementParty.objects.filter(edition__in=editions).order_by().values_list("edition_id")
    return defaultdict(lambda: -1, rows.annotate(last=Max("position")))


def agreement_slugs(slugs):
    """Return {slug: pk} of those of the agreements that the register has."""
    return dict(Agreement.objects.filter(slug__in=slugs).values_list("slug", "pk"))


def live_slugs(slugs):
    """Return those of the agreements that readers see."""
    live = AgreementEdition.objects.live().filter(agreement__slug__in=slugs)
    return set(live.values_list("agreement__slug", flat=True))


def languages_of(editions):
    """Return the languages that the editions (a query or keys) have texts in."""
    texts = AgreementText.objects.filter(edition__in=editions).order_by()
    return set(texts.values_list("language", flat=True).distinct())


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
    rows = AgreementParty.objects.filter(edition__in=pks).order_by("position", "pk")
    return grouped(rows.values_list("edition_id", "party__code"))


def _documents(pks):
    rows = AgreementDocument.objects.filter(edition__in=pks).order_by("position", "pk")
    return grouped(rows.values_list("edition_id", "document__slug"))


def _themes(pks):
    rows = AgreementEdition.themes.through.objects.filter(agreementedition__in=pks)
    return grouped(rows.order_by("theme__slug").values_list("agreementedition_id", "theme__slug"))


def grouped(pairs):
    """Return {key: [value, …]} of (key, value)."""
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _dates(pks):
    """Return {edition pk: {kind: [date, …]}} of the events that concern the whole agreement."""
    found = defaultdict(lambda: defaultdict(list))
    rows = Event.objects.filter(edition__in=pks, kind__in=DATES).order_by("date", "pk")
    # As text: it is stored as it is exported.
    date = Cast("date", CharField())
    # The party is looked at here: SQLite would go through all events without one for each batch.
    for pk, kind, party, text in rows.values_list("edition_id", "kind", "party_id", date):
        if party is None:
            found[pk][kind].append(text)
    return found


def _numbers(pks):
    """Return {edition pk: {scheme: [number, …]}} of the references."""
    found = defaultdict(lambda: defaultdict(list))
    rows = Reference.objects.filter(edition__in=pks).order_by("value", "pk")
    for pk, scheme, value in rows.values_list("edition_id", "scheme", "value"):
        found[pk][scheme].append(value)
    return found
