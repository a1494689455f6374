"""The editions of an agreement: the legal state of another day in them, and how all are cited."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from tests.answering import publish

pytestmark = pytest.mark.django_db
EDITION = "/agreements/korea/editions/1/"
IN_FORCE = "The protocol has been in force since 13 December 2015."
APPLIED = "The protocol has been provisionally applied since 1 July 2011."
DAY = datetime.timedelta(days=1)


def corrected(korea):
    draft = verbs.new_draft(korea)
    draft.texts.update(title="Protocol on films, corrected")
    return publish(draft)


def cited(text):
    """Return the citation as a browser copies it."""
    found = re.search('<p class="cite__text">(.*?)</p>', text)[1]
    return re.sub("<[^>]*>", "", found).strip()


# A day in an edition -----------------------------------------------------------------------------


def test_a_day_moves_the_law_of_an_older_edition(korea, get):
    corrected(korea)

    text = get(f"{EDITION}?on=2012-12-31")
    assert "Protocol on films, corrected" not in text
    assert APPLIED in text
    assert "13 December 2015" not in text
    assert "As published from" in text
    assert "Legal state on 31 December 2012" in text
    assert "noindex" in text
    assert IN_FORCE in get(EDITION)


def test_the_title_of_the_window_tells_edition_and_day(korea, get):
    found = re.search("<title>(.*?)</title>", get(f"{EDITION}?on=2012-12-31"))[1]
    assert found.strip().startswith(
        "Protocol on films (EU – South Korea) – Edition 1 – Legal state on 31 December 2012 – "
    )


def test_links_keep_the_day_and_today_leaves_it(korea, get):
    text = get(f"{EDITION}?on=2012-12-31")
    assert f'– <a href="{EDITION}">show today</a>' in text
    assert 'href="/agreements/korea/?on=2012-12-31">Show what is published now' in text
    assert 'href="/parties/KR/?on=2012-12-31"' in text
    assert '<a href="/de/agreements/korea/?on=2012-12-31" lang="de"' in text

    corrected(korea)
    text = get(f"{EDITION}?on=2012-12-31")
    assert "show today" not in text
    assert f'<a href="{EDITION}"> show the last day of this edition</a>' in text


def test_another_day_is_asked_for_on_the_page_of_the_edition(korea, get):
    assert f'<form class="state__day" action="{EDITION}" method="get">' in get(EDITION)
    assert '<form class="state__day" action="/agreements/korea/"' in get("/agreements/korea/")


@pytest.mark.parametrize("day", ["2012", "31-12-2012", "2012-02-30", "<b>"])
def test_a_malformed_day_is_said(korea, get, day):
    text = get(f"{EDITION}?on={day}")
    assert "is not a day. Write it as year-month-day, like 2012-12-31." in text
    assert "What you see is today’s state." in text
    assert IN_FORCE in text
    assert "<b>" not in text


def test_of_an_older_edition_a_malformed_day_gives_its_last(korea, get):
    corrected(korea)
    with time_machine.travel(timezone.now() + DAY):
        text = get(f"{EDITION}?on=2012")
    assert "What you see is the state of the last day of this edition." in text
    assert "today’s state" not in text


def test_a_day_leaves_the_files_of_the_edition(korea, get, make_file):
    document = Document.objects.create(slug="text", title="The text")
    old = make_file(document)
    draft = verbs.new_draft(korea)
    draft.documents.create(document=document)
    publish(draft)
    with time_machine.travel(timezone.now() + DAY):
        new = make_file(document, pages=99)
        publish(verbs.new_draft(draft))
        text = get("/agreements/korea/editions/2/?on=2012-12-31")
    assert old.get_dated_url() in text
    assert new.get_dated_url() not in text


def test_a_withdrawal_is_gone_on_any_day(korea, get):
    verbs.withdraw(korea, reason="A mistake")

    assert "A mistake" in get("/agreements/korea/editions/2/?on=2012-12-31", status=410)
    text = get(f"{EDITION}?on=2012-12-31")
    assert "A mistake" in text
    assert APPLIED in text


# How to cite -------------------------------------------------------------------------------------


@pytest.fixture
def published(korea):
    """The agreement, published on 1 March 2030 and read on the 5th."""
    with time_machine.travel(datetime.datetime(2030, 3, 1, 8, tzinfo=datetime.UTC)):
        live = publish(verbs.new_draft(korea))
    with time_machine.travel(datetime.datetime(2030, 3, 5, 8, tzinfo=datetime.UTC)):
        yield live


def test_what_is_read_today(published, get):
    assert cited(get("/agreements/korea/")) == (
        "Protocol on films (EU – South Korea). Cultural cooperation. "
        "Edition 2, published on 1 March 2030. Legal state on 5 March 2030. "
        "Accessed on 5 March 2030: http://testserver/agreements/korea/editions/2/"
        "?on=2030-03-05"
    )


def test_the_chosen_day_is_in_the_address(published, get):
    said = cited(get("/agreements/korea/?on=2012-12-31"))
    assert "Legal state on 31 December 2012. Accessed on 5 March 2030:" in said
    address = said.split()[-1]
    assert address == "http://testserver/agreements/korea/editions/2/?on=2012-12-31"
    assert cited(get(address)) == said


def test_an_older_edition_is_cited_as_it_was(published, get):
    draft = verbs.new_draft(published)
    draft.texts.update(title="Protocol on films, corrected")
    publish(draft)

    said = cited(get("/agreements/korea/editions/2/"))
    assert said.startswith("Protocol on films (EU – South Korea).")
    assert said.endswith("/agreements/korea/editions/2/?on=2030-03-05")
    assert "/agreements/korea/editions/3/?on=" in cited(get("/agreements/korea/"))


def test_what_is_cited_is_what_the_address_shows_years_later(make_agreement, get):
    events = [("signature", "2029-01-01"), ("entry_into_force", "2032-01-01")]
    with time_machine.travel(datetime.datetime(2030, 3, 1, 8, tzinfo=datetime.UTC)):
        make_agreement("peru", parties=["EU", "PE"], events=events)
        said = cited(get("/agreements/peru/"))
        state = get("/agreements/peru/").split('class="state__sentence">')[1].split("</p>")[0]
    with time_machine.travel(datetime.datetime(2035, 3, 1, 8, tzinfo=datetime.UTC)):
        assert "in force since 1 January 2032" in get("/agreements/peru/")
        assert state in get(said.split()[-1])


def test_the_next_day_it_says_so(published, get):
    assert "Accessed on 5 March 2030:" in cited(get("/agreements/korea/"))
    with time_machine.travel(datetime.datetime(2030, 3, 6, 8, tzinfo=datetime.UTC)):
        assert "Accessed on 6 March 2030:" in cited(get("/agreements/korea/"))


def test_it_is_in_the_language_of_the_reader_with_the_title_in_its_own(published, get):
    text = get("/de/agreements/korea/")
    assert '<cite lang="en">Protocol on films (EU – South Korea)</cite>' in text
    assert cited(text).endswith("http://testserver/de/agreements/korea/editions/2/?on=2030-03-05")
    assert "<cite>Protocol" in get("/agreements/korea/")
