"""The pages as readers open them."""

import datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext
from PIL import Image as Picture

from agreements.models import Theme
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from strategy.blocks import AgreementList, Image, Link, Milestone, Text
from strategy.models import PageEdition
from strategy.previews import preview

pytestmark = pytest.mark.django_db

OUTDATED = "This translation is out of date: the text in the original language has changed since."


def says_outdated(text, language):
    with translation.override(language):
        return escape(gettext(OUTDATED)) in text


@pytest.fixture
def get(client):
    """get("/") → the HTML of the page, which must answer with `status`."""

    def open_(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        return " ".join(response.content.decode().split())

    return open_


@pytest.fixture
def write(make_page):
    """write("", (Text, {"text": "…"}), …) → the published edition with these blocks."""

    def write_(path, *blocks, region="main", **fields):
        draft = make_page(path, publish=False, **fields)
        for ordering, (model, values) in enumerate(blocks):
            model.objects.create(
                **{"parent": draft, "ordering": ordering, "region": region, **values}
            )
        return verbs.publish(draft)

    return write_


@pytest.fixture
def report(make_file):
    """A document in English and French whose files are public."""
    document = Document.objects.create(slug="report", title="The report")
    for language in ("en", "fr"):
        make_file(document, language=language, pages=2)
    document.files.update(live_from=timezone.now())
    return document


# Addresses --------------------------------------------------------------------------------------


def test_a_page_stands_below_others_in_its_navigation_path(make_page, get):
    make_page("", title="Home")
    make_page("work", title="Our work")
    make_page("work/deep", title="Deep down")

    text = get("/work/deep/")
    path = text.split('class="path"')[1].split("</nav>")[0]
    assert path.index('href="/"') < path.index('href="/work/"') < path.index("Deep down")
    assert '<li aria-current="page">Deep down</li>' in path


def test_menus_come_from_the_pages(make_page, get):
    make_page("", title="Home")
    make_page("second", title="Second", menu="header", position=2)
    make_page("first", title="First", menu="header", position=1)
    make_page("legal", title="Legal notice", menu="footer")
    make_page("hidden", title="Not live", menu="header", publish=False)

    text = get("/")
    header, footer = text.split("</header>")[0], text.split("<footer")[1]
    assert header.index("First") < header.index("Second")
    assert "Legal notice" in footer
    assert "Not live" not in text


def test_drafts_and_unknown_addresses_are_not_found(make_page, get):
    make_page("")
    make_page("draft", publish=False)

    get("/draft/", status=404)
    get("/none/at/all/", status=404)


def test_a_withdrawn_page_is_gone_with_the_reason_or_leads_on(make_page, get, client):
    make_page("")
    verbs.withdraw(make_page("old"), reason="Out of date since 2012.")
    assert "Out of date since 2012." in get("/old/", status=410)

    verbs.withdraw(make_page("moved"), reason="Moved", redirect_to="/")
    assert client.get("/moved/").headers["Location"] == "/"


# Languages --------------------------------------------------------------------------------------


def test_a_page_that_lacks_the_readers_language_shows_the_source_with_a_notice(make_page, get):
    make_page("", title="Home")

    text = get("/de/")
    assert '<html lang="de">' in text
    assert 'class="page__head" lang="en"' in text
    assert "Englisch" in text.split("<main")[1]
    assert "noindex" in text


def test_languages_of_a_page_are_linked_in_its_head(make_page, get):
    make_page("", title="Home")
    make_page("", title="Start", language="de")

    for address in ("/", "/de/"):
        head = get(address).split("</head>")[0]
        assert '<link rel="alternate" hreflang="de" href="http://testserver/de/">' in head
        assert '<link rel="alternate" hreflang="en" href="http://testserver/">' in head
        assert 'hreflang="fr"' not in head
    assert "Start" in get("/de/")


def test_the_other_languages_keep_the_day_and_leave_the_edition(make_page, get):
    make_page("", title="Home")

    assert '<a href="/de/?on=2012-12-31" lang="de"' in get("/?on=2012-12-31")
    assert '<a href="/?on=2012-12-31" lang="en"' in get("/fr/?on=2012-12-31")
    assert '<a href="/de/" lang="de"' in get("/editions/1/")


def test_a_translation_that_is_out_of_date_says_so(make_page, get):
    source = make_page("", title="Home")
    make_page("", title="Start", language="de")
    assert not says_outdated(get("/de/"), "de")

    verbs.publish(verbs.new_draft(source))
    assert says_outdated(get("/de/"), "de")
    assert not says_outdated(get("/"), "en")


def test_a_withdrawn_translation_does_not_take_the_source_with_it(make_page, get):
    make_page("", title="Home")
    verbs.withdraw(make_page("", title="Start", language="de"), reason="Wrong")

    assert "Wrong" in get("/de/", status=410)
    assert "Home" in get("/")
    assert "Home" in get("/fr/")


# Blocks -----------------------------------------------------------------------------------------


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
    assert "<li>Just words</li>" in text
    assert '<a href="/other/">Another page</a>' in text
    assert "<li>Not live</li>" in text


def test_a_picture_is_served_once_its_page_is_published(
    write, make_page, get, client, admin_client
):
    picture = BytesIO()
    Picture.new("RGB", (4, 2), "navy").save(picture, "PNG")
    draft = make_page("", publish=False)
    block = Image(parent=draft, region="main", ordering=1, alternative="A navy field")
    block.file.save("navy.png", ContentFile(picture.getvalue()))

    address = block.file.url if block.file.url.startswith("/") else f"/{block.file.url}"
    assert client.get(address).status_code == 404
    assert admin_client.get(address).status_code == 200
    verbs.publish(draft)
    response = client.get(address)
    assert response.headers["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content) == picture.getvalue()
    assert f'<img src="{address}" alt="A navy field" width="4" height="2"' in get("/")


def test_pictures_that_no_page_shows_are_not_found(client):
    assert client.get("/files/images/2026/none.png").status_code == 404
    assert client.get("/files/images/../secret_key").status_code == 404


# Lists of agreements ------------------------------------------------------------------------------


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
    assert "The protocol is in force since April 2003." in today
    assert "With Peru" not in today
    then = get("/?on=2000-01-01").split('class="agreements"')[1]
    assert "The protocol is negotiated but is not yet in force." in then
    assert 'href="/agreements/b/?on=2000-01-01"' in then


def test_a_long_list_leads_to_the_register(write, trade, get, monkeypatch):
    monkeypatch.setattr(AgreementList, "LIMIT", 2)
    write("", (AgreementList, {"theme": trade}))

    text = get("/?on=2020-01-01")
    assert "With Peru" not in text
    assert 'href="/agreements/?theme=trade&amp;on=2020-01-01"' in text


def test_a_line_is_in_the_language_of_its_text(write, trade, get):
    write("", (AgreementList, {"theme": trade}))

    assert '<li class="agreements__line agreements__line--making" lang="en">' in get("/de/")


# Days, editions, previews -------------------------------------------------------------------------


def test_the_day_is_said_and_not_for_search_engines(make_page, get):
    make_page("")

    text = get("/?on=2012-12-31")
    assert (
        'Legal state on 31 December 2012 <span class="notice__way">– <a href="/">show today</a>'
        in text
    )
    assert "noindex" in text
    assert "noindex" not in get("/")


@pytest.mark.parametrize("day", ["2012", "2012-13-01", "yesterday", "%00", "<b>", "2012-02-30"])
def test_a_malformed_day_is_said_and_gives_today(make_page, get, day):
    make_page("")

    text = get(f"/?on={day}")
    assert "is not a day. Write it as year-month-day, like 2012-12-31." in text
    assert "<b>" not in text


def test_an_edition_shows_what_readers_saw_with_its_files(write, make_page, make_file, report, get):
    edition = write("", (Link, {"document": report}), title="As it was")
    old = report.files.get(language="en")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        make_file(report, pages=3)
        draft = verbs.new_draft(edition)
        draft.title = "As it is"
        draft.save()
        verbs.publish(draft, change_note="A new title")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        past, now = get("/editions/1/"), get("/")
    assert "As it was" in past
    assert old.get_dated_url() in past
    assert "As published from" in past
    assert "noindex" in past
    assert '/documents/report/en"' in now
    assert '<a href="/editions/2/" rel="nofollow">' in now
    assert "A new title" in now


def test_editions_are_numbered_in_their_language(make_page, get):
    make_page("", title="Home")
    make_page("", title="Start", language="de")

    assert "Start" in get("/de/editions/1/")
    get("/fr/editions/1/", status=404)


def test_drafts_and_scheduled_editions_are_not_found(make_page, get):
    first = make_page("")
    verbs.publish(verbs.new_draft(first), at=timezone.now() + datetime.timedelta(days=1))

    get("/editions/2/", status=404)


def test_the_preview_of_a_draft_is_the_real_page_with_a_banner(make_page, make_file, rf):
    draft = make_page("", title="Not yet public", publish=False)
    document = Document.objects.create(slug="new", title="A new document")
    file = make_file(document)
    Link.objects.create(parent=draft, region="main", ordering=1, document=document)

    request = rf.get("/admin/preview/")
    text = preview(request, PageEdition.objects.get(pk=draft.pk)).content.decode()
    assert "Not yet public" in text
    assert "Readers do not see this" in text
    assert file.get_dated_url() in text


def test_the_preview_of_a_translation_is_in_its_language(make_page, rf):
    make_page("", title="Home")
    draft = make_page("", title="Start", language="de", publish=False)

    text = preview(rf.get("/admin/preview/"), draft).content.decode()
    assert '<html lang="de">' in text
    assert "<h1>Start</h1>" in text


def test_a_table_scrolls_by_itself_and_can_be_reached_by_keyboard(write, get):
    write("", (Text, {"text": "<p>A</p><table><tbody><tr><td>1</td></tr></tbody></table>B"}))

    text = get("/")
    assert '<div class="scroll" tabindex="0" role="region"' in text
    assert "</table></div>B" in text


def test_a_withdrawal_among_the_editions_tells_its_reason(make_page, get):
    make_page("")
    verbs.withdraw(make_page("old", title="Old"), reason="Out of date")

    assert "Out of date" in get("/old/editions/2/", status=410)
    assert "Old" in get("/old/editions/1/")


def test_a_list_of_one_kind_leads_to_that_kind_in_the_register(write, trade, get, monkeypatch):
    monkeypatch.setattr(AgreementList, "LIMIT", 1)
    write("", (AgreementList, {"kinds": ["agreement"]}))

    assert 'href="/agreements/?kind=agreement"' in get("/")
