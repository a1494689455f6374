"""Withdrawals that redirect: to something public, never in a circle."""

import datetime

import pytest
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.editions import redirects, verbs
from culturecoop.editions.admin.forms import WithdrawForm
from culturecoop.reference.verbs import amend
from tests.answering import publish
from tests.forms import said

from .addresses import change_url, verb_url

pytestmark = pytest.mark.django_db
CIRCLE, NOTHING = "in a circle", "find nothing at this address"


@pytest.fixture
def a(make_agreement):
    return make_agreement("a")


@pytest.fixture
def b(make_agreement):
    return make_agreement("b")


def refused(edition, address, **options):
    """The sentence with which it cannot be withdrawn so."""
    with pytest.raises(verbs.Refused) as refusal:
        verbs.withdraw(edition, reason="Moved", redirect_to=address, **options)
    assert edition.siblings().live().exists()
    return str(refusal.value)


def test_two_that_would_redirect_to_each_other(publisher, client, a, b):
    """Through the admin: the second is told at its field, and its readers are not sent round."""
    values = {"reason": "Moved", "redirect_to": "/agreements/b/", "when": "now"}
    publisher.post(verb_url(a, "withdraw"), values)
    assert client.get("/agreements/a/").url == "/agreements/b/"

    response = publisher.post(verb_url(b, "withdraw"), values | {"redirect_to": "/agreements/a/"})

    assert CIRCLE in str(response.context["form"].errors["redirect_to"])
    assert CIRCLE in " ".join(said(response))
    assert client.get("/agreements/b/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/agreements/absent/", "/absent/", "/agreements/draft/", "/admin/", "/admin/login/",
        "/documents/absent/", "/documents/absent/en", "/files/images/absent.png",
        "/agreements/b/editions/7/", "/agreements/gone/", "/static/css/base.css",
    ],
)  # fmt: skip
def test_a_target_that_readers_cannot_open(publisher, make_agreement, a, b, address):
    make_agreement("draft", publish=False)
    verbs.withdraw(make_agreement("gone"), reason="Wrong")
    values = {"reason": "x", "redirect_to": address, "when": "now"}
    told = " ".join(said(publisher.post(verb_url(a, "withdraw"), values)))
    assert ("pages of the editors" if "admin" in address else NOTHING) in told
    assert NOTHING in refused(a, address)


@pytest.mark.parametrize(
    "address",
    [
        "/agreements/b/", "/de/agreements/b/", "/AGREEMENTS/B/", "/agreements/b", "/agreements/",
        "/agreements/?year_from=2010", "/agreements/b/?on=2012-12-31#events", "/de/",
        "/agreements/b/editions/1/", "https://example.org/agreements/absent/", "/documents/report/",
        "/documents/report/en", "/", "https://testserver/fr/agreements/b/",
    ],
)  # fmt: skip
def test_a_target_that_they_can(client, make_page, make_file, a, b, address):
    from culturecoop.documents.models import Document

    make_page("")
    file = make_file(Document.objects.create(slug="report", title="Report"))
    type(file).objects.update(live_from=timezone.now())
    verbs.withdraw(a, reason="Moved", redirect_to=address)
    assert client.get("/agreements/a/").url == address


@pytest.mark.parametrize(
    "address",
    [
        "/agreements/a/", "/agreements/A/", "/agreements/a", "/de/agreements/a/",
        "/agreements/a/?on=2012-12-31", "/agreements/a/#top", "http://testserver/agreements/a/",
        "https://TESTSERVER:443/agreements/a/", "/agreements/%61/", "/agreements/old-a/",
        "/fr/Agreements/OLD-A",
    ],
)  # fmt: skip
def test_every_way_to_write_the_way_back(a, b, address):
    a.agreement.slug = "old-a"
    amend(a.agreement)
    a.agreement.slug = "a"
    amend(a.agreement)
    verbs.withdraw(a, reason="Moved", redirect_to="/agreements/b/")
    assert CIRCLE in refused(b, address)


def test_a_longer_way_round_and_over_other_kinds(make_page, make_agreement, a, b):
    make_page("")
    page = make_page("trade")
    verbs.withdraw(a, reason="Moved", redirect_to="/trade/")
    verbs.withdraw(page, reason="Moved", redirect_to="/de/agreements/b/")
    assert CIRCLE in refused(b, "/agreements/a/")
    c = make_agreement("c")
    verbs.withdraw(b, reason="Moved", redirect_to="/agreements/c/")
    assert CIRCLE in refused(c, "/trade/")


