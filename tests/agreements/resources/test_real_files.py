"""The mappings that come with the software, on the files they are for."""

import csv
import random
import re
from datetime import date, datetime

import openpyxl
import pytest

from agreements.models import Party
from agreements.resources import AgreementResource
from culturecoop.spreadsheets import lists
from culturecoop.spreadsheets.comparing import PlannedRow
from culturecoop.spreadsheets.mapping import files, headings
from culturecoop.spreadsheets.mapping.translating import Translator
from culturecoop.spreadsheets.reading import open_spreadsheet

SAMPLE = 200
FILES = {
    "wto-rta": "wto_rta/AllRTAs.xlsx",
    "uk-treaties": "uk_treaties_online/uk_agreements_visible_DERIVED.csv",
    "brazil-concordia": "brasil_concordia/bilaterais_brasil.csv",
    "unctad-iia": "unctad_iia_mapping/0-data_cleaned.csv",
    "gptad": "gptad/GPTAD.csv",
    "ieadb": "ieadb/treaties.csv",
}
#: mapping: (how its dates are written, {our column: the file's, the first or earliest counts}).
DATES = {
    "wto-rta": (
        "",
        {
            "signature": ["Date of Signature (G)", "Date of Signature (S)"],
            "entry_into_force": ["Date of Entry into Force (G)", "Date of Entry into Force (S)"],
            "termination": ["Inactive Date"],
        },
    ),
    "uk-treaties": (
        "%d/%m/%Y",
        {
            "signature": ["signed_event_date"],
            "provisional_application": ["provisional_eif_event_date"],
            "entry_into_force": ["definative_eif_event_date"],
            "termination": ["terminated_event_effective_date", "terminated_event_date"],
        },
    ),
    "brazil-concordia": (
        "%d/%m/%Y",
        {
            "signature": ["data"],
            "entry_into_force": ["vigor_int_em"],
            "termination": ["expirou_em"],
        },
    ),
    "unctad-iia": (
        "%d/%m/%Y",
        {
            "signature": ["Date of signature"],
            "entry_into_force": ["Date of entry into force"],
            "termination": ["Date of termination"],
        },
    ),
    "gptad": (
        "%m/%d/%Y",
        {"signature": ["Date.of.Signature"], "entry_into_force": ["Date.of.Entry.into.Force"]},
    ),
    "ieadb": (
        "%Y-%m-%d",
        {
            "signature": ["Signature Date", "Signature Year"],
            "entry_into_force": ["Date IEA entered into force"],
        },
    ),
}  # fmt: skip
EARLIEST = {"wto-rta"}
#: Parties of single rows, read from the files by eye.
PARTIES = {
    "wto-rta": {"wto-rta-5": "EG; EFTA", "wto-rta-155": ""},
    "uk-treaties": {"uk-62947": "RO; GB", "uk-74357": "GB; US"},
    "brazil-concordia": {
        "br-25-05-2006-franca-declaracao-conjunta-sobre-biocombustiveis": "BR; FR",
    },
    "unctad-iia": {"unctad-iia-1-afghanistan-germany-bit-2005": "AF; DE"},
    "gptad": {"gptad-09-27-2002-albania-croatia": "AL; HR"},
    "ieadb": {},
}


def translated(shared, name):
    """(resource, translator, [Translated]) of the whole file."""
    mapping = files.load(files.shipped()[name].read_text())
    path = shared / "data" / "agreements" / FILES[name]
    spreadsheet = open_spreadsheet(
        path, name=path.name, encoding=mapping.encoding or None, delimiter=mapping.delimiter or None
    )
    found, rows = headings.table_at(spreadsheet, mapping.sheet, mapping.heading_rows)
    resource = AgreementResource()
    translator = Translator(mapping, found, resource)
    return resource, translator, [translator.row(cells) for _number, cells in rows]


def source_rows(shared, name):
    """[{heading: cell}] of the file, read without any code of ours."""
    path = shared / "data" / "agreements" / FILES[name]
    if path.suffix == ".xlsx":
        names, *rows = openpyxl.load_workbook(path)["AllRTAs"].iter_rows(values_only=True)
        return [dict(zip(names, row, strict=True)) for row in rows]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def expected_date(cells, notation, *, earliest):
    """ISO text of the first (or earliest) cell that holds a date of the last 1,000 years."""
    dates = [date for cell in cells if (date := plain_date(cell, notation))]
    return (min(dates) if earliest else dates[0]) if dates else ""


def plain_date(cell, notation):
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if not cell or cell.casefold() in ("na", "n/a") or re.match(r"(0000|2[2-9]\d\d)(-|$)", cell):
        return ""
    if re.fullmatch(r"\d{4}", cell):
        return cell
    if month := re.fullmatch(r"(\d\d)-(\d{4})", cell):
        return f"{month[2]}-{month[1]}"
    return datetime.strptime(cell.strip(), notation).strftime("%Y-%m-%d")


@pytest.mark.parametrize("name", FILES)
def test_the_rows_are_translated(db, shared, name):
    resource, translator, rows = translated(shared, name)
    whole = [row for row in rows if not row.faults]
    assert len(whole) >= 0.95 * len(rows), translator.unmatched.most_common(20)
    assert len(rows) == len(source_rows(shared, name))
    by_slug = {row.cells["slug"]: row.cells for row in whole}
    for slug, parties in PARTIES[name].items():
        assert by_slug[slug]["parties"] == parties
    make_new(resource.names("parties").new)
    check_plan(random.Random(name).sample(whole, min(SAMPLE, len(whole))))


def make_new(parties):
    for code, row in parties.items():
        Party(code=code, **row).full_clean()
    Party.objects.bulk_create(Party(code=code, **row) for code, row in parties.items())


def check_plan(rows):
    """What is translated can be imported: no row has a fault."""
    resource = AgreementResource()
    planned = [PlannedRow(number, dict(row.cells)) for number, row in enumerate(rows)]
    resource.plan(planned)
    assert [row.faults for row in planned if row.kind != "new"] == []
    for row in planned:
        codes = lists.split(row.cells.get("parties", ""))
        assert "BR" in codes or not row.cells["slug"].startswith("br-")
        assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", FILES)
def test_the_dates_are_those_of_the_file(db, shared, name):
    _resource, _translator, rows = translated(shared, name)
    notation, columns = DATES[name]
    pairs = list(zip(source_rows(shared, name), rows, strict=True))
    dated = [(source, row) for source, row in pairs if any(row.cells[column] for column in columns)]
    for source, row in random.Random(name).sample(dated, SAMPLE):
        for column, sources in columns.items():
            cells = [source[heading] for heading in sources]
            expected = expected_date(cells, notation, earliest=name in EARLIEST)
            assert row.cells[column] == expected, source


def test_congo_is_told_by_who_else_is_in_the_row(db, shared):
    """The list calls both of them “Congo”."""
    _resource, _translator, rows = translated(shared, "gptad")
    parties = {row.cells["title_en"]: row.cells["parties"].split("; ") for row in rows}
    congo = {title: {"CG", "CD"} & set(codes) for title, codes in parties.items()}
    comesa = "Common Market for Eastern and Southern Africa (COMESA)"
    assert congo[comesa] == congo["SADC-Revision"] == {"CD"}
    assert congo["CEMAC"] == {"CG"}
    assert congo["AEC"] == {"CG", "CD"}
