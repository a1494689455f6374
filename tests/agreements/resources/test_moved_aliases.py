"""Aliases that go from one party to another in the sheet of parties."""

import pytest

from agreements.models import Party, PartyAlias
from culturecoop.imports import jobs
from tests.culturecoop.imports.plannedjobs import export, kinds, upload


@pytest.fixture
def two(db):
    for code, alias in [("DO", "San Domingo"), ("HT", "Hayti")]:
        Party.objects.create(code=code).aliases.create(alias=alias)


def owners():
    return dict(PartyAlias.objects.order_by("alias").values_list("alias", "party__code"))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("given", "owned"),
    [
        (("San Domingo; HAYTI", ""), {"HAYTI": "DO", "San Domingo": "DO"}),
        (("", "Hayti; San Domingo"), {"Hayti": "HT", "San Domingo": "HT"}),
        (("Hayti", "San Domingo"), {"Hayti": "DO", "San Domingo": "HT"}),
    ],
)
def test_an_alias_goes_to_another_party(two, given, owned, turned):
    before = owners()
    headings, rows = export("parties")
    rows = [row | {"aliases": cell} for row, cell in zip(rows, given, strict=True)]
    job = upload("parties", headings, rows[::-1] if turned else rows)
    assert kinds(job) == ["changed", "changed"]
    jobs.apply(job)
    assert owners() == owned
    jobs.undo(job)
    assert owners() == before


def test_to_a_new_party(two):
    headings, rows = export("parties")
    new = {"code": "CU", "kind": "country", "aliases": "hayti"}
    job = upload("parties", headings, [new, rows[1] | {"aliases": ""}])
    jobs.apply(job)
    assert owners() == {"San Domingo": "DO", "hayti": "CU"}


@pytest.mark.parametrize(
    "kept",
    [
        {"aliases": "hayti"},
        {"aliases": "", "base": ""},
        {"aliases": "", "base": "c0123456789"},
        {"aliases": "", "kind": "land"},
    ],
)
def test_what_the_other_does_not_give_up_is_refused(two, kept):
    headings, rows = export("parties")
    new = {"code": "CU", "kind": "country", "aliases": "Hayti"}
    job = upload("parties", headings, [new, rows[1] | kept])
    assert kinds(job)[0] == "error"
    fault = job.rows.get(number=2).errors[0]
    assert "“Hayti” is an alias of HT already" in fault[2]
