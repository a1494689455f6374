"""Mappings that editors keep under a name, and mappings in files that cannot be used."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportMapping
from tests.culturecoop.tabular.making import REL, raw_xlsx

from .adminsteps import COLUMNS, mapped, open_, send, upload

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KEPT = "/admin/spreadsheets/importmapping/"


def test_a_mapping_without_columns_is_not_kept(publisher):
    job, _page = upload(publisher)
    text = send(publisher, job, "columns", {"keep": "1", "name": "Empty"})
    assert "cannot be kept yet. columns: This has to be given." in text
    assert not ImportMapping.objects.exists()


def test_a_kept_mapping_that_cannot_be_used_stops_nobody(publisher, signed_in):
    """One of an earlier version, whose rules were others."""
    kept = ImportMapping.objects.create(name="Old", content={"resource": "agreements"})
    author = signed_in("author")
    job, _page = upload(author)
    assert job.mapping["heading_rows"] == [3, 4]
    assert "Columns: This" in send(author, job, "mapping", {"mapping": "kept:Old"})
    page = author.get(f"{KEPT}{kept.pk}/mapping.toml", follow=True)
    assert "Columns: This has to be given." in page.content.decode()
    assert "Old" in page.content.decode()


def test_the_mapping_of_an_earlier_import_that_cannot_be_used_any_more(publisher):
    job = mapped(publisher)
    job.mapping["encoding"] = "idna"
    job.save()
    second, page = upload(publisher)
    assert (page.status_code, second.mapping["heading_rows"]) == (200, [3, 4])


def test_an_import_whose_own_mapping_cannot_be_used_any_more(publisher):
    job = mapped(publisher)
    job.mapping["encoding"] = "idna"
    job.save()
    assert "Encoding: Expected one of" in send(publisher, job, "columns", COLUMNS)
    assert "Encoding: Expected one of" in send(publisher, job, "names")


def test_two_people_keep_the_same_name_at_once(publisher, monkeypatch):
    job = mapped(publisher)
    save = ImportMapping.save

    def later(kept, *args, **kwargs):
        monkeypatch.undo()
        ImportMapping.objects.create(name=kept.name, content={})
        return save(kept, *args, **kwargs)

    monkeypatch.setattr(ImportMapping, "save", later)
    said = COLUMNS | {"keep": "1", "name": "Listes"}
    assert "of somebody else" in send(publisher, job, "columns", said)


def test_a_workbook_without_work_sheets_is_refused_with_a_mapping(publisher, tmp_path):
    rels = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    rels += f'Type="{REL}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>'
    charts = {"xl/_rels/workbook.xml.rels": rels}
    content = raw_xlsx(tmp_path / "a.xlsx", "", charts).read_bytes()
    for chosen in ({}, {"mapping": "shipped:wto-rta"}):
        job, page = upload(publisher, content, name="a.xlsx", **chosen)
        assert (page.status_code, job.state) == (200, "refused")
        assert "There is no sheet" in job.message


TOML = """resource = "agreements"
heading_rows = [3, 4]
%s
[columns.slug]
sources = ["Réf"]
take = "slug"
[columns.title_fr]
sources = ["Intitulé"]
%s
"""
NAMED = '[columns.parties]\nsources = ["Parties"]\nseparator = ","\n[names]\nRuritanie = "RUR"\n'


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        ("", '[columns.kind]\nvalue = "x"\ntake = "same"', "columns.kind.take"),
        ("", NAMED + '[new_names.RUR]\nname = "Ruritania"', "new_names.rur"),
        ("", '[columns.kind]\nvalue = "a\\u0000b"', "columns.kind.value"),
        ('delimiter = "ab"', "", "delimiter"),
        ('delimiter = "\\u0000"', "", "delimiter"),
        ('encoding = "idna"', "", "encoding"),
        ('encoding = "a\\u0000"', "", "encoding"),
        (f'sheet = "{"x" * 400}"', "", "sheet"),
    ],
)  # fmt: skip
def test_a_mapping_in_a_file_is_refused_where_it_is_wrong(publisher, above, below, told):
    job, _page = upload(publisher)
    before = job.mapping
    file = SimpleUploadedFile("m.toml", (TOML % (above, below)).encode())
    text = send(publisher, job, "mapping", {"file": file, "upload": "1"})
    assert told in text.casefold()
    assert job.mapping == before


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ('sheet = "Another"', ""),
        ("", '[columns.signature]\nsources = ["Parties"]\ntake = "join"'),
        ("", '[columns.internal_note]\nsources = ["Intitulé"]\ntake = "latest"'),
        ("", '[columns.base]\nsources = ["Remarque"]'),
        ("", '[columns.nothing]\nsources = ["Remarque"]'),
        ("", '[columns.kind]\nsources = ["Remarque"]\nvalues = {"*" = "nonsense"}'),
        ("", '[columns.parties]\nsources = ["Parties"]\nvalues = {"France" = "FR"}'),
    ],
)
def test_any_other_mapping_leads_to_a_preview_or_a_message(publisher, above, below):
    job, _page = upload(publisher)
    file = SimpleUploadedFile("m.toml", (TOML % (above, below)).encode())
    send(publisher, job, "mapping", {"file": file, "upload": "1"})
    open_(publisher, job, "columns")
    jobs.plan(job)
    assert job.state == "previewed" or job.message
    for step in ("columns", "change", "sheet"):
        open_(publisher, job, step)


def test_a_mapping_is_the_same_in_every_language(publisher):
    """The names of a text file's sheet and of columns without a heading are not translated."""
    text = "Réf;;Land\nA-1;Abkommen;France\nA-2;Anderes;Germany\n"
    publisher.cookies["django_language"] = "de"
    job, _page = upload(publisher, text)
    said = {"to-0": "slug", "to-1": "title_de", "to-2": "parties", "preview": "1"}
    send(publisher, job, "columns", said | {"constant-source_language": "de"})
    assert (job.state, job.counts) == ("previewed", {"new": 2})
    assert job.mapping["columns"]["title_de"] == {"sources": ["Column B"]}
    publisher.cookies["django_language"] = "en"
    text = open_(publisher, job, "columns")
    assert "speaks of headings that this sheet does not have" not in text
    jobs.plan(job)
    assert (job.state, job.counts) == ("previewed", {"new": 2}), job.message
