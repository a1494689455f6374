"""The pages as readers open them."""

import datetime

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext

from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from strategy.blocks import Link
from strategy.models import PageEdition
from strategy.views import render_preview
from tests.answering import publish

pytestmark = pytest.mark.django_db

OUTDATED = "This translation is out of date: the text in the original language has changed since."


def says_outdated(text, language):
    with translation.override(language):
        return escape(gettext(OUTDATED)) in text


# Addresses ---------------------------------------------------------------------------------------


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


# Languages ---------------------------------------------------------------------------------------


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

    publish(verbs.new_draft(source))
    assert says_outdated(get("/de/"), "de")
    assert not says_outdated(get("/"), "en")


def test_a_withdrawn_translation_does_not_take_the_source_with_it(make_page, get):
    make_page("", title="Home")
    verbs.withdraw(make_page("", title="Start", language="de"), reason="Wrong")

    assert "Wrong" in get("/de/", status=410)
    assert "Home" in get("/")
    assert "Home" in get("/fr/")


# Days, editions, previews ------------------------------------------------------------------------


def test_the_day_is_said_and_not_for_search_engines(make_page, get):
    make_page("")

    text = get("/?on=2012-12-31")
    assert (
        'Legal state on 31 December 2012 <span class="notice__way">– <a href="/">show today</a>'
        in text
    )
    assert "noindex" in text
    assert "noindex" not in get("/")


@pytest.mark.parametrize("day", ["2012", "2012-13-01", "yesterday", "<b>", "2012-02-30"])
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
        publish(draft, change_note="A new title")
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
    publish(verbs.new_draft(first), at=timezone.now() + datetime.timedelta(days=1))

    get("/editions/2/", status=404)


def test_the_preview_of_a_draft_is_the_real_page_with_a_banner(make_page, make_file, rf):
    draft = make_page("", title="Not yet public", publish=False)
    document = Document.objects.create(slug="new", title="A new document")
    file = make_file(document)
    Link.objects.create(parent=draft, region="main", ordering=1, document=document)

    request = rf.get("/admin/preview/")
    text = render_preview(request, PageEdition.objects.get(pk=draft.pk)).content.decode()
    assert "Not yet public" in text
    assert "Readers do not see this" in text
    assert file.get_dated_url() in text


def test_the_preview_of_a_translation_is_in_its_language(make_page, rf):
    make_page("", title="Home")
    draft = make_page("", title="Start", language="de", publish=False)

    text = render_preview(rf.get("/admin/preview/"), draft).content.decode()
    assert '<html lang="de">' in text
    assert "<h1>Start</h1>" in text


def test_an_older_edition_says_that_it_was_withdrawn(make_page, get):
    verbs.withdraw(make_page(""), reason="It names persons")
    assert "It names persons" in get("/editions/1/")


def test_a_withdrawal_among_the_editions_tells_its_reason(make_page, get):
    make_page("")
    verbs.withdraw(make_page("old", title="Old"), reason="Out of date")

    assert "Out of date" in get("/old/editions/2/", status=410)
    assert "Old" in get("/old/editions/1/")
