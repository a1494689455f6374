"""The list of all editions of an agreement or of a page, as readers open it."""

import datetime
import re
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culturecoop.editions import verbs
from culturecoop.editions.lines import edition_lines
from culturecoop.reference.verbs import amend
from tests.answering import publish

pytestmark = pytest.mark.django_db
NINE = datetime.datetime(2030, 3, 1, 8, tzinfo=datetime.UTC)  # in Brussels
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


@pytest.fixture(params=["agreement", "page", "home page"])
def live(request, clock, make_agreement, make_page):
    if request.param == "agreement":
        return make_agreement("korea", title="The first title", parties=["EU", "KR"])
    make_page("", title="The first title")
    if request.param == "page":
        return make_page("work", title="The first title")
    return make_page("", title="The first title", language="fr")


@pytest.fixture
def address(live):
    prefix = "/fr" if getattr(live, "language", "") == "fr" else ""
    return f"{prefix}{live.identity.get_absolute_url()}editions/"


def lines(text):
    """Return what each line of the list says, its tags left out."""
    found = re.findall('<li class="editions__line.*?</li>', text)
    return [" ".join(re.sub("<[^>]*>", " ", line).split()) for line in found]


def in_english(lines):
    words = {
        "Version": "Edition",
        "mars": "March",
        "aujourd’hui": "now",
        "Retiré du site": "Withdrawn",
    }
    for french, english in words.items():
        lines = [line.replace(french, english).replace("1er", "1") for line in lines]
    return lines


def test_it_says_from_when_until_when_and_what_was_new(live, address, clock, get):
    clock.shift(2 * DAY)
    publish(verbs.new_draft(live), change_note="A new title")

    text = get(address)
    assert in_english(lines(text)) == [
        "Edition 2 3 March 2030 – now A new title",
        "Edition 1 1 March 2030 – 3 March 2030",
    ]
    for number in (1, 2):
        assert f'<a href="{address}{number}/" rel="nofollow">' in text
        get(f"{address}{number}/")


def test_the_hours_of_one_that_stood_for_part_of_a_day(live, address, clock, get):
    clock.shift(HOUR)
    publish(verbs.new_draft(live))

    last = in_english(lines(get(address)))[-1]
    assert last == "Edition 1 1 March 2030, 09:00 – 10:00"


def test_what_readers_have_not_seen_is_not_in_it(live, address, clock, get):
    second = publish(verbs.new_draft(live), at=NINE + DAY)
    assert in_english(lines(get(address))) == ["Edition 1 1 March 2030 – now"]

    verbs.new_draft(second)
    assert len(lines(get(address))) == 1
    clock.shift(DAY)
    assert len(lines(get(address))) == 2


def test_a_cancelled_schedule_is_not_in_it(live, address, clock, get):
    publish(verbs.new_draft(live), at=NINE + DAY)
    verbs.withdraw(live, reason="By mistake")
    clock.shift(2 * DAY)

    assert [line.split()[0] for line in in_english(lines(get(address)))] == ["Withdrawn", "Edition"]


def test_a_withdrawal_tells_its_reason_and_the_list_stays(live, address, clock, get):
    """As the older editions do, which stay at their own addresses."""
    clock.shift(DAY)
    verbs.withdraw(live, reason="It names <persons>")

    text = get(address)
    assert in_english(lines(text)) == [
        "Withdrawn 2 March 2030 – now It names &lt;persons&gt;",
        "Edition 1 1 March 2030 – 2 March 2030",
    ]
    assert "The first title" in text
    assert f'href="{address}2/"' not in text
    get(f"{address}1/")


def test_what_was_restored_goes_on(live, address, clock, get):
    clock.shift(DAY)
    verbs.withdraw(live, reason="By mistake", redirect_to="https://example.org/")
    clock.shift(DAY)
    publish(verbs.restore(live))

    assert in_english(lines(get(address))) == [
        "Edition 3 3 March 2030 – now",
        "Withdrawn 2 March 2030 – 3 March 2030 By mistake",
        "Edition 1 1 March 2030 – 2 March 2030",
    ]


def test_it_is_linked_from_what_is_published_and_from_each_edition(live, address, get):
    link = f'href="{address}" rel="nofollow">'
    main = address.removesuffix("editions/")
    assert link in get(main)
    assert link in get(f"{address}1/")
    assert link in get(f"{main}?on=2012-12-31")


def test_search_engines_leave_it_out(live, address, get):
    assert "noindex" in get(address)
    for file in re.findall("<loc>(.*?)</loc>", get("/sitemap.xml")):
        assert "/editions/" not in get(file)


def test_the_old_address_leads_on_to_the_new_one(make_agreement, make_page, client):
    make_page("")
    for identity in (make_agreement("korea").agreement, make_page("korea").page):
        identity.slug = "south-korea"
        amend(identity)
    for place in ("/fr/agreements/{}/editions/", "/de/{}/editions/"):
        moved = client.get(place.format("korea"))
        assert moved.status_code == 301
        assert moved.url == place.format("south-korea")


@pytest.mark.parametrize("form", ["/agreements/{}/editions/", "/{}/editions/", "/de/{}/editions/"])
def test_what_readers_have_never_seen_has_none(make_agreement, make_page, get, form):
    make_page("")
    make_page("draft", publish=False)
    make_page("later", publish=False)
    make_agreement("draft", publish=False)
    for slug in ("draft", "nothing", "agreements", "parties"):
        get(form.format(slug), status=404)


def test_a_schedule_ahead_has_none(make_page, get):
    make_page("")
    publish(make_page("later", publish=False), at=timezone.now() + DAY)

    get("/later/editions/", status=404)


def test_what_changed_is_said_where_it_is_known(live):
    line = edition_lines(live)[0]
    context = {"line": replace(line, changes=["Signed by <Peru>."]), "foreign": ""}
    text = render_to_string("components/edition_line.html", context)
    assert "<h3>What changed</h3>" in text
    assert "<li>Signed by &lt;Peru&gt;.</li>" in text
    assert "What changed" not in render_to_string("components/edition_line.html", {"line": line})


def test_what_changed_is_told_without_a_note(live, address, clock, get):
    clock.shift(HOUR)
    draft = verbs.new_draft(live)
    if hasattr(draft, "texts"):
        draft.texts.update(title="Another title")
        draft.internal_note = "Ask the Council"
    else:
        draft.title = "Another title"
    draft.save()
    publish(draft)
    newest, first = lines(get(address))
    assert newest.endswith("The first title → Another title")
    assert "→" not in first
    assert "Ask the Council" not in newest


def queries(get, address):
    with CaptureQueriesContext(connection) as captured:
        get(address)
    return len(captured)


def test_as_many_queries_for_fifty_editions_as_for_one(live, address, clock, get):
    get(address)
    few = queries(get, address)
    for _n in range(49):
        clock.shift(HOUR)
        live = publish(verbs.new_draft(live), change_note="Again")
    get(address)

    assert len(lines(get(address))) == 50
    assert queries(get, address) == few <= 6
