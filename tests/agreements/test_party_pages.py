"""The pages of parties as readers open them."""

import datetime
import io
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements.models import Membership, Party
from culturecoop.editions import verbs
from culturecoop.editions.redirects import finds_something
from culturecoop.reference.verbs import amend
from strategy.models import Page
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def cariforum(make_agreement):
    """A live protocol with CARIFORUM, which Jamaica belongs to, and Cuba only until 2010."""
    body = Party.objects.create(code="CARIFORUM", kind="grouping", name="CARIFORUM")
    for code, until in (("JM", None), ("CU", datetime.date(2010, 1, 1))):
        member = Party.objects.create(code=code)
        since = datetime.date(2000, 1, 1)
        Membership.objects.create(grouping=body, member=member, since=since, until=until)
    return make_agreement(
        "cariforum", title="Protocol on films", kind="protocol", parties=["EU", "CARIFORUM"],
        events=[("signature", "2008-10-15"), ("entry_into_force", "2009-01-01")],
    )  # fmt: skip


def test_a_party_shows_its_agreements_and_their_state(korea, get):
    text = " ".join(get("/parties/KR/").split())

    assert "<h1>South Korea</h1>" in text
    assert 'href="/agreements/korea/"' in text
    assert "in force" in text
    assert "noindex" not in text


def test_any_code_that_can_be_stored_has_an_address(make_agreement, get):
    old = ["007", "5-A"]  # the first is refused by now
    for code in old:
        Party.objects.create(code=code, kind="grouping", name=f"Group {code}")
    make_agreement("groups", parties=["EU", *old])

    assert "<h1>Group 5-A</h1>" in get("/parties/5-A/")
    assert 'href="/parties/5-A/">Group 5-A</a>' in get("/agreements/")
    assert 'href="/agreements/">Group 007</a>' in get("/agreements/groups/")


def test_a_code_has_a_letter(db):
    Party(code="5-A", name="Group").full_clean()
    with pytest.raises(ValidationError, match="capital letters"):
        Party(code="007", name="Group").full_clean()


def test_a_party_has_what_a_grouping_that_it_belongs_to_has(cariforum, get):
    text = get("/parties/JM/")

    assert 'href="/agreements/cariforum/"' in text
    assert 'href="/parties/CARIFORUM/"' in text
    assert "since 1 January 2000" in text


def test_who_has_left_a_grouping_has_its_agreements_no_more(cariforum, get):
    text = get("/parties/CU/")

    assert 'href="/agreements/cariforum/"' not in text
    assert "No agreement with it is in the register." in text
    assert "no longer a member from 1 January 2010" in text
    text = get("/parties/CU/?on=2009-06-01")
    assert 'href="/agreements/cariforum/?on=2009-06-01"' in text


def test_the_day_moves_the_state_and_stays_in_the_links(korea, get):
    text = get("/parties/KR/?on=2012-12-31")

    assert "Legal state on 31 December 2012" in text
    assert "provisionally applied" in text
    assert 'href="/agreements/korea/?on=2012-12-31"' in text
    assert "noindex" in text


def test_whom_readers_have_not_seen_has_no_page(make_agreement, client):
    """Nobody learns from an address with whom something is in preparation."""
    draft = make_agreement("peru", parties=["EU", "PE"], publish=False)
    assert client.get("/parties/PE/").status_code == 404

    tomorrow = timezone.now() + datetime.timedelta(days=1)
    publish(draft, at=tomorrow)
    assert client.get("/parties/PE/").status_code == 404
    with time_machine.travel(tomorrow + datetime.timedelta(seconds=1), tick=False):
        assert client.get("/parties/PE/").status_code == 200


def test_a_party_whose_agreement_was_withdrawn_keeps_its_page(korea, get):
    verbs.withdraw(korea, reason="An error.")
    assert "No agreement with it is in the register." in get("/parties/KR/")


def test_the_names_of_parties_lead_to_their_pages(korea, get):
    assert 'href="/parties/KR/"' in get("/agreements/korea/")
    assert 'href="/parties/KR/"' in get("/agreements/")
    assert 'href="/parties/KR/?on=2012-12-31"' in get("/agreements/korea/?on=2012-12-31")
    assert "/parties/KR/" in get(re.search(r"/sitemap-parties-\d+.xml", get("/sitemap.xml"))[0])


def test_the_address_of_a_code_that_was_changed_leads_on(korea, client):
    party = Party.objects.get(code="KR")
    party.code, party.name = "KOR", "Korea"
    amend(party)
    response = client.get("/parties/KR/")
    assert (response.status_code, response.url) == (301, "/parties/KOR/")


# The word in the address -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/parties/kr/", "/parties/Kr/", "/parties/kr/?on=2012-12-31"])
def test_a_code_in_small_letters_leads_to_its_party(korea, client, typed):
    response = client.get(typed)
    assert response.status_code == 301
    assert response.headers["Location"] == typed.replace("kr", "KR").replace("Kr", "KR")


def test_a_code_in_small_letters_keeps_the_language(korea, client):
    assert client.get("/de/parties/kr/").headers["Location"] == "/de/parties/KR/"
    assert client.get("/parties/kr", follow=True).redirect_chain[-1] == ("/parties/KR/", 301)


def test_a_code_in_small_letters_tells_nobody_of_a_party_that_readers_have_not_seen(korea, client):
    Party.objects.create(code="PE")
    assert client.get("/parties/pe/").status_code == 404
    assert client.get("/agreements/kr/").status_code == 404


def test_a_withdrawal_can_send_readers_to_a_code_in_small_letters(korea):
    assert finds_something("/parties/kr/", timezone.now())
    assert not finds_something("/parties/pe/", timezone.now())


def test_no_new_page_takes_the_word(make_page):
    home = make_page("").page
    with pytest.raises(ValidationError):
        Page(parent=home, slug="parties").full_clean()


def test_a_page_that_has_the_word_already_keeps_it_and_is_reported(make_page, make_agreement, get):
    make_page("", title="Home")
    make_page("parties", title="Our parties")
    make_page("parties/kr", title="Korea and we")

    assert "<h1>Our parties</h1>" in get("/parties/")
    Party.objects.create(code="KR")
    make_agreement("korea", parties=["EU", "KR"])
    assert "<h1>Korea and we</h1>" in get("/parties/kr/")
    errors = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_site", stderr=errors)
    assert "/parties/ is one of the site’s own now" in errors.getvalue()
