"""What readers are told that changed, in their language."""

import datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from PIL import Image as Picture

from agreements.models import AgreementEdition
from culturecoop.dates import PartialDate
from culturecoop.editions import verbs
from culturecoop.editions.differences.comparison import compare, compare_each
from culturecoop.editions.differences.sentences import lines
from strategy.models import Image, Link, Milestone, Text
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
    editions = list(AgreementEdition.objects.order_by("pk"))
    with CaptureQueriesContext(connection) as two:
        compare(*editions[:2], public=True)
    editions = list(AgreementEdition.objects.order_by("pk"))
    with CaptureQueriesContext(connection) as many:
        found = [line for one in compare_each(editions, public=True) for line in lines(one)]
    assert len(many) <= len(two)
    assert found[0] == "entry into force: 2010 → 2011"
    assert found[-1] == "entry into force: 2019 → 2020"
    assert compare_each([]) == []


# What readers do not see ------------------------------------------------------------------------


@pytest.fixture
def hidden(make_agreement):
    """An agreement that readers do not see, as a draft, scheduled or withdrawn."""

    def make(state):
        edition = make_agreement("secret-talks", title="Secret talks", publish=False)
        if state == "scheduled":
            publish(edition, at=timezone.now() + datetime.timedelta(days=1))
        if state == "withdrawn":
            verbs.withdraw(publish(edition), reason="By mistake")
        return edition.agreement

    return make


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_a_relation_to_what_readers_do_not_see_is_not_told(live, hidden, state):
    draft = verbs.new_draft(live)
    draft.relations.create(kind="amends", agreement=hidden(state))
    assert said(live, draft) == []
    assert compare(live, draft).count == 1  # for editors


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_nor_is_a_link_to_it(make_page, hidden, state):
    live = make_page("", title="Home")
    draft = verbs.new_draft(live)
    target = hidden(state)
    Link.objects.create(parent=draft, region="main", ordering=1, agreement=target)
    Link.objects.create(parent=draft, region="main", ordering=2, title="A title", agreement=target)
    assert said(live, draft) == ["link added: A title"]
    first = publish(draft)
    second = verbs.new_draft(first)
    Link.objects.filter(parent=second).update(agreement=None, address="/x/")
    assert "ecret" not in " ".join(said(first, second))


def test_what_they_see_is_told_by_its_title(live, make_agreement):
    other = make_agreement("other-one", title="Protocol on music").agreement
    draft = verbs.new_draft(live)
    draft.relations.create(kind="amends", agreement=other)
    (line,) = said(live, draft)
    assert line.startswith("related agreement added: amends Protocol on music")


def test_of_a_language_that_the_site_does_not_speak_the_titles_are_told(live):
    draft = verbs.new_draft(live)
    draft.texts.create(language="pl", title="Protokół", summary="Streszczenie")
    first = publish(draft)
    second = verbs.new_draft(first)
    second.texts.filter(language="pl").update(title="Umowa", summary="Inne")
    assert said(first, second) == ["Polish, short title: Protokół → Umowa"]


def test_words_of_blocks_are_those_that_people_read(make_page):
    live = make_page("", title="Home")
    draft = verbs.new_draft(live)
    Text.objects.create(parent=draft, region="main", ordering=1, text="<p>Fish &amp; chips</p>")
    date = PartialDate.parse("2007-12?")
    Milestone.objects.create(parent=draft, region="main", ordering=2, date=date, text="Signed")
    picture = BytesIO()
    Picture.new("RGB", (4, 2), "navy").save(picture, "PNG")
    image = Image(parent=draft, region="main", ordering=3)
    image.file.save("IMG_1234.png", ContentFile(picture.getvalue()))
    found = said(live, draft)
    assert found[0] == "text added: Fish & chips"
    assert "2007-12" not in found[1]
    assert found[2] == "image added"


def test_there_are_never_too_many_lines(make_agreement):
    live = make_agreement("many", parties=["EU", "KR"])
    draft = verbs.new_draft(live)
    for year in range(1950, 2000):
        draft.events.create(kind="other", date=PartialDate.parse(str(year)))
    found = said(live, draft)
    assert len(found) == 21
    assert found[-1] == "and 30 more"


def test_a_kind_of_events_that_is_no_longer_known_is_told_by_its_code(live):
    draft = verbs.new_draft(live)
    draft.events.filter(kind="signature").update(kind="sealed")
    assert "sealed" in " ".join(said(live, draft))
