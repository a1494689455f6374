"""The editions of a page: the language they are listed in, a day in them, how they are cited."""

import datetime
import re

import pytest
import time_machine

from agreements.models import Theme
from culturecoop.editions import verbs
from strategy.blocks import AgreementList
from strategy.views import render_preview
from tests.answering import publish

pytestmark = pytest.mark.django_db


def cited(text):
    """Return the citation as a browser copies it."""
    found = re.search('<p class="cite__text">(.*?)</p>', text)[1]
    return re.sub("<[^>]*>", "", found).strip()


def test_without_a_language_of_its_own_it_lists_what_its_readers_are_shown(make_page, get):
    make_page("", title="Home")
    make_page("", title="Accueil", language="fr")

    text = get("/de/editions/")
    assert '<p class="lead" lang="en"><a href="/de/">Home</a>' in text
    assert 'href="/editions/1/"' in text
    assert "Englisch" in text.split("<main")[1]
    assert 'href="/fr/editions/1/"' in get("/fr/editions/")
    assert "Accueil" in get("/fr/editions/")
    assert 'href="/de/editions/"' in get("/de/")


def test_each_language_lists_its_own(make_page, get):
    make_page("", title="Home")
    german = make_page("", title="Start", language="de")
    publish(verbs.new_draft(german))

    assert get("/editions/").count('class="editions__line') == 1
    assert get("/de/editions/").count('class="editions__line') == 2


def test_a_withdrawn_translation_lists_its_own(make_page, get):
    make_page("", title="Home")
    verbs.withdraw(make_page("", title="Start", language="de"), reason="Wrong")

    text = get("/de/editions/")
    assert "Wrong" in text
    assert 'href="/de/editions/1/"' in text
    assert "Wrong" not in get("/editions/")


def test_the_list_stands_below_its_page_in_the_navigation_path(make_page, get):
    make_page("", title="Home")
    make_page("work", title="Our work")
    make_page("work/deep", title="Deep down")

    path = get("/work/deep/editions/").split('class="path"')[1].split("</nav>")[0]
    assert re.findall('href="(.*?)"', path) == ["/", "/work/", "/work/deep/"]
    assert '<li aria-current="page">All editions</li>' in path


def test_a_day_moves_the_law_of_an_older_edition(korea, write, get):
    theme = Theme.objects.get(slug="films")
    page = write("", (AgreementList, {"theme": theme, "order": "year"}), title="As it was")
    draft = verbs.new_draft(page)
    draft.title = "As it is"
    draft.save()
    publish(draft)

    text = get("/editions/1/?on=2012-12-31")
    assert "<h1>As it was</h1>" in text
    assert "Legal state on 31 December 2012" in text
    assert "As published from" in text
    assert 'href="/agreements/korea/?on=2012-12-31"' in text
    assert '<a href="/de/?on=2012-12-31" lang="de"' in text
    assert "noindex" in text
    assert "As it is" not in text
    assert text != get("/editions/1/")


@pytest.fixture
def korea(make_agreement):
    events = [("signature", "2010-10-06"), ("entry_into_force", "2015-12-13")]
    return make_agreement("korea", parties=["EU", "KR"], events=events, themes=["films"])


@pytest.mark.parametrize("day", ["2012", "2012-13-01", "yesterday", "<b>", "2012-02-30"])
def test_a_malformed_day_is_said(make_page, get, day):
    make_page("")

    text = get(f"/editions/1/?on={day}")
    assert "is not a day. Write it as year-month-day, like 2012-12-31." in text
    assert "<b>" not in text


def test_a_page_is_cited_by_its_edition(make_page, get):
    with time_machine.travel(datetime.datetime(2030, 3, 1, 8, tzinfo=datetime.UTC)):
        make_page("", title="Home")
        make_page("work", title="Our <work>")
        for address in ("/work/", "/work/editions/1/"):
            assert cited(get(address)) == (
                "Our &lt;work&gt;. Cultural cooperation. Edition 1, published on 1 March 2030. "
                "Legal state on 1 March 2030. "
                "Accessed on 1 March 2030: http://testserver/work/editions/1/?on=2030-03-01"
            )
        dated = cited(get("/work/?on=2012-12-31"))
        assert "Legal state on 31 December 2012." in dated
        assert dated.endswith("http://testserver/work/editions/1/?on=2012-12-31")
        assert '<cite lang="en">Home</cite>' in get("/de/")
        assert cited(get("/de/")).endswith("http://testserver/editions/1/?on=2030-03-01")


def test_a_draft_is_not_cited(make_page, rf):
    live = make_page("", title="Home")
    draft = verbs.new_draft(live)
    text = render_preview(rf.get("/admin/preview/"), draft).content.decode()
    assert "cite__text" not in text
    assert "All editions" not in text
