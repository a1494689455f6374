"""Links inside the site that open nothing are told, wherever they lead."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.editions.dead_links import dead_internal_links
from culturecoop.reference.verbs import amend
from strategy.blocks import Image
from strategy.models import PageEdition
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(make_page, make_agreement, make_file):
    """One live thing of each kind, called "there", and one draft, called "draft"."""
    make_page("")
    for public, slug in ((True, "there"), (False, "draft")):
        page = make_page(slug, publish=False)
        name = default_storage.save(f"images/2026/{slug}.png", ContentFile(b"x"))
        Image.objects.bulk_create([Image(parent=page, region="main", ordering=1, file=name)])
        if public:
            publish(page)
        make_agreement(slug, publish=public, events=[("signature", "2010")])
        document = Document.objects.create(slug=slug, title=slug)
        make_file(document)
        if public:
            document.files.update(live_from=timezone.now())


PLACES = [
    "/{}/", "/de/{}/", "/{}", "/{}/?on=2020-01-01#why", "/agreements/{}/", "/fr/agreements/{}/",
    "/documents/{}/", "/documents/{}/en", "/{}/editions/1/", "/agreements/{}/editions/1/",
    "/{}/editions/", "/fr/{}/editions/", "/agreements/{}/editions/",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_link_is_dead_where_readers_find_nothing(site, client, place):
    there, draft, nothing = (place.format(slug) for slug in ("there", "draft", "nothing"))

    assert dead_internal_links([there, draft, nothing]) == [draft, nothing]
    assert client.get(there, follow=True).status_code == 200
    assert client.get(draft, follow=True).status_code == 404


def test_what_is_no_link_of_the_site_is_nobodys_matter(site):
    others = ["https://example.org/x/", "mailto:a@b.org", "#why", "//example.org/x/", "", "x/"]

    assert dead_internal_links(others) == []


def test_places_of_the_site_itself_open(site):
    places = ["/", "/de/", "/agreements/", "/agreements/?status=in_force", "/sitemap.xml"]

    assert dead_internal_links([*places, "/static/css/base.css"]) == []
    assert dead_internal_links(["/en/", "/admin/", "/%00", "/files/images/%00", "/xx/there/"]) == [
        "/en/", "/admin/", "/%00", "/files/images/%00", "/xx/there/",
    ]  # fmt: skip


def test_links_of_a_text_are_told_once(site):
    text = '<p><a href="/x/">a</a> <a href="/there/">b</a> <a href="/x/">c</a></p>'

    assert dead_internal_links(text) == ["/x/"]


def test_what_has_moved_opens(site, make_page):
    page = make_page("old").page
    page.slug = "new"
    amend(page)

    assert dead_internal_links(["/old/", "/new/", "/de/old/"]) == []


@pytest.mark.parametrize(("redirect_to", "dead"), [("", ["/there/"]), ("/agreements/", [])])
def test_what_is_withdrawn_opens_where_it_leads_on(site, redirect_to, dead):
    edition = PageEdition.objects.live().get(page__path="there")
    verbs.withdraw(edition, reason="Over", redirect_to=redirect_to)

    assert dead_internal_links(["/there/", "/there/editions/", "/there/editions/1/"]) == dead


def test_what_is_scheduled_opens_then(site):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    publish(PageEdition.objects.drafts().get(page__path="draft"), at=tomorrow)

    assert dead_internal_links(["/draft/"]) == ["/draft/"]
    assert dead_internal_links(["/draft/"], at=tomorrow) == []
