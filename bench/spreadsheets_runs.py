"""The measurements of bench/spreadsheets.py; run in a process of their own.

`python -m bench.spreadsheets_runs import|export ROWS FOLDER` prints {"ratio", "peak_mb", …}.
"""

import csv
import json
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import django

django.setup()

from django.core.files import File  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from agreements.models import (  # noqa: E402
    Agreement,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    Party,
    Theme,
)
from culturecoop.dates import PartialDate  # noqa: E402
from culturecoop.imports import jobs  # noqa: E402
from culturecoop.sheets import registry  # noqa: E402
from culturecoop.sheets.formats import Csv  # noqa: E402
from culturecoop.tabular import writing  # noqa: E402

KINDS = ("signature", "provisional_application", "entry_into_force")
HEADINGS = ["slug", "base", "kind", "themes", "parties", *KINDS, "title_en", "line_en"]


def sheet(rows):
    """The cells of the benchmark's agreements: two parties, a theme, three dates, one text."""
    for number in range(rows):
        yield [
            f"agreement-{number}", "", "agreement", "trade", "EU; CL",
            f"{1950 + number % 70}-11-18", f"{1951 + number % 70}-02", f"{1952 + number % 70}",
            f"Agreement number {number} on trade and cooperation", "is concluded with Chile",
        ]  # fmt: skip


def plainest(rows):
    """The same rows of the database by bulk_create alone, their values taken from the sheet."""
    parties, theme = dict(Party.objects.values_list("code", "pk")), Theme.objects.get()
    cells = [dict(zip(HEADINGS, row, strict=True)) for row in sheet(rows)]
    agreements = [Agreement(slug=row["slug"]) for row in cells]
    Agreement.objects.bulk_create(agreements, batch_size=500)
    editions = [AgreementEdition(agreement=agreement) for agreement in agreements]
    AgreementEdition._base_manager.bulk_create(editions, batch_size=500)
    texts, sides, events, themes = [], [], [], []
    through = AgreementEdition.themes.through
    for edition, row in zip(editions, cells, strict=True):
        texts.append(
            AgreementText(
                edition=edition, language="en", title=row["title_en"], line=row["line_en"]
            )
        )
        for position, code in enumerate(row["parties"].split("; ")):
            party = parties[code]
            sides.append(AgreementParty(edition=edition, party_id=party, position=position))
        for kind in KINDS:
            events.append(Event(edition=edition, kind=kind, date=PartialDate.parse(row[kind])))
        themes.append(through(agreementedition=edition, theme=theme))
    for model, made in (
        (AgreementText, texts), (AgreementParty, sides), (Event, events), (through, themes),
    ):  # fmt: skip
        model._base_manager.bulk_create(made, batch_size=500)


def run_import(rows, folder):
    path = Path(folder) / "agreements.csv"
    with path.open("wb") as file:
        writing.write(file, "csv", "Agreements", HEADINGS, sheet(rows))
    with path.open("rb") as file:
        job = jobs.create(File(file), name=path.name, resource="agreements")
    start = time.perf_counter()
    jobs.plan(job)
    planned = time.perf_counter() - start
    jobs.apply(job)
    ours, peak = time.perf_counter() - start, _peak()
    assert AgreementEdition.objects.count() == rows
    assert Event.objects.count() == 3 * rows
    with transaction.atomic():
        for model in (Event, AgreementParty, AgreementText, AgreementEdition, Agreement):
            model._base_manager.all().delete()
    start = time.perf_counter()
    with transaction.atomic():
        plainest(rows)
    plain = time.perf_counter() - start
    return {"ratio": ours / plain, "peak_mb": peak, "seconds": ours, "preview": planned}


def run_export(rows, folder):
    plainest(rows)
    resource = registry.find("agreements")()
    start = time.perf_counter()
    with Csv().export_data(resource.export()) as file:
        assert file.read(1)
    ours, peak = time.perf_counter() - start, _peak()
    start = time.perf_counter()
    written = plainest_export(Path(folder) / "plain.csv")
    plain = time.perf_counter() - start
    assert written == rows
    return {"ratio": ours / plain, "peak_mb": peak, "seconds": ours}


def plainest_export(path):
    """The same columns with values_list, dictionaries and csv.writer; the number of rows."""
    texts = {pk: rest for pk, *rest in AgreementText.objects.values_list(
        "edition", "official_title", "title", "summary", "line", "wording")}  # fmt: skip
    parties, themes = defaultdict(list), defaultdict(list)
    for pk, code in AgreementParty.objects.order_by("position").values_list(
        "edition", "party__code"
    ):
        parties[pk].append(code)
    through = AgreementEdition.themes.through.objects
    for pk, slug in through.values_list("agreementedition", "theme__slug"):
        themes[pk].append(slug)
    dates = {}
    for pk, kind, date in Event.objects.filter(party=None).values_list("edition", "kind", "date"):
        dates[pk, kind] = str(date)
    editions = AgreementEdition.objects.order_by("agreement__slug").values_list(
        "pk", "agreement__slug", "number", "version", "agreement__source_language", "kind",
        "legal_basis", "internal_note",
    )  # fmt: skip

    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        for pk, slug, number, version, language, kind, *rest in editions:
            days = [dates.get((pk, kind), "") for kind in KINDS]
            row = [slug, number or f"0/{version}", language, kind, "; ".join(themes[pk])]
            writer.writerow([*row, "; ".join(parties[pk]), *rest, *days, *texts[pk]])
    return len(editions)


def main(what, rows, folder):
    call_command("migrate", verbosity=0)
    Party.objects.bulk_create([Party(code="EU", kind="grouping", name="EU"), Party(code="CL")])
    Theme.objects.create(slug="trade", name="Trade")
    run = {"import": run_import, "export": run_export}[what]
    figures = run(int(rows), folder)
    print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}))


def _peak():
    """Megabytes that this process and its children held at most, together."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
