"""What a publisher saw besides the draft: it comes out with that, or he is told what changed."""

import datetime

import pytest
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.editions.seen import Seen
from culturecoop.reference.verbs import amend
from strategy.models import Page
from tests.answering import publish
from tests.forms import confirm, fields, said

from .addresses import LIST, change_url, verb_url

PAGES = "/admin/strategy/pageedition/"
DECIDED = {"when": "now"}


@pytest.fixture
def edited(make_agreement):
    """The draft of a live agreement, with other words."""
    draft = verbs.new_draft(make_agreement("korea", title="Korea", parties=["EU", "KR"]))
    draft.texts.update(title="Republic of Korea")
    return draft


@pytest.fixture
def renamed():
    """renamed(row, title="…"): somebody without a name amends a row of reference data."""

    def rename(row, **columns):
        for name, value in columns.items():
            setattr(row, name, value)
        row.full_clean()
        amend(row)

    return rename


def stale(publisher, address, happens):
    """(what is told, form) of a publication whose page was open while something happened."""
    page = fields(publisher.get(address)) | DECIDED | agreed(publisher, address)
    happens()
    response = publisher.post(address, page)
    assert response.status_code == 200
    return " ".join(said(response)), fields(response)


def agreed(publisher, address):
    names = publisher.get(address).context["form"].fields
    return {name: "on" for name in names if name.startswith("answer_")}


def test_a_withdrawal_meanwhile_is_told_before_readers_see_it_again(publisher, edited):
    def withdrawn():
        live = AgreementEdition.objects.live().get()
        verbs.withdraw(live, reason="Ordered by a court", by=publisher.user)

    address = verb_url(edited, "publish")
    told, form = stale(publisher, address, withdrawn)
    assert "publisher withdrew it on" in told
    assert "Ordered by a court" in told
    assert not AgreementEdition.objects.live().exists()
    # He was told; publishing it all the same is a question whose answer is kept.
    publisher.post(address, form | DECIDED)
    assert not AgreementEdition.objects.live().exists()
    publisher.post(address, form | DECIDED | agreed(publisher, address))
    [kept] = [a for a in AgreementEdition.objects.live().get().answers if "court" in a["question"]]
    assert kept["answer"] == "Yes"


def test_what_another_edition_brought_is_not_lost_without_a_word(publisher, edited):
    base = AgreementEdition.objects.live().get()
    publish(edited)
    older = verbs.restore(base)
    older.texts.update(title="Korea (Republic)")
    asked = publisher.get(verb_url(older, "publish")).context["form"].fields
    assert "Readers see edition 2 now. This draft was made from edition 1" in str(
        asked["answer_left_behind"].label
    )


DAY = datetime.timedelta(days=1)


def test_the_same_as_what_readers_see_is_told_of_that_edition(publisher, edited):
    first = AgreementEdition.objects.live().get()
    publish(edited)
    older = verbs.restore(first)
    codes = [question.code for question in older.questions()]
    assert "nothing_changed" not in codes, "readers see other words now"
    older.texts.update(title="Republic of Korea")
    [same] = [question for question in older.questions() if question.code == "nothing_changed"]
    assert "since edition 2" in same.text


def test_the_title_of_a_document_is_part_of_what_was_seen(
    publisher, make_agreement, make_file, renamed
):
    document = Document.objects.create(slug="report", title="The approved title")
    make_file(document)
    draft = make_agreement("korea", title="Korea", publish=False)
    draft.documents.create(document=document)

    def happens():
        renamed(document, title="Words nobody read")

    told, _form = stale(publisher, verb_url(draft, "publish"), happens)
    assert "changed “Words nobody read”" in told
    assert "The approved title → Words nobody read" in told
    assert not AgreementEdition.objects.published().exists()


class TestAddress:
    @pytest.fixture
    def draft(self, make_page):
        make_page("")
        make_page("about", publish=False)
        return make_page("about/us", title="Us", publish=False)

    @pytest.mark.parametrize(
        ("whose", "columns"),
        [
            ("about/us", {"slug": "nobody"}),
            ("about/us", {"menu": Page.Menu.HEADER}),
            ("about", {"slug": "nobody"}),
        ],
    )
    def test_address_and_menu_are_part_of_what_was_seen(
        self, publisher, draft, renamed, whose, columns
    ):
        address = f"{PAGES}{draft.pk}/publish/do/"
        told, _form = stale(
            publisher, address, lambda: renamed(Page.objects.get(path=whose), **columns)
        )
        assert "changed “/" in told
        draft.refresh_from_db()
        assert draft.is_draft

    def test_they_are_told_on_the_page(self, publisher, draft, renamed):
        renamed(Page.objects.get(path="about/us"), menu=Page.Menu.HEADER)
        page = publisher.get(f"{PAGES}{draft.pk}/publish/do/").content.decode()
        assert "Readers find it at /about/us/." in page
        assert "It is in a menu: header." in page


def test_selected_drafts_come_out_as_they_were_seen(publisher, make_agreement, renamed):
    draft = make_agreement("korea", title="Korea", publish=False)
    chosen = {"action": "publish_selected", "_selected_action": [draft.pk]}
    page = fields(publisher.post(LIST, chosen)) | DECIDED
    renamed(draft.agreement, slug="corea")
    response = publisher.post(LIST, page, follow=True)
    assert "korea → corea" in " ".join(said(response))
    assert not AgreementEdition.objects.published().exists()


@pytest.mark.parametrize("seen", ["", "x", "2026-11-28 7", "2026-11-28T12:00:00 7", "é" * 999])
def test_a_form_that_does_not_say_what_was_seen_publishes_nothing(publisher, edited, seen):
    address = verb_url(edited, "publish")
    page = fields(publisher.get(address)) | DECIDED | agreed(publisher, address)
    response = publisher.post(address, page | {"seen": seen})
    assert "came back incomplete" in " ".join(said(response))
    edited.refresh_from_db()
    assert edited.is_draft


def test_what_is_seen_is_read_as_it_is_written():
    seen = Seen(timezone.now(), 12)
    assert Seen.parse(str(seen)) == seen


class TestScheduledWithdrawal:
    @pytest.fixture
    def withdrawal(self, edited):
        live = AgreementEdition.objects.live().get()
        return verbs.withdraw(live, reason="Outdated", at=timezone.now() + DAY)

    def test_the_page_that_publishes_says_so(self, publisher, withdrawal, edited):
        page = publisher.get(verb_url(edited, "publish")).content.decode()
        assert "It is scheduled to be withdrawn on" in page
        assert "will replace it" not in page

    def test_cancelling_it_is_told_as_that(self, publisher, withdrawal):
        page = publisher.get(verb_url(withdrawal, "cancel")).content.decode()
        assert "It will not be withdrawn" in page
        assert "becomes the draft again" not in page
        response = confirm(publisher, verb_url(withdrawal, "cancel"))
        assert "Cancelled the withdrawal that was scheduled." in said(response)
        assert change_url(withdrawal) not in response.redirect_chain[-1][0]
