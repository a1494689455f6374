"""Pages keep every address that readers have seen, whatever moves where."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from culturecoop.editions import verbs
from culturecoop.reference import proofs
from culturecoop.reference.models import MovedAddress
from culturecoop.reference.verbs import amend, give_free
from strategy.models import Page, PageEdition
from tests.answering import publish
from tests.profiles import examples

pytestmark = pytest.mark.django_db


def page_at(path):
    return Page.objects.get(path=path)


def moved(page, *, slug=None, parent=None):
    page = Page.objects.get(pk=page.pk)
    page.slug, page.parent = slug or page.slug, parent or page.parent
    amend(page)
    return page


@pytest.fixture
def make(make_page):
    make_page("")
    return lambda path: make_page(path).page


@pytest.fixture
def leads(client):
    """leads("/a/") → the address in one step, that of itself when it answers with a page."""

    def lead(address):
        response = client.get(address)
        if response.status_code == 301:
            assert client.get(response.url).status_code == 200
            return response.url
        assert response.status_code == 200
        return address

    return lead


def test_pages_below_move_along(make, client, leads):
    culture, trade = make("culture"), make("culture/trade")
    make("culture/trade/music")
    moved(culture, slug="cooperation")
    assert leads("/culture/trade/music/") == "/cooperation/trade/music/"
    moved(trade, parent=page_at(""))
    assert leads("/culture/") == "/cooperation/"
    for old in ("/culture/trade/", "/cooperation/trade/"):
        assert leads(old) == "/trade/"
        assert leads(f"{old}music/") == "/trade/music/"
        assert leads(f"{old}editions/1/") == "/trade/editions/1/"


def test_stored_paths_of_grandchildren_follow(make, leads):
    culture, above = make("culture"), make("society")
    make("culture/trade"), make("culture/trade/music")
    moved(culture, parent=above)
    assert list(Page.objects.values_list("path", flat=True)) == [
        "", "society", "society/culture", "society/culture/trade", "society/culture/trade/music",
    ]  # fmt: skip
    assert leads("/culture/trade/music/") == "/society/culture/trade/music/"


def test_a_new_page_where_another_was_is_not_possible_but_beside_it(make, leads):
    """/a → /b, then x from below b to a new place: no page is lost, none is sent round."""
    a, x = make("a"), make("a/x")
    moved(a, slug="b")
    with pytest.raises(ValidationError, match="belongs to “A page”"):
        Page(parent=page_at(""), slug="a").full_clean()
    new = make("c")
    moved(x, parent=new)
    assert leads("/a/") == "/b/"
    assert leads("/a/x/") == leads("/b/x/") == "/c/x/"


def test_a_new_page_at_an_address_given_free(make, leads, client):
    """/a → /b, new page /a, move x from b to a: x is at its first address again."""
    a, x = make("a"), make("a/x")
    moved(a, slug="b")
    give_free(MovedAddress.objects.get(old_path="/a/"), reason="For another page")
    new = make("a")
    assert leads("/a/x/") == "/b/x/"
    moved(x, parent=new)
    assert leads("/a/x/") == "/a/x/"
    assert leads("/b/x/") == "/a/x/"
    assert leads("/b/") == "/b/"
    assert client.get("/a/y/").status_code == 404


def test_renamed_below_and_back(make, leads):
    """a → b, x → y, b → a."""
    a, x = make("a"), make("a/x")
    a = moved(a, slug="b")
    moved(x, slug="y")
    moved(a, slug="a")
    for old in ("/a/x/", "/b/x/", "/b/y/"):
        assert leads(old) == "/a/y/"
    assert leads("/b/") == "/a/"


def test_what_readers_have_not_seen_leaves_no_address(make, make_page, client):
    a = make("a")
    make_page("a/draft", publish=False)
    moved(a, slug="b")
    assert client.get("/a/draft/").status_code == 404
    assert list(MovedAddress.objects.values_list("old_path", flat=True)) == ["/a/"]


def test_the_address_of_a_page_captures_no_other(make, client):
    moved(make("a"), slug="b")
    make("b/x")
    assert client.get("/a/x/").status_code == 404


def test_an_address_that_would_be_too_long_is_refused(make):
    a, path = make("a"), "a"
    for _step in range(5):
        path += "/" + "x" * 95
        make(path)
    with pytest.raises(ValidationError, match="too long"):
        moved(a, slug="y" * 60)


# Any sequence -------------------------------------------------------------------------------------

slugs, numbers = st.sampled_from("abcd"), st.integers(0, 7)
steps = st.one_of(
    st.tuples(st.just("add"), numbers, slugs),
    st.tuples(st.just("rename"), numbers, slugs),
    st.tuples(st.just("rename"), numbers, slugs),
    st.tuples(st.just("move"), numbers, numbers),
    st.tuples(st.just("publish"), numbers),
    st.tuples(st.just("publish"), numbers),
    st.tuples(st.just("withdraw"), numbers),
)


class Site:
    """Pages that are moved about, and what readers have seen of them."""

    def __init__(self):
        self.home = Page.objects.create()
        self.pages, self.seen = [], {}
        for slug in "ab":
            self.add(0, slug)
            self.publish(len(self.pages) - 1)
        self.look()

    def page(self, number):
        return Page.objects.get(pk=self.pages[number % len(self.pages)])

    def add(self, number, slug):
        parent = self.page(number) if self.pages and number % 2 else self.home
        page = Page(parent=parent, slug=slug)
        amend(page)
        self.pages.append(page.pk)
        verbs.start(page, PageEdition, language="en", title=slug)

    def rename(self, number, slug):
        moved(self.page(number), slug=slug)

    def move(self, number, other):
        moved(self.page(number), parent=self.page(other) if other else self.home)

    def publish(self, number):
        page = self.page(number)
        draft = page.editions.drafts().first()
        if draft:
            publish(draft)

    def withdraw(self, number):
        live = self.page(number).editions.live().first()
        if live:
            verbs.withdraw(live, reason="Withdrawn")

    def look(self):
        """Remember which pages readers see where now."""
        for page in Page.objects.exclude(path=""):
            if page.editions.in_force().exists():
                self.seen[page.get_absolute_url()] = page.pk


class AnySequence(TestCase):
    """Every address that a reader has ever seen answers, or leads on in one step to its page."""

    @examples(2)
    @given(st.lists(steps, max_size=14))
    def test_every_address_that_was_seen(self, sequence):
        site = Site()
        for name, *arguments in sequence:
            try:
                getattr(site, name)(*arguments)
            except ValidationError:
                continue  # refused, as it may be
            site.look()
        client = Client(raise_request_exception=True)
        for address, pk in site.seen.items():
            now = Page.objects.get(pk=pk).get_absolute_url()
            response = client.get(address)
            if address != now:
                assert (response.status_code, response.headers.get("Location")) == (301, now)
                response = client.get(now)
            assert response.status_code in (200, 410), (address, now)
        assert list(proofs.faults()) == []
