"""The mappings that come with the software, on the files they are for."""

import random

import pytest

from agreements.models import Party
from agreements.resources import AgreementResource
from culturecoop.mapping import files, headings
from culturecoop.mapping.translating import Translator
from culturecoop.sheets.comparison import PlannedRow
from culturecoop.tabular import lists
from culturecoop.tabular.reading import open_spreadsheet

from .independent import LISTS, rows_of

SAMPLE = 200
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
    path = shared / "data" / "agreements" / LISTS[name][0]
    spreadsheet = open_spreadsheet(
        path, name=path.name, encoding=mapping.encoding or None, delimiter=mapping.delimiter or None
    )
    found, rows = headings.table_at(spreadsheet, mapping.sheet, mapping.heading_rows)
    resource = AgreementResource()
    translator = Translator(mapping, found, resource)
    return resource, translator, [translator.row(cells) for _number, cells in rows]


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_are_translated(db, shared, name):
    resource, translator, rows = translated(shared, name)
    whole = [row for row in rows if not row.errors]
    assert len(whole) >= 0.95 * len(rows), translator.unmatched.most_common(20)
    assert len(rows) == len(rows_of(shared / "data" / "agreements" / LISTS[name][0]))
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
    assert [row.errors for row in planned if row.kind != "new"] == []
    for row in planned:
        codes = lists.split(row.cells.get("parties", ""))
        assert "BR" in codes or not row.cells["slug"].startswith("br-")
        assert len(set(codes)) == len(codes)


def test_congo_is_told_by_who_else_is_in_the_row(db, shared):
    """The list calls both of them “Congo”."""
    _resource, _translator, rows = translated(shared, "gptad")
    parties = {row.cells["title_en"]: row.cells["parties"].split("; ") for row in rows}
    congo = {title: {"CG", "CD"} & set(codes) for title, codes in parties.items()}
    comesa = "Common Market for Eastern and Southern Africa (COMESA)"
    assert congo[comesa] == congo["SADC-Revision"] == {"CD"}
    assert congo["CEMAC"] == {"CG"}
    assert congo["AEC"] == {"CG", "CD"}
