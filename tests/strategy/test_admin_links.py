"""Links that editors type, in the form of a page, of a document, and in sheets."""

import pytest
from django.urls import reverse

from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from tests.answering import publish
from tests.forms import add_row, fields, said

from .test_admin import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(make_page):
    return make_page("", title="Home", publish=False)


def test_addresses_without_their_scheme_are_completed_with_a_word(signed_in, draft):
    rows = [
        ("strategy_text_set", {"text": '<p><a href="www.example.org/a">A</a></p>'}),
        ("strategy_link_set", {"title": "B", "address": "www.example.org/b"}),
    ]

    told = said(save(signed_in("author"), draft, rows))
    for letter in "ab":
        completed = (
            f"“www.example.org/{letter}” was completed to “https://www.example.org/{letter}”."
        )
        assert completed in told
    text = draft.strategy_text_set.get().text
    assert text == '<p><a href="https://www.example.org/a">A</a></p>'
    assert draft.strategy_link_set.get().address == "https://www.example.org/b"


def test_a_refused_link_names_itself_and_nothing_is_saved(signed_in, draft):
    rows = [
        ("strategy_text_set", {"text": '<p><a href="ftp://example.org/">our list</a></p>'}),
        ("strategy_milestone_set", {"link_text": "B", "address": "//example.org/"}),
    ]

    told = " ".join(said(save(signed_in("author"), draft, rows)))
    assert "The link “our list” cannot lead to “ftp://example.org/”. Expected an address" in told
    assert "No link can lead to “//example.org/”. Expected an address that begins with" in told
    assert not draft.strategy_text_set.exists()


def test_links_to_nothing_are_told_and_stored(signed_in, draft):
    text = '<p><a href="/strategy/xyz/">A</a> <a href="/agreements/">B</a></p>'

    told = said(save(signed_in("author"), draft, [("strategy_text_set", {"text": text})]))
    assert "Readers find nothing at these addresses today: /strategy/xyz/." in told
    assert draft.strategy_text_set.get().text == text


def test_the_outside_address_of_a_document_is_held_to_the_same_rule(signed_in):
    author, document = signed_in("author"), Document.objects.create(slug="report", title="Report")
    address = reverse("admin:documents_document_change", args=[document.pk])

    def add(typed):
        values = fields(author.get(address), "document_form")
        add_row(values, "files", language="en", address=typed)
        return " ".join(said(author.post(address, values, follow=True)))

    assert "a name or a password does not belong" in add("https://europa.eu@evil.example/")
    assert "was completed to “https://www.example.org/a”" in add("www.example.org/a")
    assert document.files.get().address == "https://www.example.org/a"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (
            {"type": "link", "title": "A", "address": "ftp://a.org"},
            "address",
            "Expected an address",
        ),
        (
            {"type": "text", "text": '<a href="/admin/">A</a>'},
            "text",
            "The link “A” cannot lead to “/admin/”. Readers cannot open",
        ),
    ],
)
def test_a_sheet_is_told_its_column(draft, cells, column, sentence):
    [row] = planned({"path": "/", "language": "en", "key": "", "base": "0/1"} | cells)

    assert [(name, sentence in words) for name, _cell, words in row.errors] == [(column, True)]


def test_a_sheet_shows_what_is_completed_before_it_is_stored(draft):
    cells = {"type": "link", "title": "A", "address": "www.a.org", "region": "main"}
    [row] = planned({"path": "/", "language": "en", "key": "", "base": "0/1"} | cells)

    assert ["address", "", "https://www.a.org"] in [list(change) for change in row.changes]


def test_the_address_of_an_edition_is_that_of_its_page(signed_in, make_page):
    make_page("")
    url = reverse("admin:strategy_pageedition_link", args=[make_page("about").pk])

    assert signed_in("author").get(f"{url}?language=fr").json() == {"href": "/fr/about/"}


def planned(*rows):
    found = [PlannedRow(number, {"region": "main", **row}) for number, row in enumerate(rows, 2)]
    registry.find("blocks")().plan(found)
    return found


def test_an_address_of_old_is_told_when_its_draft_is_published_again(signed_in, draft):
    """What was stored before there was this rule stays readable, and is asked for at an edit."""
    draft.strategy_link_set.create(title="A", address="ftp://a.org", region="main", ordering=1)
    publish(draft)
    again = verbs.new_draft(draft)

    told = " ".join(said(save(signed_in("author"), again, title="New")))
    assert "No link can lead to “ftp://a.org”." in told
