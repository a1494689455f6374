"""What was exported, what the sheet says, what is now: compared three ways."""

import pytest

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, kinds, only, upload

from .changing import changed, draft_of


def test_moved_on_since_the_export(korea, bo):
    headings, rows = export("agreements")
    draft = verbs.new_draft(korea, by=bo)
    draft.texts.update(title="Published by Bo")
    publish(draft, by=bo)
    other = changed(rows, "korea", line_en="mine")
    job = upload("agreements", headings, other)
    assert only(job).changes == [["line_en", "", "mine"]]
    row = only(upload("agreements", headings, changed(rows, "korea", title_en="Mine too")))
    assert row.kind == "conflict"
    assert "it was “Agreement with Korea” and is “Published by Bo”" in row.errors[0][2]
    assert kinds(upload("agreements", headings, rows)) == ["unchanged"]
    jobs.apply(job)
    assert draft_of("korea").texts.get().title == "Published by Bo"
    assert draft_of("korea").texts.get().line == "mine"


def test_a_colleagues_draft_is_a_conflict(korea, ada, bo):
    headings, rows = export("agreements")
    verbs.new_draft(korea, by=bo)
    row = only(upload("agreements", headings, changed(rows, "korea", kind="protocol"), by=ada))
    assert row.kind == "conflict"
    assert "bo has a draft" in row.errors[-1][2]
    assert kinds(upload("agreements", headings, rows, by=ada)) == ["unchanged"]
    headings, rows = export("agreements")
    assert rows[0]["base"] == "1/1"
    row = only(upload("agreements", headings, changed(rows, "korea", kind="protocol"), by=ada))
    assert row.kind == "conflict"


def test_ones_own_draft_is_changed_in_place(korea, ada):
    verbs.new_draft(korea, by=ada)
    headings, rows = export("agreements")
    rows = changed(rows, "korea", kind="protocol")
    jobs.apply(upload("agreements", headings, rows, by=ada))
    assert (draft_of("korea").kind, draft_of("korea").version) == ("protocol", 2)
    row = only(upload("agreements", headings, changed(rows, "korea", kind="convention"), by=ada))
    assert row.kind == "conflict"


def test_the_draft_of_the_export_was_published(korea, ada):
    verbs.new_draft(korea, by=ada)
    headings, rows = export("agreements")
    publish(draft_of("korea"))
    job = upload("agreements", headings, changed(rows, "korea", kind="protocol"), by=ada)
    assert only(job).kind == "changed"
    jobs.apply(job)
    assert draft_of("korea").based_on.number == 2


def test_a_base_the_register_does_not_know(korea):
    headings, rows = export("agreements")
    row = only(upload("agreements", headings, changed(rows, "korea", base="7", kind="protocol")))
    assert row.kind == "conflict"
    assert "no longer knows" in row.errors[0][2]


def test_nothing_is_written_when_the_register_moved_on_after_the_preview(korea, colombia, bo):
    headings, rows = export("agreements")
    rows = changed(changed(rows, "korea", kind="protocol"), "colombia", kind="protocol")
    job = upload("agreements", headings, rows, all_or_nothing=True)
    verbs.new_draft(korea, by=bo)
    with pytest.raises(jobs.NotApplied, match="bo has a draft"):
        jobs.apply(job)
    assert AgreementEdition.objects.drafts().get().created_by == bo


def test_only_what_moved_on_after_the_preview_is_left_out(korea, colombia, bo):
    headings, rows = export("agreements")
    rows = changed(changed(rows, "korea", kind="protocol"), "colombia", kind="protocol")
    job = upload("agreements", headings, rows)
    verbs.new_draft(korea, by=bo)
    job = jobs.apply(job)
    assert (job.counts["changed"], job.counts["conflict"]) == (1, 1)
    assert draft_of("colombia").kind == "protocol"
    assert draft_of("korea").created_by == bo


def test_ones_own_draft_that_is_newer_than_the_row(korea, ada):
    headings, rows = export("agreements")
    verbs.new_draft(korea, by=ada)
    row = only(upload("agreements", headings, changed(rows, "korea", kind="protocol"), by=ada))
    assert row.kind == "conflict"
    assert "newer than the row" in row.errors[0][2]


def test_a_cell_as_exported_is_not_looked_at(korea):
    """What an old import let in, and no form would, comes back without complaint."""
    draft = verbs.new_draft(korea)
    draft.texts.update(summary="  padded\x07 ")
    publish(draft)
    headings, rows = export("agreements")
    later = verbs.new_draft(draft)
    later.texts.update(summary="Put right.")
    publish(later)
    assert kinds(upload("agreements", headings, rows)) == ["unchanged"]


def test_without_a_base_only_when_asked_to_update(korea):
    rows = [{"slug": "korea", "kind": "protocol", "signature": ""}]
    headings = ["slug", "kind", "signature"]
    assert only(upload("agreements", headings, rows)).kind == "conflict"
    job = upload("agreements", headings, rows, overwrite_without_base=True)
    assert only(job).changes == [["kind", "agreement", "protocol"]]
    jobs.apply(job)
    assert draft_of("korea").kind == "protocol"
    assert draft_of("korea").events.filter(kind="signature").exists()
