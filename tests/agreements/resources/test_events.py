"""The sheet of events."""

import pytest

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, kinds, only, upload


@pytest.fixture
def korea(make_agreement):
    return make_agreement(
        "korea",
        parties=["EU", "KR"],
        events=[("signature", "2010-10-06"), ("ratification", "2013-03", "KR")],
    )


def events():
    draft = AgreementEdition.objects.drafts().get()
    return {
        (e.kind, str(e.date), e.party.code if e.party else "", e.note) for e in draft.events.all()
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_back_unchanged(korea, make_agreement, kind):
    make_agreement("chile", events=[("initialled", "2002?")])
    headings, rows = export("events")
    assert [(row["agreement"], row["kind"], row["party"]) for row in rows] == [
        ("chile", "initialled", ""), ("korea", "signature", ""), ("korea", "ratification", "KR"),
    ]  # fmt: skip
    assert kinds(upload("events", headings, rows, kind=kind)) == ["unchanged"] * 3


def test_changed_new_and_absent_rows(korea):
    headings, [signature, _ratification] = export("events")
    new = {"agreement": "korea", "base": "1", "kind": "entry_into_force", "date": "2015-12-13"}
    changed = signature | {"date": "2010-10-07", "note": "in Brussels"}
    job = upload("events", headings, [changed, new])
    assert kinds(job) == ["changed", "new"]
    jobs.apply(job)
    assert events() == {
        ("signature", "2010-10-07", "", "in Brussels"),
        ("ratification", "2013-03", "KR", ""),
        ("entry_into_force", "2015-12-13", "", ""),
    }
    assert AgreementEdition.objects.count() == 2


def test_party_and_scope(korea):
    headings, [signature, ratification] = export("events")
    rows = [signature | {"scope": "part", "part": "trade part"}, ratification | {"party": ""}]
    row = only(upload("events", headings, [signature | {"part": "trade part"}]))
    assert row.kind == "error"
    assert row.errors[0][0] == "scope"
    jobs.apply(upload("events", headings, rows))
    assert events() >= {("ratification", "2013-03", "", "")}


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"agreement": "peru"}, "agreement", "no agreement"),
        ({"agreement": ""}, "agreement", "empty"),
        ({"key": "5"}, "key", "as exported"),
        ({"key": "7d0ad5ce-4c74-4f1f-9d3b-3d6d6b1f1a11"}, "key", "nothing of this key"),
        ({"kind": ""}, "kind", "empty"),
        ({"date": ""}, "date", "empty"),
        ({"date": "soon"}, "date", "2007-12-16"),
        ({"kind": "signed"}, "kind", "signature"),
        ({"party": "XX"}, "party", "Unknown"),
        ({"source_address": "no address"}, "source_address", "No link can lead to"),
    ],
)
def test_faults(korea, cells, column, message):
    headings, [signature, _] = export("events")
    if "agreement" in cells:
        signature["base"] = ""
    row = only(upload("events", headings, [signature | cells]))
    assert row.kind == "error"
    faults = [fault for fault in row.errors if fault[0] == column]
    assert any(message in fault[2] for fault in faults), row.errors


def test_an_event_removed_since(korea):
    headings, rows = export("events")
    draft = verbs.new_draft(korea)
    draft.events.get(kind="signature").delete()
    publish(draft)
    row = only(upload("events", headings, rows))
    assert "removed since" in row.errors[0][2]


def test_rows_of_one_agreement_with_several_bases(korea):
    headings, [signature, ratification] = export("events")
    publish(verbs.new_draft(korea))
    rows = [signature | {"note": "a"}, ratification | {"base": "2", "note": "b"}]
    job = upload("events", headings, rows)
    assert kinds(job) == ["changed", "changed"]
    jobs.apply(job)
    assert {note for *_rest, note in events()} == {"a", "b"}


def test_a_new_event_twice_in_one_sheet(korea):
    columns = ["agreement", "key", "kind", "date", "note"]
    row = {"agreement": "korea", "kind": "ratification", "date": "2012-03-04"}
    other_day = row | {"date": "2013"}
    job = upload("events", columns, [row, row, other_day])
    assert kinds(job) == ["new", "duplicate", "new"]
    assert "row 2" in job.rows.get(number=3).notes[0][2]
    job = upload("events", columns, [row, row | {"note": "By letter"}])
    assert kinds(job) == ["new", "error"]
    assert "says something else" in job.rows.get(number=3).errors[0][2]


def test_a_new_row_that_came_twice(korea):
    new = {"agreement": "korea", "kind": "entry_into_force", "date": "2015-12-13"}
    headings = ["agreement", "key", "kind", "date"]
    jobs.apply(upload("events", headings, [new]))
    publish(AgreementEdition.objects.drafts().get())
    row = only(upload("events", headings, [new]))
    assert row.kind == "duplicate"
    assert row.notes[0][2]
