"""The tray of links that lead to nothing inside the site, and the list of all pages with such."""

import pytest
from django.urls import reverse
from django.utils import timezone

from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import changes, listings, verbs
from culturecoop.editions.dead_links import dead_among, dead_internal_links
from culturecoop.reference.verbs import amend
from strategy.models import Link, PageEdition, PageLink, Text
from tests.answering import publish


@pytest.fixture
def ada(signed_in):
    return signed_in("author", "ada")


def rows(client):
    """Return {title: what is said} of the tray."""
    trays = client.get(reverse("admin:index")).context["full"]
    found = [row for tray in trays if tray.name == "links" for row in tray.rows]
    return {row["title"]: row["said"] for row in found}


def text(address):
    return Text, {"text": f'<p>See <a href="{address}">this</a></p>'}


def test_a_link_to_nothing_is_named_until_there_is_something(ada, write, make_agreement):
    write("", text("/agreements/korea/"), title="Home")
    assert rows(ada) == {"Home": "/agreements/korea/"}
    korea = make_agreement("korea")
    assert rows(ada) == {}
    verbs.withdraw(korea, reason="Over")
    assert rows(ada) == {"Home": "/agreements/korea/"}


def test_a_file_that_becomes_public_mends_a_link_without_the_page(ada, write, make_file):
    document = Document.objects.create(slug="report", title="Report")
    write("", text("/documents/report/"), title="Home")
    assert rows(ada) == {"Home": "/documents/report/"}
    publish_file(make_file(document))
    assert rows(ada) == {}


def test_it_leads_into_the_form_and_the_list_shows_all(ada, write):
    edition = write("", text("/nowhere/"), title="Home")
    [tray] = [t for t in ada.get(reverse("admin:index")).context["full"] if t.name == "links"]
    assert tray.rows[0]["url"] == reverse("admin:strategy_pageedition_edit", args=[edition.pk])
    [lead] = tray.lists
    shown = ada.get(lead["address"]).context["cl"].result_list
    assert [row.pk for row in shown] == [edition.pk]
    assert lead["count"] == 1


def test_a_draft_that_mends_it_takes_it_off(ada, write):
    draft = verbs.new_draft(write("", text("/nowhere/"), title="Home"))
    draft.strategy_text_set.update(text="<p>Nothing</p>")
    verbs.record_change(draft)
    assert rows(ada) == {}


def test_a_block_that_points_to_what_readers_do_not_see(ada, write, make_agreement):
    korea = make_agreement("korea", publish=False)
    write("", (Link, {"title": "Korea", "agreement": korea.agreement}), title="Home")
    assert rows(ada) == {"Home": "Korea"}
    publish(korea)
    assert rows(ada) == {}


def test_other_sites_are_not_asked(ada, write):
    write(
        "",
        text("https://gone.example/"),
        (Link, {"title": "Gone", "address": "https://gone.example/"}),
    )
    assert rows(ada) == {}
    assert not PageLink.objects.exists()


@pytest.fixture
def addresses(make_agreement, make_page, make_file):
    """Addresses of all kinds, of which some open something."""
    home = make_page("", title="Home")
    make_page("", title="Start", language="de")
    make_page("about", title="About")
    moved = make_agreement("moved").agreement
    moved.slug = "new"
    amend(moved)
    verbs.withdraw(make_agreement("gone"), reason="Over")
    verbs.withdraw(make_agreement("sent"), reason="Over", redirect_to="/about/")
    verbs.withdraw(PageEdition.objects.get(language="de"), reason="Over")
    make_agreement("draft", publish=False)
    make_file(Document.objects.create(slug="public", title="Public"), live_from=timezone.now())
    Document.objects.create(slug="bare", title="Bare")
    assert home.number
    slugs = ("moved", "new", "gone", "sent", "draft", "never", "NEW")
    return [
        "/", "/de/", "/fr/", "/about/", "/about", "/de/about/", "/nowhere/", "/search/",
        "/admin/", "/static/x.css", "/parties/KR/", "/agreements/", "/agreements/new/editions/",
        "/agreements/new/editions/1/", "/agreements/new/editions/7/", "/documents/public/",
        "/documents/public/en/", "/documents/public/de/", "/documents/bare/", "/#why",
        *(f"/agreements/{slug}/" for slug in slugs),
    ]  # fmt: skip


def test_many_at_once_are_found_to_be_what_each_is_alone(addresses):
    dead = set(dead_internal_links(addresses))
    assert dead_among(addresses) == dead
    assert {"/agreements/gone/", "/nowhere/", "/documents/bare/"} <= dead
    assert not {"/agreements/moved/", "/agreements/sent/", "/about/"} & dead


def test_the_queries_do_not_grow(ada, write, make_agreement, django_assert_max_num_queries):
    def link(path, name):
        make_agreement(f"live-{name}")
        blocks = [text(f"/agreements/live-{name}/"), text(f"/agreements/never-{name}/")]
        write(path, *blocks, title=f"Page {name}")

    link("", "home")
    rows(ada)
    with django_assert_max_num_queries(70) as few:
        rows(ada)
    number = len(few)
    for name in range(12):
        link(f"page-{name}", name)
    assert len(rows(ada)) == 10
    with django_assert_max_num_queries(number):
        rows(ada)


def test_what_opens_is_found_in_few_queries(make_agreement, django_assert_max_num_queries):
    for number in range(12):
        make_agreement(f"live-{number}")
    changes.forget()
    with django_assert_max_num_queries(2):
        assert dead_among(f"/agreements/live-{number}/" for number in range(12)) == set()


def test_the_site_is_checked_for_links_that_are_not_stored(write):
    write("", text("/nowhere/"))
    assert list(listings.faults(PageEdition)) == []
    PageLink.objects.all().delete()
    [fault] = listings.faults(PageEdition)
    assert "link inside the site" in fault
    assert sum(listings.rebuild(PageEdition)) == 1
    assert list(listings.faults(PageEdition)) == []