def test_a_circle_of_others_and_one_that_begins_later(make_agreement, a, b):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    verbs.withdraw(b, reason="Moved", redirect_to="/agreements/a/", at=tomorrow)
    assert CIRCLE in refused(a, "/agreements/b/")
    assert CIRCLE in refused(a, "/agreements/b/", at=tomorrow + datetime.timedelta(days=1))


def test_what_was_restored_meanwhile_is_a_target_again(client, a, b):
    verbs.withdraw(a, reason="Moved", redirect_to="/agreements/b/")
    publish(verbs.restore(a))
    verbs.withdraw(b, reason="Moved", redirect_to="/agreements/a/")
    assert client.get("/agreements/b/", follow=True).status_code == 200
    assert client.get("/agreements/a/editions/2/", follow=True).status_code == 200


class TestCirclesFromBefore:
    """What was stored when nobody looked: readers get the reason instead of a loop."""

    @pytest.fixture
    def circle(self, a, b):
        verbs.withdraw(a, reason="A moved")
        verbs.withdraw(b, reason="B moved")
        for one, other in (("a", "B"), ("b", "a")):
            rows = AgreementEdition.objects.filter(agreement__slug=one, withdrawal=True)
            rows.update(redirect_to=f"https://testserver/de/agreements/{other}/?x=1")

    def test_readers_get_the_reason(self, client, circle):
        for slug in "ab":
            response = client.get(f"/agreements/{slug}/")
            assert response.status_code == 410
            assert f"{slug.upper()} moved" in response.content.decode()

    def test_they_are_reported(self, circle, make_agreement):
        verbs.withdraw(make_agreement("c"), reason="Moved", redirect_to="/agreements/")
        found = list(redirects.faults())
        assert len(found) == 2
        assert all(CIRCLE in sentence for sentence in found)

    def test_one_that_leads_into_it_ends_there(self, client, circle, make_agreement):
        verbs.withdraw(make_agreement("c"), reason="Moved")
        AgreementEdition.objects.filter(agreement__slug="c").update(redirect_to="/agreements/a/")
        assert client.get("/agreements/c/", follow=True).status_code == 410


def test_the_language_of_a_page_that_was_withdrawn_alone(make_page, client):
    make_page("")
    make_page("trade")
    german = make_page("trade", language="de")
    other = make_page("other")
    verbs.withdraw(german, reason="Weg", redirect_to="/other/")
    assert client.get("/de/trade/").url == "/other/"
    verbs.withdraw(other, reason="Moved", redirect_to="/trade/")
    assert client.get("/de/trade/", follow=True).redirect_chain[-1] == ("/trade/", 302)


def test_an_address_that_is_none_says_only_so(a):
    form = WithdrawForm({"reason": "x", "redirect_to": "nonsense"}, edition=a)
    assert len(form.errors["redirect_to"]) == 1


def test_what_redirects_here_is_not_sent_back_to_an_edition_of_its_own(client, a, b):
    verbs.withdraw(a, reason="Moved", redirect_to="/agreements/b/")
    for own in ("/agreements/a/editions/1/", "/agreements/a/editions/"):
        assert CIRCLE in refused(b, own)
    verbs.withdraw(b, reason="Moved", redirect_to="/agreements/")
    assert not list(redirects.faults())


@pytest.mark.parametrize("below", ["editions/1/", "editions/"])
def test_the_address_of_an_edition_and_of_all_stays_when_it_is_withdrawn(a, b, below):
    verbs.withdraw(a, reason="Moved", redirect_to=f"/agreements/b/{below}")
    assert redirects.led_here(b) == []
    verbs.withdraw(b, reason="Over")
    assert not list(redirects.faults())


@pytest.mark.parametrize("days", [0, 1])
def test_withdrawing_a_target_names_what_redirects_there(publisher, make_agreement, a, days):
    target = make_agreement("b", title="The target")
    at = timezone.now() + datetime.timedelta(days=days) if days else None
    withdrawal = verbs.withdraw(a, reason="Moved", redirect_to="/de/agreements/b/", at=at)
    verbs.withdraw(make_agreement("c"), reason="Moved", redirect_to="/agreements/a/editions/1/")
    [hint] = publisher.get(verb_url(target, "withdraw")).context["checklist"].hints
    assert hint.text.startswith("“a” was withdrawn and sends its readers here.")
    assert hint.url == change_url(withdrawal)
