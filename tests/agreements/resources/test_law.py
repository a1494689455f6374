"""What the law asks of an agreement, its parties and its events, in our own sheets."""

import pytest

from agreements.models import AgreementEdition, AgreementParty, Event
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, kinds, only, upload

#: The columns that an export did not have before.
NEW = {
    "agreements": {
        "form", "binding", "adopted", "suspension", "denunciation_effective", "expiry",
        "replacement",
    },
    "events": {"until"},
    "agreement_parties": {"side", "capacity"},
}  # fmt: skip


@pytest.fixture
def korea(make_agreement):
    return make_agreement(
        "korea", parties=["EU", "KR"], events=[("provisional_application", "2011-07-01")]
    )


def draft():
    return AgreementEdition.objects.drafts().get()


def changed(resource, **cells):
    """Change the first row of the exported sheet, and apply it."""
    headings, [row, *_others] = export(resource)
    job = upload(resource, headings, [row | cells])
    assert kinds(job) == ["changed"], job.rows.get().errors
    return jobs.apply(job)


def test_form_and_binding(korea):
    changed("agreements", form="multilateral", binding="not_binding", adopted="2010?")
    assert (draft().form, draft().binding) == ("multilateral", "not_binding")
    assert str(draft().events.get(kind="adopted").date) == "2010?"


def test_a_blank_cell_takes_the_form_back(korea):
    edition = verbs.new_draft(korea)
    edition.form = "bilateral"
    edition.save()
    publish(edition)
    changed("agreements", form="")
    assert draft().form == ""


def test_side_and_capacity(korea):
    changed("agreement_parties", side="partner", capacity="name")
    party = draft().parties.get(party__code="EU")
    assert (party.side, party.capacity, party.position) == ("partner", "name", 0)


def test_the_rest_and_the_last_day(korea):
    changed("events", until="2035-12", scope="rest", part="all but the articles on criminal law")
    event = draft().events.get()
    assert (str(event.until), event.scope) == ("2035-12", Event.Scope.REST)
    assert event.part == "all but the articles on criminal law"
    publish(draft())
    changed("events", until="")
    assert draft().events.get().until is None


def test_words_for_the_whole_are_refused(korea):
    headings, [row] = export("events")
    row = only(upload("events", headings, [row | {"part": "trade part"}]))
    assert row.kind == "error"
    assert "“part” or “rest”" in row.errors[0][2]


@pytest.mark.parametrize("resource", NEW)
def test_an_export_without_the_columns_changes_nothing(korea, resource):
    edition = verbs.new_draft(korea)
    edition.form = "bilateral"
    edition.save()
    edition.events.update(until="2015", scope="rest")
    edition.parties.update(side="own", capacity="name")
    edition.events.create(kind="adopted", date="2010")
    publish(edition)
    headings, rows = export(resource)
    assert NEW[resource] <= set(headings)
    old = [heading for heading in headings if heading not in NEW[resource]]
    assert set(kinds(upload(resource, old, rows))) == {"unchanged"}
    if resource == "events":
        rows = [row | {"note": "seen"} for row in rows]
        jobs.apply(upload(resource, old, rows))
        assert {str(event.until) for event in draft().events.all()} == {"2015", "None"}


def test_a_new_party_without_the_columns(korea, make_agreement):
    make_agreement("japan", parties=["JP"])
    row = {"agreement": "korea", "party": "JP", "position": ""}
    jobs.apply(upload("agreement_parties", list(row), [row]))
    party = AgreementParty.objects.get(edition=draft(), party__code="JP")
    assert (party.side, party.capacity) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("force", "told"), [("2003", ""), ("", "“denounced”; by its dates")])
def test_what_is_denounced_is_still_in_effect(force, told):
    """It is no status of ours any more, but lists state it."""
    row = {"slug": "chile", "title_en": "Chile", "status": "denounced", "signature": "2001"}
    row["entry_into_force"] = force
    job = upload("agreements", list(row), [row])
    assert kinds(job) == ["new"]
    messages = [message for _column, _value, message in job.rows.get().notes]
    assert bool(messages) == bool(told)
    assert told in "".join(messages)
