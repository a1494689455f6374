"""What explains a workbook: notes, drop-down lists, the first sheet; and its size in memory."""

import io
import tracemalloc
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from lxml import etree
from openpyxl import load_workbook

from agreements.models import Agreement, AgreementEdition, AgreementText, Event
from culturecoop.dates import PartialDate
from culturecoop.editions import bulk
from culturecoop.sheets import registry, workbook
from culturecoop.sheets.workbook import export

from .working import exported

pytestmark = pytest.mark.django_db


def book_of(kind):
    package = zipfile.ZipFile(io.BytesIO(exported(kind)))
    return io.BytesIO(package.read(f"workbook.{kind}"))


def test_xlsx(rich_site):
    book = load_workbook(book_of("xlsx"))
    assert book.sheetnames[0] == "read me"
    assert book["lists"].sheet_state == "hidden"
    sheet = book["events"]
    assert sheet.freeze_panes == "A2"
    headings = {cell.value: cell for cell in sheet[1]}
    assert "2007-12" in headings["date"].comment.text
    assert "Leave it as it is" in headings["base"].comment.text
    validations = {
        str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation
    }
    letter = headings["kind"].column_letter
    source = validations[f"{letter}2"].removeprefix("lists!").replace("$", "").strip("'")
    first, last = source.replace("lists'!", "").split(":")
    listed = [row[0].value for row in book["lists"][first:last]]
    assert listed == registry.find("events")().column("kind").widget.choices()
    assert headings["date"].column_letter + "2" not in validations


def test_ods(rich_site):
    package = zipfile.ZipFile(book_of("ods"))
    tree = etree.fromstring(package.read("content.xml"))
    names = tree.nsmap
    texts = ["".join(a.itertext()) for a in tree.iterfind(".//office:annotation", names)]
    assert any("Leave it as it is" in text for text in texts)
    key = f"{{{names['table']}}}"
    lists = {
        rule.get(f"{key}name"): rule.get(f"{key}condition")
        for rule in tree.iterfind(".//table:content-validation", names)
    }
    assert all(rule.startswith("of:cell-content-is-in-list([$lists.$") for rule in lists.values())
    hidden = tree.find(".//table:table[@table:name='lists']", names)
    assert hidden.get(f"{key}style-name") == "hidden"
    assert "provisional_application" in "".join(hidden.itertext())
    used = {cell.get(f"{key}content-validation-name") for cell in tree.iter(f"{key}table-cell")}
    assert used - {None} == set(lists)


def test_every_column_is_explained(rich_site):
    unexplained = {
        (sheet.resource.name, heading)
        for sheet in export.sheets()
        for heading, note in zip(sheet.headings, sheet.notes(), strict=True)
        if not note
    }
    assert unexplained == set()


@pytest.mark.thorough
def test_memory_is_flat(db):
    def peak():
        tracemalloc.start()
        workbook.write_workbook(io.BytesIO())
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    _agreements(0, 200)
    few = peak()
    _agreements(200, 2_600)
    assert peak() < few + 6 * 2**20


def _agreements(start, end):
    made = Agreement.objects.bulk_create(Agreement(slug=f"a-{n}") for n in range(start, end))
    drafts = bulk.start_many(made, AgreementEdition)
    AgreementText.objects.bulk_create(
        AgreementText(edition=draft, language="en", title="A title") for draft in drafts
    )
    date = PartialDate.parse("2001")
    Event.objects.bulk_create(Event(edition=draft, kind="signature", date=date) for draft in drafts)


def test_the_command(rich_site, tmp_path, capsys):
    for name in ("site.zip", "site.xlsx", "site.ods"):
        call_command("export", tmp_path / name, everything=True)
        assert "rows" in capsys.readouterr().out
    with workbook.opened(tmp_path / "site.zip") as (_path, files):
        assert "files/report-en.png" in files
    with pytest.raises(CommandError, match="ends in none of"):
        call_command("export", tmp_path / "site.csv", everything=True)


def test_who_may_export_everything(signed_in):
    assert workbook.can_export(signed_in("author").user)
    assert not workbook.can_export(AnonymousUser())
