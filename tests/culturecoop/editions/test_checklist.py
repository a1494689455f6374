"""The page that publishes a draft: what stops it, what is asked, told, and comes out with it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from culturecoop.editions.models import State
from tests.answering import publish
from tests.forms import confirm, fields, said

from .addresses import change_url, history_url, verb_url

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}


def page_of(client, draft):
    """The page that publishes, as a tree."""
    return html.fromstring(client.get(verb_url(draft, "publish")).content.decode())


def asked(client, draft):
    """{code: address where it is mended} of what the page asks."""
    rows = page_of(client, draft).xpath("//div[contains(@class, 'form-row')]")
    found = {}
    for row in rows:
        for box in row.xpath(".//input[starts-with(@name, 'answer_')]"):
            place = row.xpath(".//*[@class='asked-place']/a/@href")
            found[box.get("name").removeprefix("answer_")] = place[0] if place else ""
    return found


def test_what_stops_it_leads_to_where_it_is_mended(publisher, make_agreement):
    draft = make_agreement("korea", publish=False, **SOUND)
    draft.texts.all().delete()
    page = page_of(publisher, draft)
    [line] = page.xpath("//*[contains(@class, 'checks-errors')]//li")
    assert "source language" in line.text_content()
    assert line.xpath("a/@href") == [f"{change_url(draft)}#texts-group"]
    assert not page.xpath("//form//button[@type='submit' and contains(@class, 'default')]")


def test_a_sound_draft_is_asked_nothing(publisher, make_agreement):
    assert asked(publisher, make_agreement("korea", publish=False, **SOUND)) == {}


@pytest.mark.parametrize(
    ("code", "place", "spoil"),
    [
        ("no_partner", "parties-group", lambda draft: draft.parties.all().delete()),
        ("no_event", "events-group", lambda draft: draft.events.all().delete()),
        ("no_file", "documents-group", lambda draft: draft.documents.create(
            document=Document.objects.create(slug="text", title="Text"))),
        ("copy_de", "texts-group", lambda draft: draft.texts.create(language="de", title="Korea")),
        ("no_source", "events-group", lambda draft: draft.events.update(source="")),
    ],
)  # fmt: skip
def test_what_readers_would_miss_is_asked_and_the_answer_kept(
    publisher, make_agreement, code, place, spoil
):
    draft = make_agreement("korea", title="Korea", publish=False, **SOUND)
    spoil(draft)
    assert asked(publisher, draft) == {code: f"{change_url(draft)}#{place}"}
    response = confirm(publisher, verb_url(draft, "publish"), when="now")
    assert "Tick to confirm that this is intended" in " ".join(said(response))
    confirm(publisher, verb_url(draft, "publish"), when="now", **{f"answer_{code}": "on"})
    draft.refresh_from_db()
    assert draft.state == State.LIVE
    [kept] = draft.answers
    assert kept["question"] in publisher.get(history_url(draft)).content.decode().replace(
        "&#x27;", "'"
    )


def test_what_is_to_be_confirmed_stands_by_itself(publisher, make_agreement):
    draft = make_agreement("korea", publish=False, parties=["EU", "KR"])
    [group] = page_of(publisher, draft).xpath("//fieldset[legend = 'Please confirm']")
    assert "Tick to confirm that this is intended" in group.text_content()
    names = {box.get("name") for box in group.xpath(".//input")}
    assert names == {"answer_no_event"}


def test_a_document_whose_withdrawal_lies_ahead_is_told(publisher, make_agreement, make_file):
    """What a withdrawal takes along may be used by something else by then."""
    document = Document.objects.create(slug="text", title="Text")
    publish_file(make_file(document))
    korea = make_agreement("korea", publish=False, **SOUND)
    korea.documents.create(document=document)
    at = datetime.datetime(2099, 1, 31, 9, tzinfo=datetime.UTC)
    verbs.withdraw(publish(korea), reason="Old", documents=[document.pk], at=at)
    draft = make_agreement("peru", publish=False, **SOUND)
    draft.documents.create(document=document)
    assert asked(publisher, draft) == {"withdrawn_document": f"{change_url(draft)}#documents-group"}
    page = publisher.get(verb_url(draft, "publish")).content.decode()
    assert "“Text” (on 31 January 2099" in page
    assert f'href="{reverse("admin:documents_document_change", args=[document.pk])}"' in page


def test_what_is_scheduled_already_leads_to_it(publisher, make_agreement):
    live = make_agreement("korea", **SOUND)
    later = publish(verbs.new_draft(live), at=timezone.now() + datetime.timedelta(days=2))
    draft = verbs.new_draft(live)
    [line] = page_of(publisher, draft).xpath("//p[@class='warning']")
    assert "is scheduled and will replace it" in line.text_content()
    assert line.xpath("a/@href") == [change_url(later)]


def test_the_same_again_is_asked(publisher, make_agreement):
    live = make_agreement("korea", **SOUND)
    draft = verbs.new_draft(live)
    assert list(asked(publisher, draft)) == ["nothing_changed"]
    draft.texts.update(title="Republic of Korea")
    assert asked(publisher, draft) == {}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("is in force since 2011", ["in force"]),
        ("entered into force in 2011", ["into force"]),
        ("ist seit 2011 in Kraft", ["in Kraft"]),
        ("est en vigueur depuis 2011", ["en vigueur"]),
        ("is provisionally applied", ["provisionally applied"]),
        ("is not yet in force", []),
        ("ist noch nicht in Kraft", []),
        ("n’est pas encore en vigueur", []),
        ("was signed in 2010", []),
    ],
)
def test_words_of_force_that_the_events_do_not_bear_out_are_a_hint(
    publisher, make_agreement, line, told
):
    draft = make_agreement("korea", publish=False, **SOUND)
    draft.texts.update(line=line)
    hints = page_of(publisher, draft).xpath("//*[contains(@class, 'checks-hints')]//li")
    assert [hint.text_content().split("“")[1].split("”")[0] for hint in hints] == told
    confirm(publisher, verb_url(draft, "publish"), when="now")
    assert AgreementEdition.objects.live().exists()


def test_a_hint_on_a_draft_without_events_does_not_name_a_status(publisher, make_agreement):
    draft = make_agreement("korea", publish=False, parties=["EU", "KR"])
    draft.texts.update(line="is in force since 2011")
    [hint] = page_of(publisher, draft).xpath("//*[contains(@class, 'checks-hints')]//li")
    assert "the text says “in force”, but no event supports this." in hint.text_content()


def test_no_hint_where_the_events_say_the_same(publisher, make_agreement):
    events = [*SOUND["events"], ("entry_into_force", "2011-07-01")]
    draft = make_agreement("korea", publish=False, parties=["EU", "KR"], events=events)
    draft.texts.update(line="is in force since 2011")
    assert not page_of(publisher, draft).xpath("//*[contains(@class, 'checks-hints')]")


class TestFiles:
    """A file that waits comes out with the next edition that uses its document."""

    @pytest.fixture
    def document(self):
        return Document.objects.create(slug="text", title="Text of the protocol")

    @pytest.fixture
    def draft(self, make_agreement, document):
        live = make_agreement("korea", publish=False, **SOUND)
        live.documents.create(document=document)
        draft = verbs.new_draft(publish(live))
        draft.texts.update(title="A spelling mended")
        return draft

    def coming_out(self, client, draft):
        found = page_of(client, draft).xpath("//*[@class='coming-out']//li")
        return [" ".join(line.text_content().split()) for line in found]

    def test_the_page_lists_what_comes_out(self, publisher, draft, document, make_file):
        assert self.coming_out(publisher, draft) == []
        make_file(document, language="de", original_name="protokoll.pdf")
        listed = ["Text of the protocol – Deutsch – protokoll.pdf"]
        assert self.coming_out(publisher, draft) == listed

    def test_a_file_that_was_added_meanwhile_is_looked_at_first(
        self, publisher, draft, document, make_file
    ):
        address = verb_url(draft, "publish")
        page = fields(publisher.get(address)) | {"when": "now"}
        file = make_file(document)
        response = publisher.post(address, page)
        assert "which becomes public with it, was added on" in " ".join(said(response))
        file.refresh_from_db()
        assert file.live_from is None
        publisher.post(address, fields(response))
        file.refresh_from_db()
        assert file.live_from is not None


class TestDocumentsOfWhatIsWithdrawn:
    """A withdrawn agreement asks about documents that nothing else uses."""

    @pytest.fixture
    def live(self, make_agreement, make_file):
        document = Document.objects.create(slug="minutes", title="Minutes with names")
        make_file(document)
        draft = make_agreement("korea", publish=False, **SOUND)
        draft.documents.create(document=document)
        return publish(draft)

    def withdraw(self, client, live, **answers):
        answers = {"reason": "Contains personal data", "when": "now"} | answers
        return confirm(client, verb_url(live, "withdraw"), **answers)

    def test_nothing_is_chosen_for_the_editor(self, publisher, live):
        response = self.withdraw(publisher, live)
        assert "Choose what becomes of the documents." in said(response)
        assert "Minutes with names" in response.content.decode()
        assert AgreementEdition.objects.live().exists()

    def test_they_are_links_before_the_choice(self, publisher, live):
        page = publisher.get(verb_url(live, "withdraw")).content.decode()
        before, _after = page.split('name="documents"', 1)
        address = reverse("admin:documents_document_change", args=[Document.objects.get().pk])
        assert f'<a href="{address}" target="_blank">Minutes with names</a>' in before

    def test_they_go_with_it(self, publisher, client, live):
        self.withdraw(publisher, live, documents="True")
        for address in ("/documents/minutes/", "/documents/minutes/en", "/de/documents/minutes/en"):
            response = client.get(address)
            assert response.status_code == 410
            assert "Contains personal data" in response.content.decode()
        assert "sitemap-documents" not in client.get("/sitemap.xml").content.decode()

    @pytest.mark.parametrize(
        ("redirect_to", "told"),
        [
            ("", "Withdrawn. Readers now see the reason."),
            ("/", "Withdrawn. Readers are now sent on to /."),
        ],
    )
    def test_the_log_says_what_readers_get(self, publisher, live, make_page, redirect_to, told):
        make_page("", title="Home")
        response = self.withdraw(publisher, live, documents="True", redirect_to=redirect_to)
        assert told in " ".join(said(response))

    def test_or_stay(self, publisher, client, live):
        self.withdraw(publisher, live, documents="False")
        assert client.get("/documents/minutes/en").status_code == 200

    def test_what_something_else_uses_is_no_question(self, publisher, make_agreement, live):
        other = make_agreement("japan", publish=False, **SOUND)
        other.documents.create(document=Document.objects.get())
        publish(other)
        self.withdraw(publisher, live)
        assert not AgreementEdition.objects.live().filter(agreement=live.agreement).exists()

    def test_a_withdrawal_ahead_takes_them_then_and_is_cancelled_with_them(
        self, publisher, client, live
    ):
        ahead = {"when": "at", "at": f"{timezone.now().year + 1}-07-01T09:30"}
        self.withdraw(publisher, live, documents="True", **ahead)
        assert client.get("/documents/minutes/en").status_code == 200
        document = Document.objects.get()
        withdrawal = AgreementEdition.objects.scheduled().get()
        assert document.withdrawn_at == withdrawal.live_from
        confirm(publisher, verb_url(withdrawal, "cancel"))
        document.refresh_from_db()
        assert document.withdrawn_at is None
