"""The events of an agreement in its form: a card for each, in the order of their dates."""

import pytest
from lxml import html

from agreements.models import Party
from tests.forms import add_row, fields

from .panel import ADD, FORM, change_url, typed


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def draft(make_agreement):
    events = [("signature", "2012-06-26"), ("provisional_application", "2013-03?", "PE")]
    return make_agreement("peru", parties=["EU", "PE"], events=events, publish=False)


def cards(response):
    """Return [(line, whether it is open)] of the cards of a page, without the empty one."""
    tree = html.fromstring(response.content.decode())
    found = tree.xpath("//*[@id='events-group']//details[not(ancestor::*[@id='events-empty'])]")
    return [
        (" ".join(card.find("summary").text_content().split()), "open" in card.attrib)
        for card in found
    ]


def dates(response):
    values = fields(response, FORM)
    return [values[f"events-{n}-date"][0] for n in range(int(values["events-TOTAL_FORMS"][0]))]


def test_a_line_sums_up_each_stored_event(author, draft):
    assert cards(author.get(change_url(draft))) == [
        ("signature · 26 June 2012 · A register", False),
        ("provisional application · March 2013 (uncertain) · PE · A register", False),
    ]


def test_a_faulty_card_and_a_new_one_are_open(author, draft):
    values = typed(author, draft)
    values["events-1-date"] = ["some day"]
    add_row(values, "events", kind="conclusion", date="2014", scope="whole", party="")
    assert cards(author.post(change_url(draft), values)) == [
        ("signature · 26 June 2012 · A register", False),
        ("provisional application · some day · PE · A register", True),
        ("conclusion decision · 2014", True),
    ]


def test_the_line_follows_what_is_shown_again(author, draft):
    values = typed(author, draft)
    values |= {"events-0-source": ["IP/12/690"], "texts-0-title": [""]}
    values["events-1-party"] = [str(Party.objects.create(code="CO").pk)]
    assert [line for line, _open in cards(author.post(change_url(draft), values))] == [
        "signature · 26 June 2012 · IP/12/690",
        "provisional application · March 2013 (uncertain) · Colombia · A register",
    ]


def test_events_come_back_by_date_and_those_of_one_date_as_they_were_saved(author, draft):
    """A year is later than the first day of it, which the database would have otherwise."""
    values = typed(author, draft)
    for kind, date in (
        ("conclusion", "2012-06-26"), ("entry_into_force", "2012"), ("initialled", "2011-04"),
        ("negotiations_concluded", "2012-01-01"),
    ):  # fmt: skip
        add_row(values, "events", kind=kind, date=date, scope="whole", party="")
    author.post(change_url(draft), values)
    response = author.get(change_url(draft))
    assert dates(response) == [
        "2011-04", "2012-01-01", "2012", "2012-06-26", "2012-06-26", "2013-03?",
    ]  # fmt: skip
    kinds = [line.partition(" · ")[0] for line, _open in cards(response)]
    assert kinds[3:5] == ["signature", "conclusion decision"]


def test_a_refused_form_keeps_the_order_in_which_it_was_typed(author, draft):
    values = typed(author, draft)
    add_row(values, "events", kind="initialled", date="2011", scope="whole", party="")
    refused = author.post(change_url(draft), values | {"texts-0-title": [""]})
    assert dates(refused) == ["2012-06-26", "2013-03?", "2011"]


def test_every_field_has_its_label(author):
    tree = html.fromstring(author.get(ADD).content.decode())
    empty = tree.get_element_by_id("events-empty")
    named = {label.get("for") for label in empty.iter("label")}
    typed_in = empty.xpath(".//*[self::input or self::select][not(@type='hidden')]/@id")
    assert len(typed_in) == 9
    assert named == set(typed_in)


def test_its_queries_do_not_grow_with_its_cards(
    author, make_agreement, django_assert_max_num_queries
):
    codes = [f"X{number}" for number in range(20)]
    events = [("signature", str(1800 + n), codes[n % 20]) for n in range(200)]
    few = make_agreement("few", parties=codes, events=events[:1], publish=False)
    many = make_agreement("many", parties=codes, events=events, publish=False)
    author.get(change_url(few))
    with django_assert_max_num_queries(35) as one:
        author.get(change_url(few))
    with django_assert_max_num_queries(len(one)):
        response = author.get(change_url(many))
    assert len(cards(response)) == 200
