"""What somebody did while somebody else had a page open: nothing is done that nobody saw."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from culturecoop.editions.admin.verbview import VerbView
from culturecoop.editions.models import State
from tests.answering import publish
from tests.forms import confirm, fields, said

from .addresses import LIST, history_url, scheduled_edition, verb_url


def rename(draft, title, by=None):
    """Save other words into a draft, as its author does."""
    verbs.record_change(AgreementEdition.objects.get(pk=draft.pk), by=by)
    draft.texts.update(title=title)


@pytest.mark.parametrize(("verb", "answers"), [("publish", {"when": "now"}), ("discard", {})])
def test_what_was_saved_meanwhile_is_looked_at_first(publisher, author, draft, verb, answers):
    """An author saves while a publisher has the page open."""
    page = fields(publisher.get(verb_url(draft, verb))) | answers
    rename(draft, "Words nobody read", author.user)
    response = publisher.post(verb_url(draft, verb), page)
    told = " ".join(said(response))
    assert re.search(r"author saved this draft on \d+ \w+ \d{4} at \d\d:\d\d, after", told)
    assert f"{LIST}{draft.pk}/preview/" in response.content.decode()
    stored = AgreementEdition.objects.get(pk=draft.pk)
    assert stored.is_draft
    # He was told, looked, and confirms what he was told about.
    publisher.post(verb_url(draft, verb), fields(response) | answers)
    assert not AgreementEdition.objects.drafts().exists()


def test_what_was_typed_is_kept_when_somebody_saved_meanwhile(publisher, draft):
    page = fields(publisher.get(verb_url(draft, "publish"))) | {"when": "now"}
    rename(draft, "Other words")
    response = publisher.post(verb_url(draft, "publish"), page | {"change_note": "My note"})
    assert fields(response)["change_note"] == ["My note"]
    assert fields(response)["when"] == ["now"]


def test_a_form_that_names_no_version_publishes_nothing(publisher, draft):
    response = publisher.post(verb_url(draft, "publish"), {"when": "now"})
    assert "came back incomplete" in " ".join(said(response))
    assert not AgreementEdition.objects.published().exists()


def test_selected_drafts_are_published_in_the_version_that_was_looked_at(publisher, draft):
    chosen = {"action": "publish_selected", "_selected_action": [draft.pk]}
    page = fields(publisher.post(LIST, chosen)) | {"when": "now"}
    rename(draft, "Words nobody read")
    response = publisher.post(LIST, page, follow=True)
    assert "saved this draft on" in " ".join(said(response))
    assert not AgreementEdition.objects.published().exists()


def test_edit_on_what_has_become_a_draft_again(publisher, make_agreement):
    """The page shows a schedule that somebody else cancels."""
    edition = scheduled_edition(make_agreement)
    verbs.cancel_schedule(edition)
    response = publisher.post(verb_url(edition, "edit"), follow=True)
    assert said(response) == ["Its state is “draft” now, so this cannot be done."]


def test_edit_on_what_has_been_superseded_is_no_restoring(publisher, live):
    publish(verbs.new_draft(live))
    response = publisher.post(verb_url(live, "edit"), follow=True)
    assert said(response) == ["Its state is “superseded” now, so this cannot be done."]


def test_what_was_withdrawn_is_what_was_looked_at(publisher, live):
    page = fields(publisher.get(verb_url(live, "withdraw")))
    publish(verbs.new_draft(live))
    answers = {"reason": "Wrong", "when": "now"}
    response = publisher.post(verb_url(live, "withdraw"), page | answers, follow=True)
    assert "Its state is “superseded” now, so this cannot be done." in said(response)
    assert AgreementEdition.objects.live().exists()


@pytest.fixture
def annexed(make_agreement, make_file):
    """annexed("korea", "A") → its live edition and a public document of that title."""

    def make(slug, title):
        document = Document.objects.create(slug=title.lower(), title=title)
        publish_file(make_file(document))
        draft = make_agreement(slug, publish=False)
        draft.documents.create(document=document)
        return publish(draft), document

    return make


def test_documents_that_the_page_did_not_name_are_not_withdrawn(publisher, annexed):
    """What shared a document with it is withdrawn while somebody has the page open."""
    korea, _annex = annexed("korea", "Annex")
    peru, shared = annexed("peru", "Shared")
    draft = verbs.new_draft(korea)
    draft.documents.create(document=shared)
    korea = publish(draft)
    answers = {"reason": "An old reason", "when": "now", "documents": "True"}
    page = fields(publisher.get(verb_url(korea, "withdraw"))) | answers
    verbs.withdraw(peru, reason="Old")
    response = publisher.post(verb_url(korea, "withdraw"), page)
    assert "documents are used only here than when" in " ".join(said(response))
    assert ">Shared</a></p>" in response.content.decode()
    assert fields(response)["reason"][0].strip() == "An old reason"
    assert not Document.objects.exclude(withdrawn_at=None).exists()
    response = publisher.post(verb_url(korea, "withdraw"), fields(response), follow=True)
    along = "This goes for these documents too: “Annex”, “Shared”."
    told = f"Withdrawn. Readers now see the reason. {along}"
    assert said(response) == [told]
    assert told in publisher.get(history_url(korea)).content.decode()
    assert Document.objects.exclude(withdrawn_at=None).count() == 2


def test_a_document_that_is_used_meanwhile_is_not_withdrawn(publisher, annexed, make_agreement):
    korea, annex = annexed("korea", "Annex")
    answers = {"reason": "Old", "when": "now", "documents": "True"}
    page = fields(publisher.get(verb_url(korea, "withdraw"))) | answers
    draft = make_agreement("peru", publish=False)
    draft.documents.create(document=annex)
    publish(draft)
    response = publisher.post(verb_url(korea, "withdraw"), page)
    assert "documents" not in fields(response)
    publisher.post(verb_url(korea, "withdraw"), fields(response))
    assert Document.objects.get().withdrawn_at is None
    assert not korea.siblings().live().exists()


def test_a_document_that_became_public_meanwhile_is_asked_about(
    publisher, make_agreement, make_file
):
    draft = make_agreement("korea", publish=False)
    annex = Document.objects.create(slug="annex", title="Annex")
    draft.documents.create(document=annex)
    korea = publish(draft)
    page = fields(publisher.get(verb_url(korea, "withdraw"))) | {"reason": "Old", "when": "now"}
    publish_file(make_file(annex))
    response = publisher.post(verb_url(korea, "withdraw"), page)
    assert "Other documents are used only here than when you opened this page." in said(response)[0]
    assert fields(response)["reason"][0].strip() == "Old"
    publisher.post(verb_url(korea, "withdraw"), fields(response) | {"documents": "True"})
    assert Document.objects.get().is_withdrawn


def test_the_history_of_a_document_has_what_happened_along_with_something_else(publisher, annexed):
    korea, annex = annexed("korea", "Annex")
    answers = {"reason": "Old", "when": "at", "at": "2036-01-31 09:00", "documents": "True"}
    response = confirm(publisher, verb_url(korea, "withdraw"), **answers)
    assert "This goes for these documents too: “Annex”." in said(response)[0]
    withdrawal = korea.siblings().scheduled().get()
    kept = "These documents stay public: “Annex”."
    assert kept in publisher.get(verb_url(withdrawal, "cancel")).content.decode()
    response = confirm(publisher, verb_url(withdrawal, "cancel"))
    assert kept in said(response)[0]
    confirm(publisher, verb_url(korea, "withdraw"), **answers | {"when": "now", "at": ""})
    history = reverse("admin:documents_document_history", args=[annex.pk])
    log = publisher.get(history).content.decode()
    assert "will be withdrawn together with “korea” on 31 January 2036" in log
    assert "Cancelled the withdrawal of the document “Annex” with that of “korea”." in log
    assert "Withdrew the document “Annex” together with “korea”: Old" in log


def test_a_verb_on_what_was_discarded_meanwhile_says_so(publisher, draft):
    address = verb_url(draft, "publish")
    page = fields(publisher.get(address)) | {"when": "now"}
    verbs.discard(draft)
    response = publisher.post(address, page, follow=True)
    assert response.redirect_chain[-1][0] == LIST
    assert "somebody discarded it meanwhile" in said(response)[0]


def test_a_draft_that_is_discarded_before_the_refusal_is_told(publisher, draft, monkeypatch):
    """Saved by one, discarded by another, while a third publishes what he saw before both."""
    address, ask_again = verb_url(draft, "publish"), VerbView._ask_again

    def discarded_first(*args):
        verbs.discard(AgreementEdition.objects.get(pk=draft.pk))
        return ask_again(*args)

    page = fields(publisher.get(address)) | {"when": "now"}
    rename(draft, "Words nobody read")
    monkeypatch.setattr(VerbView, "_ask_again", discarded_first)
    response = publisher.post(address, page, follow=True)
    assert response.redirect_chain[-1][0] == LIST
    assert "somebody discarded it meanwhile" in said(response)[0]


class TestMoments:
    """“Now” and “at a time” are a choice, as the GOV.UK Design System asks of radios."""

    def test_nothing_is_chosen_beforehand(self, publisher, draft):
        assert "when" not in fields(publisher.get(verb_url(draft, "publish")))

    @pytest.mark.parametrize(
        ("answers", "told"),
        [
            ({}, "Choose: now, or at a time."),
            ({"when": "at", "at": ""}, "Give the whole date and time, like 2030-01-31 09:00."),
            ({"when": "at", "at": "2030-01-"}, "Enter a valid date/time."),
            (
                {"when": "now", "at": f"{timezone.now().year + 1}-01-01T10:00"},
                "You gave a time below",
            ),
            ({"when": "at", "at": "2001-01-01T10:00"}, "This time has passed."),
        ],
    )
    @pytest.mark.parametrize("verb", ["publish", "withdraw", "together"])
    def test_a_half_typed_moment_is_never_now(self, publisher, draft, live, verb, answers, told):
        if verb == "together":
            chosen = {"action": "publish_selected", "_selected_action": [draft.pk]}
            page = fields(publisher.post(LIST, chosen))
            response = publisher.post(LIST, page | answers)
        else:
            edition = draft if verb == "publish" else live
            response = confirm(publisher, verb_url(edition, verb), reason="Wrong", **answers)
        assert told in " ".join(said(response))
        draft.refresh_from_db()
        live.refresh_from_db()
        assert (draft.state, live.state) == (State.DRAFT, State.LIVE)

    @pytest.mark.parametrize(
        ("sent", "state"), [(["now"], State.LIVE), (["at", "now"], State.SCHEDULED)]
    )
    def test_the_button_means_now_where_no_time_was_chosen(self, publisher, draft, sent, state):
        """A browser sends the button that was pressed after the radio that was chosen."""
        at = f"{timezone.now().year + 1}-07-01T09:30" if "at" in sent else ""
        confirm(publisher, verb_url(draft, "publish"), when=sent, at=at)
        draft.refresh_from_db()
        assert draft.state == state

    def test_the_button_says_what_it_will_do(self, publisher, draft):
        address = verb_url(draft, "publish")
        page = fields(publisher.get(address)) | {"when": "at", "at": "2030-12-07T09:00"}
        rename(draft, "Other words")
        content = publisher.post(address, page).content.decode()
        assert ">Publish on 7 December 2030, 09:00 (Brussels)</button>" in content


def test_a_clock_that_was_set_back_puts_no_older_edition_above_a_newer_one(make_agreement):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        first = make_agreement("korea", title="First")
        clock.move_to("2030-01-01T11:00:00Z")
        second = publish(verbs.new_draft(first))
        third = publish(verbs.new_draft(second))
        clock.move_to("2030-01-01T12:00:01Z")
        assert AgreementEdition.objects.live().get() == third
        clock.move_to("2030-01-01T11:00:00Z")
        withdrawal = verbs.withdraw(third, reason="Wrong")
        assert withdrawal.live_from > third.live_from
        clock.move_to("2030-01-01T12:00:01Z")
        assert AgreementEdition.objects.in_force(timezone.now()).get() == withdrawal
