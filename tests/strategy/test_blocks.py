"""The blocks of pages and their lists of agreements as readers see them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from agreements.models import Theme
from agreements.reading import chosen_for
from culturecoop.clock import Reading
from culturecoop.documents.models import Document
from culturecoop.editions import changes, compiled, verbs
from strategy.blocks import AgreementList, Image, Link, Milestone, Text
from strategy.models import PageEdition
from tests.answering import publish

pytestmark = pytest.mark.django_db


# Blocks ------------------------------------------------------------------------------------------


def test_a_link_to_a_document_says_its_type_size_and_languages(write, report, get):
    write("", (Text, {"text": '<p>See <a href="/documents/report/">our report</a>, please.</p>'}))

    text = get("/")
    assert '<a href="/documents/report/en">our report</a>' in text
    assert "PDF – 1 KB" in text
    assert 'href="/documents/report/fr" lang="fr" hreflang="fr">français (fr)</a>' in text
    assert ", please." in text


def test_a_link_to_a_document_without_public_files_is_text(write, make_file, get):
    make_file(Document.objects.create(slug="secret", title="Secret"))
    edition = write("", (Text, {"text": "<p>Nothing yet</p>"}))
    Text.objects.filter(parent=edition).update(text='<p><a href="/documents/secret/">A</a> B</p>')
    compiled.store(list(PageEdition.objects.all()))

    text = get("/")
    assert "<p>A B</p>" in text
    assert "/documents/secret/" not in text


def test_the_rich_text_is_clean_whoever_wrote_it(write, get):
    write("", (Text, {"text": '<p onclick="x()">One<script>alert(1)</script></p>'}))

    text = get("/").split("<main")[1]
    assert "alert" not in text
    assert "onclick" not in text


def test_headings_are_linked_from_the_navigation_in_the_page(write, get):
    write("", (Text, {"text": "<h2>Why</h2><p>Because.</p><h2>Why</h2><h3>Less</h3>"}))

    text = get("/")
    assert '<h2 id="why">Why</h2>' in text
    assert '<h2 id="why-2">Why</h2>' in text
    assert '<a href="#why-2">Why</a>' in text
    assert '<a href="#less">' not in text


def test_neighbours_of_one_type_are_one_list(write, report, get):
    write(
        "",
        (
            Milestone,
            {"date": "2007", "actor": "The Council", "text": "with its", "document": report},
        ),
        (
            Milestone,
            {"actor": "Civil society", "address": "https://example.org/", "link_text": "A"},
        ),
        (Text, {"text": "<p>Between.</p>"}),
        (Milestone, {"date": "2011-05-12", "link_text": "words only"}),
    )

    text = get("/")
    assert text.count('<ul class="timeline"') == 2
    assert '<time class="timeline__date" datetime="2007">2007</time>' in text
    assert '<a href="https://example.org/">A</a>' in text
    assert "12 May 2011" in text
    assert 'with its <a href="/documents/report/en"' in text


def test_links_under_one_heading_are_one_group(write, make_page, report, get):
    make_page("")
    other = make_page("other", title="Another page")
    unpublished = make_page("draft", title="Draft", publish=False)
    write(
        "",
        (Link, {"heading": "First", "document": report}),
        (Link, {"heading": "First", "title": "Just words"}),
        (Link, {"heading": "Second", "page": other.page}),
        (Link, {"heading": "Second", "title": "Outside", "address": "https://example.org/"}),
        (Link, {"heading": "Second", "title": "Not live", "page": unpublished.page}),
        region="more",
    )

    text = get("/")
    assert text.count('<h3 id="first">First</h3>') == 1
    assert text.count("<h3") == 2
    assert '<h2 id="more-information">More information</h2>' in text
    assert "<li> Just words </li>" in text
    assert '<a href="/other/">Another page</a>' in text
    assert "<li> Not live </li>" in text


@pytest.fixture
def illustrate():
    """illustrate(draft) → the address of a picture that it shows from now on."""

    def illustrate(draft):
        picture = BytesIO()
        Picture.new("RGB", (4, 2), "navy").save(picture, "PNG")
        block = Image(parent=draft, region="main", ordering=1, alternative="A navy field")
        block.file.save("navy.png", ContentFile(picture.getvalue()))
        return f"/{block.file.url.removeprefix('/')}"

    return illustrate


def test_the_picture_of_a_scheduled_page_waits_for_its_time(
    illustrate, make_page, get, client, admin_client
):
    now = make_page("")
    draft = verbs.new_draft(now)
    address = illustrate(draft)
    at = timezone.now() + timedelta(days=1)
    publish(draft, at=at)
    assert client.get(address).status_code == 404
    assert address not in get("/")
    assert admin_client.get(address).status_code == 200
    type(draft).objects.filter(pk=now.pk).update(live_until=timezone.now())
    type(draft).objects.filter(pk=draft.pk).update(live_from=timezone.now())
    changes.record()
    assert client.get(address).status_code == 200
    assert address in get("/")


def test_pictures_that_no_page_shows_are_not_found(client):
    assert client.get("/files/images/2026/none.png").status_code == 404
    assert client.get("/files/images/../secret_key").status_code == 404


def test_a_table_scrolls_by_itself_and_can_be_reached_by_keyboard(write, get):
    write("", (Text, {"text": "<p>A</p><table><tbody><tr><td>1</td></tr></tbody></table>B"}))

    text = get("/")
    assert '<div class="scroll" tabindex="0" role="region"' in text
    assert "</table></div>B" in text


# Lists of agreements -----------------------------------------------------------------------------


@pytest.fixture
def trade(make_agreement):
    """Three agreements of a theme, and one of another."""
    signed = [("signature", "2001")]
    make_agreement("a", title="With Peru", parties=["EU", "PERU"], events=signed, themes=["trade"])
    make_agreement(
        "b", title="With Chile", parties=["EU", "CHILE"], themes=["trade"], kind="protocol",
        events=[("negotiations_concluded", "1999"), ("entry_into_force", "2003-04")],
    )  # fmt: skip
    make_agreement(
        "c", title="With Japan", parties=["JAPAN", "EU"], events=[("signature", "2005")],
        themes=["trade"],
    )  # fmt: skip
    make_agreement("d", title="Other", parties=["EU", "PERU"], events=signed, themes=["arts"])
    make_agreement("e", title="Without events", parties=["EU", "PERU"], themes=["trade"])
    return Theme.objects.get(slug="trade")


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("partner", ["With Chile", "With Japan", "With Peru"]),
        ("year", ["With Chile", "With Peru", "With Japan"]),
        ("newest", ["With Japan", "With Peru", "With Chile"]),
    ],
)
def test_the_orders_of_a_list(write, trade, get, order, titles):
    write("", (AgreementList, {"theme": trade, "order": order}))

    text = get("/")
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    assert "Other" not in text
    assert "Without events" not in text


def test_a_line_says_the_year_and_the_status_of_the_day(write, trade, get):
    write("", (AgreementList, {"theme": trade, "kinds": ["protocol"]}))

    today = get("/").split('class="agreements"')[1]
    assert 'In 1999, <a href="/agreements/b/">With Chile</a>' in today
    assert "The protocol has been in force since April 2003." in today
    assert "With Peru" not in today
    then = get("/?on=2000-01-01").split('class="agreements"')[1]
    assert "The protocol is negotiated but is not yet in force." in then
    assert 'href="/agreements/b/?on=2000-01-01"' in then


def test_a_request_that_began_before_a_publication_keeps_no_older_list(
    write, trade, get, make_agreement
):
    """Its moment is older than what is kept is said to be."""
    block = write("", (AgreementList, {"theme": trade})).strategy_agreementlist_set.get()
    began = Reading()
    make_agreement("late", title="With Korea", events=[("signature", "2020-05-01")],
                   themes=[trade.slug])  # fmt: skip
    chosen_for([block], began)

    assert "With Korea" in get("/")


def test_a_long_list_leads_to_the_register(write, trade, get, monkeypatch):
    monkeypatch.setattr(AgreementList, "LIMIT", 2)
    write("", (AgreementList, {"theme": trade}))

    text = get("/?on=2020-01-01")
    assert "With Peru" not in text
    assert 'href="/agreements/?theme=trade&amp;on=2020-01-01"' in text


def test_a_line_is_in_the_language_of_its_text(write, trade, get):
    write("", (AgreementList, {"theme": trade}))

    assert '<li class="agreements__line agreements__line--making" lang="en">' in get("/de/")


def test_a_list_of_one_kind_leads_to_that_kind_in_the_register(write, trade, get, monkeypatch):
    monkeypatch.setattr(AgreementList, "LIMIT", 1)
    write("", (AgreementList, {"kinds": ["agreement"]}))

    assert 'href="/agreements/?kind=agreement"' in get("/")
