"""The page of the admin that compares two editions, and the ways to it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culturecoop.editions import verbs
from culturecoop.reference.admin import admin_address
from tests.answering import publish

pytestmark = pytest.mark.django_db


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def compare(edition, other=None, view=""):
    asked = f"?with={other.pk}&view={view}" if other else ""
    return admin_address(edition).replace("/change/", "/compare/") + asked


def count(page):
    return re.search(r'class="comparison__count">([^<]*)<', page)[1].strip()


@pytest.fixture
def draft(live):
    draft = verbs.new_draft(live)
    draft.texts.update(title="Peru and Ecuador")
    draft.internal_note = "Ask the Council"
    draft.save()
    return draft


def test_a_draft_is_compared_with_what_readers_see(author, live, draft):
    page = page_of(author, compare(draft))
    assert count(page) == "2 things differ."
    assert '<ins><span class="visually-hidden">added: </span> and Ecuador</ins>' in page
    assert "Edition 1 · live" in page


def test_side_by_side(author, live, draft):
    page = page_of(author, compare(draft, live, "sides"))
    assert 'class="compared__older"' in page
    assert 'class="compared__newer"' in page


def test_the_older_one_is_the_older_one_from_whichever_side(author, live, draft):
    one, other = (page_of(author, compare(*pair)) for pair in [(draft, live), (live, draft)])
    differing = slice(one.index("comparison__heads"), None)
    assert one[differing] == other[other.index("comparison__heads") :]


def test_any_two_editions_can_be_chosen(author, live, draft):
    second = publish(draft)
    third = publish(verbs.new_draft(second))
    assert count(page_of(author, compare(third))) == "Nothing differs."
    assert count(page_of(author, compare(third, live))) == "2 things differ."
    page = page_of(author, compare(live))
    assert "There is nothing to compare it with" in page
    assert [f'value="{one.pk}"' in page for one in (second, third)] == [True, True]


@pytest.mark.parametrize("asked", ["0", "x", "99999999999999999999", "-1", "²"])
def test_what_is_none_of_its_editions_is_not_found(author, live, draft, make_agreement, asked):
    other = make_agreement("other")
    page_of(author, compare(draft) + f"?with={asked}", 404)
    page_of(author, compare(draft, other), 404)


def test_a_withdrawal_says_nothing_to_compare(author, live):
    withdrawal = verbs.withdraw(live, reason="By mistake")
    page_of(author, compare(withdrawal), 404)


def test_who_may_not_look_at_editions_sees_no_comparison(client, signed_in, draft):
    assert client.get(compare(draft)).status_code == 302
    stranger = signed_in("author", "stranger")
    stranger.user.groups.clear()
    page_of(stranger, compare(draft), 403)


def test_it_is_one_click_from_form_history_desk_and_the_page_that_publishes(
    publisher, author, live
):
    first, _second = author.user, publisher.user
    draft = verbs.new_draft(live, by=first)
    draft.texts.update(title="Peru and Ecuador")
    address = f'href="{compare(draft)}"'
    assert address in page_of(author, admin_address(draft))
    assert address in page_of(author, admin_address(live).replace("/change/", "/history/"))
    assert address in page_of(author, "/admin/")
    asking = page_of(publisher, admin_address(draft).replace("/change/", "/publish/do/"))
    assert address in asking
    assert "What would change: 1 thing" in asking


def test_a_first_draft_leads_to_none(author, make_agreement):
    draft = make_agreement("new", publish=False)
    assert compare(draft) not in page_of(author, admin_address(draft))
    assert "nothing to compare it with" in page_of(author, compare(draft))


def test_a_scheduled_edition_is_compared_with_the_one_before(author, live, draft):
    later = publish(draft, at=timezone.now() + timezone.timedelta(days=1))
    assert count(page_of(author, compare(later))) == "2 things differ."


def test_a_draft_of_a_withdrawn_one_is_compared_with_what_it_was_made_of(author, live, draft):
    verbs.withdraw(live, reason="By mistake")
    assert count(page_of(author, compare(draft))) == "2 things differ."


def test_queries_are_as_many_for_one_edition_as_for_fifty(author, live):
    def number(address):
        with CaptureQueriesContext(connection) as captured:
            page_of(author, address)
        return len(captured)

    second = publish(verbs.new_draft(live))
    number(compare(second))
    few = number(compare(second))
    last = second
    for _time in range(48):
        last = publish(verbs.new_draft(last))
    assert number(compare(last)) == few
