"""The flat sheet of agreements: out, changed, in again."""

import pytest

from agreements.models import Agreement, AgreementEdition, Event
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, kinds, only, upload

from .changing import changed, draft_of


def test_export(korea):
    draft = verbs.new_draft(korea)
    draft.texts.create(language="fr", title="Accord", line="=ligne")
    publish(draft)
    headings, [row] = export("agreements")
    assert headings[:6] == ["slug", "base", "source_language", "kind", "themes", "parties"]
    assert [h for h in headings if h.startswith("title_")] == ["title_en", "title_fr"]
    assert row["base"] == "2"
    assert (row["themes"], row["parties"]) == ("trade", "EU; KR")
    assert (row["signature"], row["provisional_application"]) == ("2010-10-06", "")
    assert row["line_fr"] == "=ligne"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_back_unchanged_makes_nothing(korea, colombia, kind):
    headings, rows = export("agreements")
    job = upload("agreements", headings, rows, kind=kind)
    assert kinds(job) == ["unchanged", "unchanged"]
    assert not job.can_apply
    with pytest.raises(jobs.NotApplied, match="nothing"):
        jobs.apply(job)
    assert AgreementEdition.objects.count() == 2


def test_a_change_becomes_a_draft(korea, colombia, ada):
    headings, rows = export("agreements")
    rows = changed(
        rows, "korea",
        kind="protocol", parties="KR; EU; CO", themes="", signature="2010", termination="2020~",
        title_en="New title", line_en="a line",
    )  # fmt: skip
    job = upload("agreements", headings, rows, by=ada)
    row = only(job)
    assert row.kind == "changed"
    assert ["signature", "2010-10-06", "2010"] in row.changes
    assert ["themes", "trade", ""] in row.changes
    jobs.apply(job)
    draft = draft_of("korea")
    assert (draft.created_by, draft.based_on, draft.kind) == (ada, korea, "protocol")
    assert [str(party.party.code) for party in draft.parties.all()] == ["KR", "EU", "CO"]
    assert not draft.themes.exists()
    assert (draft.texts.get().title, draft.texts.get().line) == ("New title", "a line")
    dates = {(event.kind, str(event.date)) for event in draft.events.all()}
    assert dates == {
        ("signature", "2010"), ("provisional_application", "2013-03"), ("termination", "2020~"),
    }  # fmt: skip
    korea.refresh_from_db()
    assert korea.state == "live"
    assert korea.texts.get().title == "Agreement with Korea"
    old, new = korea.events.get(kind="signature"), draft.events.get(kind="signature")
    assert old.key == new.key


def test_what_was_applied_is_exported_and_unchanged(korea, ada):
    headings, rows = export("agreements")
    jobs.apply(upload("agreements", headings, changed(rows, "korea", kind="protocol"), by=ada))
    headings, rows = export("agreements")
    assert rows[0]["base"] == "1/1"
    assert kinds(upload("agreements", headings, rows, by=ada)) == ["unchanged"]


def test_new_rows(korea, ada):
    headings = ["slug", "base", "kind", "source_language", "parties", "title_de", "signature"]
    rows = [
        {"slug": "chile", "parties": "EU", "title_de": "Abkommen", "signature": "2002-11-18",
         "source_language": "de", "kind": "convention"},
        {"slug": "peru"},
    ]  # fmt: skip
    job = upload("agreements", headings, rows, by=ada)
    assert kinds(job) == ["new", "new"]
    jobs.apply(job)
    draft = draft_of("chile")
    assert (draft.agreement.source_language, draft.kind) == ("de", "convention")
    assert draft.texts.get().title == "Abkommen"
    assert str(draft.events.get().date) == "2002-11-18"
    assert draft_of("peru").kind == "agreement"
    job.refresh_from_db()
    with pytest.raises(jobs.NotApplied, match="already"):
        jobs.apply(job)


def test_blank_cells_clear_what_the_base_had(korea, ada):
    headings, rows = export("agreements")
    jobs.apply(upload("agreements", headings, changed(rows, "korea", signature=""), by=ada))
    assert not Event.objects.filter(edition=draft_of("korea"), kind="signature").exists()


def test_blank_cells_without_base_clear_nothing(korea):
    rows = [{"slug": "korea"}]
    assert kinds(upload("agreements", ["slug", "kind", "title_en"], rows)) == ["unchanged"]
    row = only(upload("agreements", ["slug", "kind"], [{"slug": "korea", "kind": "protocol"}]))
    assert row.kind == "conflict"
    assert "tells no base" in row.errors[0][2]


