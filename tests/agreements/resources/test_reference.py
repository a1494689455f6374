"""The sheets of reference data: parties and documents."""

import pytest

from agreements.models import Party
from culturecoop.documents.models import Document
from culturecoop.imports import jobs
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import undo
from tests.culturecoop.imports.plannedjobs import export, kinds, only, upload

HEADINGS = ["code", "base", "kind", "name", "aliases"]


@pytest.fixture
def parties(db):
    korea = Party.objects.create(code="KR")
    korea.aliases.create(alias="Korea, Republic of")
    korea.aliases.create(alias='South "K"; Korea')
    korea.names.create(language="fr", name="Corée du Sud")
    Party.objects.create(code="CAN", kind="grouping", name="Andean Community")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_back_unchanged(parties, kind):
    headings, rows = export("parties")
    assert headings == ["code", "base", "kind", "name", "aliases", "name_fr"]
    assert rows[1]["aliases"] == 'Korea, Republic of; "South ""K""; Korea"'
    assert kinds(upload("parties", headings, rows, kind=kind)) == ["unchanged", "unchanged"]


def test_changes_are_amendments(parties):
    headings, [can, korea] = export("parties")
    korea |= {"aliases": "Korea, Republic of; ROK", "name_fr": "Corée"}
    job = upload("parties", headings, [can | {"name": "Andean"}, korea])
    assert kinds(job) == ["changed", "changed"]
    jobs.apply(job)
    kr = Party.objects.get(code="KR")
    assert {row.alias for row in kr.aliases.all()} == {"Korea, Republic of", "ROK"}
    assert kr.names.get().name == "Corée"
    assert Amendment.objects.count() == 4
    undo(Amendment.objects.get(object_text="Andean"))
    assert Party.objects.get(code="CAN").name == "Andean Community"
    headings, [can, korea] = export("parties")
    jobs.apply(upload("parties", headings, [korea | {"name_fr": "", "aliases": ""}]))
    assert not kr.aliases.exists()
    assert not kr.names.exists()


def test_new_parties(parties):
    rows = [
        {"code": "CL"},
        {"code": "ILO", "kind": "organisation", "name": "ILO", "aliases": "BIT"},
    ]
    jobs.apply(upload("parties", HEADINGS, rows))
    assert Party.objects.get(code="CL").kind == "country"
    assert Party.objects.get(code="ILO").aliases.get().alias == "BIT"


def test_moved_on_since_the_export(parties):
    headings, [can, korea] = export("parties")
    Party.objects.filter(code="CAN").update(name="Something else")
    row = only(upload("parties", headings, [can | {"kind": "organisation"}, korea]))
    assert (row.subject, row.kind) == ("CAN", "conflict")


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"code": "kr"}, "code", "capital"),
        ({"code": "", "name": "x"}, "code", "empty"),
        ({"code": "XY9"}, "name", "give a name"),
        ({"code": "CL", "aliases": "KOREA, REPUBLIC OF"}, "aliases", "alias of KR"),
        ({"code": "CL", "kind": "land"}, "kind", "former_country"),
        ({"code": "CL", "name": "x" * 300}, "name", "200"),
    ],
)
def test_faults(parties, cells, column, message):
    row = only(upload("parties", HEADINGS, [cells]))
    assert row.kind == "error"
    assert any(fault[0] == column and message in fault[2] for fault in row.errors), row.errors


def test_documents(db):
    document = Document.objects.create(slug="protocol", title="Protocol")
    document.files.create(language="en", address="https://example.org/protocol.pdf")
    headings, [row] = export("documents")
    assert headings[:4] == ["slug", "base", "title", "source_language"]
    assert row["file_en"] == "https://example.org/protocol.pdf"
    assert kinds(upload("documents", headings, [row])) == ["unchanged"]
    fault = only(upload("documents", headings, [row | {"pages_en": "12"}])).errors[0]
    assert fault[:2] == ["pages_en", "12"]
    jobs.apply(
        upload(
            "documents", headings, [row | {"title": "The Protocol"}, {"slug": "b", "title": "B"}]
        )
    )
    assert {d.title for d in Document.objects.all()} == {"The Protocol", "B"}
    fault = only(upload("documents", headings, [{"slug": "c"}])).errors[0]
    assert fault[0] == "title"


def test_an_alias_given_twice_in_a_file(parties):
    rows = [{"code": "CL", "aliases": "Shared; Own"}, {"code": "PE", "aliases": "shared"}]
    job = upload("parties", HEADINGS, rows)
    assert kinds(job) == ["new", "error"]
    assert "stands in row 2 already" in job.rows.get(kind="error").errors[0][2]
