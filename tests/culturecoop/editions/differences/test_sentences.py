"""What readers are told that changed, in their language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from culturecoop.dates import PartialDate
from culturecoop.editions import verbs
from culturecoop.editions.differences.comparison import compare, compare_each
from culturecoop.editions.differences.sentences import lines
from strategy.models import Text
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(make_agreement):
    events = [("signature", "2010-10-06"), ("entry_into_force", "2010")]
    return make_agreement("korea", title="Protocol", parties=["EU", "KR"], events=events)


def said(before, after):
    return lines(compare(before, after, public=True))


def test_a_date_is_told_without_the_name_of_its_field(live):
    draft = verbs.new_draft(live)
    draft.events.filter(kind="entry_into_force").update(date=PartialDate.parse("2012"))
    assert said(live, draft) == ["entry into force: 2010 → 2012"]
    with translation.override("de"):
        assert said(live, draft) == ["Inkrafttreten: 2010 → 2012"]


def test_what_came_went_and_changed(live):
    draft = verbs.new_draft(live)
    draft.legal_basis, draft.internal_note = "Article 167 TFEU", "Ask the Council"
    draft.save()
    draft.events.get(kind="signature").delete()
    draft.events.update(note="Exchange of notes")
    draft.texts.update(title="Protocol on films", summary="Words. " * 40)
    assert said(live, draft) == [
        "legal basis added: Article 167 TFEU",
        "English, short title: Protocol → Protocol on films",
        "English, summary: changed",
        "entry into force, 2010, note added: Exchange of notes",
        "event removed: signature, 6 October 2010",
    ]


def test_a_text_of_a_page_is_told_as_changed(make_page):
    draft = make_page("", title="Home", publish=False)
    Text.objects.create(parent=draft, region="main", ordering=10, text="<p>First words</p>")
    first = publish(draft)
    second = verbs.new_draft(first)
    Text.objects.filter(parent=second).update(text="<p>First <strong>words</strong></p>")
    assert said(first, second) == ["First words, text: changed"]


def test_many_editions_are_compared_in_the_queries_of_two(live):
    editions = [live]
    for year in range(2011, 2021):
        draft = verbs.new_draft(editions[-1])
        draft.events.filter(kind="entry_into_force").update(date=PartialDate.parse(str(year)))
        editions.append(publish(draft))
    with CaptureQueriesContext(connection) as two:
        compare(*editions[:2])
    with CaptureQueriesContext(connection) as many:
        found = [line for one in compare_each(editions, public=True) for line in lines(one)]
    assert len(many) <= len(two)
    assert found[0] == "entry into force: 2010 → 2011"
    assert found[-1] == "entry into force: 2019 → 2020"
    assert compare_each([]) == []