def test_several_dates_are_read_only(colombia):
    headings, rows = export("agreements")
    assert rows[0]["signature"] == "2012-06-26; 2016-11-11"
    row = only(upload("agreements", headings, changed(rows, "colombia", signature="2012-06-26")))
    assert row.kind == "error"
    assert "stands for 2 events" in row.errors[0][2]
    row = only(upload("agreements", headings, changed(rows, "colombia", initialled="2011; 2012")))
    assert "Expected one date" in row.errors[0][2]
    row = only(upload("agreements", headings, changed(rows, "colombia", initialled='";')))
    assert "is not a date" in row.errors[0][2]


def test_all_faults_of_a_row_at_once(korea):
    headings, rows = export("agreements")
    rows = changed(
        rows, "korea", kind="treaty", parties="EU; XX; YY", themes="trade; trade",
        signature="06/10/2010", title_en="", summary_en="of what?", line_en="x" * 600,
        source_language="de",
    )  # fmt: skip
    row = only(upload("agreements", headings, rows))
    faults = {fault[0]: fault for fault in row.errors}
    assert set(faults) == {
        "kind", "parties", "themes", "signature", "title_en", "line_en", "source_language",
    }  # fmt: skip
    assert faults["kind"][1] == "treaty"
    assert "memorandum_of_understanding" in faults["kind"][2]
    assert "XX, YY" in faults["parties"][2]
    assert "2007-12-16" in faults["signature"][2]


def test_slugs_and_bases_are_checked(korea):
    headings = ["slug", "base", "kind"]
    rows = [
        {"slug": "korea", "base": "1", "kind": "protocol"},
        {"slug": "korea", "base": "1"},
        {"slug": "", "kind": "protocol"},
        {"slug": "Not a slug"},
        {"slug": "peru", "base": "1"},
        {"slug": "chile", "base": "3. Jul"},
    ]
    job = upload("agreements", headings, rows, all_or_nothing=True)
    # A base of a site that is not this one is no reason to refuse a new agreement.
    assert kinds(job) == ["changed", *["error"] * 3, "new", "error"]
    messages = [row.errors[0][2] for row in job.rows.filter(kind="error")]
    assert "Row 2" in messages[0]
    assert "cannot be empty" in messages[1]
    assert "XLSX" in messages[3]
    with pytest.raises(jobs.NotApplied, match="errors"):
        jobs.apply(job)
    assert not AgreementEdition.objects.drafts().exists()


def test_withdrawn_agreements_keep_their_last_content(korea):
    verbs.withdraw(korea, reason="Ended.")
    headings, [row] = export("agreements")
    assert row["title_en"] == "Agreement with Korea"
    job = upload("agreements", headings, [row | {"kind": "protocol"}])
    jobs.apply(job)
    assert draft_of("korea").kind == "protocol"


def test_a_language_can_be_added_and_taken_away(korea, ada):
    headings, rows = export("agreements")
    headings = [*headings, "title_fr", "summary_fr"]
    rows = changed(rows, "korea", title_fr="Accord", summary_fr="Deux\nlignes")
    jobs.apply(upload("agreements", headings, rows, by=ada))
    assert draft_of("korea").texts.get(language="fr").summary == "Deux\nlignes"
    headings, rows = export("agreements")
    rows = changed(rows, "korea", title_fr="", summary_fr="")
    jobs.apply(upload("agreements", headings, rows, by=ada))
    assert [text.language for text in draft_of("korea").texts.all()] == ["en"]
    headings, rows = export("agreements")
    rows = changed(rows, "korea", line_de="x")
    row = only(upload("agreements", [*headings, "line_de"], rows, by=ada))
    assert row.errors[0][0] == "title_de"


@pytest.mark.parametrize("count", [1, 60])
def test_queries_do_not_grow(make_agreement, django_assert_max_num_queries, count):
    for number in range(count):
        make_agreement(f"a-{number}", events=[("signature", "2001")])
    headings, rows = export("agreements")
    rows = [row | {"kind": "protocol", "line_en": "x"} for row in rows]
    with django_assert_max_num_queries(30):
        job = upload("agreements", headings, rows)
    with django_assert_max_num_queries(66):
        jobs.apply(job)
    assert Agreement.objects.count() == AgreementEdition.objects.drafts().count() == count


def test_dates_of_one_party_are_left_alone(korea, ada):
    headings, rows = export("agreements")
    rows = changed(rows, "korea", provisional_application="2011-07-01")
    jobs.apply(upload("agreements", headings, rows, by=ada))
    events = draft_of("korea").events.filter(kind="provisional_application")
    assert {(str(e.date), e.party and e.party.code) for e in events} == {
        ("2013-03", "KR"), ("2011-07-01", None),
    }  # fmt: skip
