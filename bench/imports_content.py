"""Agreements with two parties and two dates: as sheets, and by the plainest code there is.

Needs a Django that is set up.
"""

import csv
from collections import defaultdict
from itertools import islice

from babel import Locale
from django.db import transaction

from agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    Party,
    Reference,
)
from culturecoop.dates import PartialDate
from culturecoop.mapping import Mapping, Rule

PARTIES = [
    "BR", "CA", "CL", "CO", "EC", "FR", "IN", "IT", "JP", "KE", "MX", "NZ", "PE", "PT", "TH", "UY",
    "VN", "ZA",
]  # fmt: skip
KINDS = ("signature", "entry_into_force")
HEADINGS = ["slug", "title_en", "parties", *KINDS]
FOREIGN = ["Treaty no.", "Name of the treaty", "Contracting parties", "Signed on", "In force from"]
TEXTS = ("official_title", "title", "summary", "line", "wording")
DATES = [
    "negotiations_concluded", "initialled", "adopted", "signature", "provisional_application",
    "entry_into_force", "suspension", "denunciation_effective", "termination", "expiry",
    "replacement",
]  # fmt: skip
NUMBERS = ("celex", "eli", "oj", "unts", "other")
#: The baselines keep no more than this in memory at once.
CHUNK = 5000


def make_parties():
    Party.objects.bulk_create(Party(code=code) for code in PARTIES)


def sheet(rows):
    """The cells under HEADINGS."""
    for number in range(rows):
        month, day = 1 + number % 12, 1 + number % 28
        one, other = number % len(PARTIES), (number * 7 + 1) % len(PARTIES)
        codes = [PARTIES[one], PARTIES[other if one != other else other - 1]]
        yield [
            f"agreement-{number}",
            f"Agreement number {number} on cooperation in culture and education",
            "; ".join(codes),
            f"{1950 + number % 70}-{month:02}-{day:02}",
            f"{1952 + number % 70}-{month:02}-{day:02}",
        ]


def foreign_sheet(rows):
    """The same under FOREIGN: names of parties in place of codes, the day before the month."""
    names = Locale("en").territories
    for slug, title, codes, *dates in sheet(rows):
        parties = "; ".join(names[code] for code in codes.split("; "))
        yield [slug, title, parties, *("/".join(reversed(date.split("-"))) for date in dates)]


def foreign_mapping():
    rules = [
        Rule("slug", ("Treaty no.",), combine="slug"),
        Rule("title_en", ("Name of the treaty",)),
        Rule("parties", ("Contracting parties",), separator=";"),
        Rule("signature", ("Signed on",), notation="day_first"),
        Rule("entry_into_force", ("In force from",), notation="day_first"),
    ]
    return Mapping("agreements", columns={rule.target: rule for rule in rules})


@transaction.atomic
def plain_import(rows):
    """The rows of the database by bulk_create alone, their values taken from the sheet."""
    parties = dict(Party.objects.values_list("code", "pk"))
    cells = (dict(zip(HEADINGS, row, strict=True)) for row in sheet(rows))
    while chunk := list(islice(cells, CHUNK)):
        _create(chunk, parties)


def _create(cells, parties):
    agreements = [Agreement(slug=row["slug"]) for row in cells]
    Agreement.objects.bulk_create(agreements, batch_size=500)
    editions = [AgreementEdition(agreement=agreement) for agreement in agreements]
    AgreementEdition._base_manager.bulk_create(editions, batch_size=500)
    parts = defaultdict(list)
    for edition, row in zip(editions, cells, strict=True):
        for part in parts_of(edition, row, parties):
            parts[type(part)].append(part)
    for model, made in parts.items():
        model._base_manager.bulk_create(made, batch_size=500)


def parts_of(edition, row, parties):
    """Yield the unsaved text, parties and events of the row (a dict)."""
    yield AgreementText(edition=edition, language="en", title=row["title_en"])
    for position, code in enumerate(row["parties"].split("; ")):
        yield AgreementParty(edition=edition, party_id=parties[code], position=position)
    for kind in KINDS:
        yield Event(edition=edition, kind=kind, date=PartialDate.parse(row[kind]))


def plain_export(path):
    """The flat sheet with values_list, dictionaries and csv.writer."""
    texts = {pk: rest for pk, *rest in AgreementText.objects.values_list("edition", *TEXTS)}
    themes = _lists(AgreementEdition.themes.through.objects, "agreementedition", "theme__slug")
    parties = _lists(AgreementParty.objects.order_by("position"), "edition", "party__code")
    documents = _lists(AgreementDocument.objects.order_by("position"), "edition", "document__slug")
    dates = Event.objects.filter(party=None).values_list("edition", "kind", "date")
    dates = {(pk, kind): str(date) for pk, kind, date in dates}
    numbers = Reference.objects.values_list("edition", "scheme", "value")
    numbers = {(pk, scheme): value for pk, scheme, value in numbers}
    editions = AgreementEdition.objects.order_by("agreement__slug").values_list(
        "pk", "agreement__slug", "number", "version", "agreement__source_language", "kind",
        "form", "binding", "legal_basis", "internal_note",
    )  # fmt: skip
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        for pk, slug, number, version, language, kind, *rest in editions:
            writer.writerow([
                slug, number or f"0/{version}", language, kind, "; ".join(themes[pk]),
                "; ".join(parties[pk]), *rest, *(dates.get((pk, kind), "") for kind in DATES),
                *(numbers.get((pk, scheme), "") for scheme in NUMBERS),
                "; ".join(documents[pk]), *texts[pk],
            ])  # fmt: skip


def _lists(rows, *columns):
    found = defaultdict(list)
    for pk, code in rows.values_list(*columns):
        found[pk].append(code)
    return found
