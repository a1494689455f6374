"""Two savings of a draft compared, of which the draft of now is one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Theme
from culturecoop.editions import verbs
from culturecoop.reference.verbs import remove
from tests.answering import publish

from .savings import fresh, save
from .test_compare_page import count, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(live):
    """A draft that says “Third”, and said “Peru”, “First” and “Second” in its versions 1 to 3."""
    draft = verbs.new_draft(live)
    for title in ("First", "Second", "Third"):
        save(draft, title)
    return fresh(draft)


def address(draft, name="compare_savings"):
    return reverse(f"admin:agreements_agreementedition_{name}", args=[draft.pk])


def test_each_saving_leads_to_its_comparisons(author, saved):
    page = page_of(author, address(saved, "savings"))
    for asked in ("", "?from=3", "?from=2&amp;to=3", "?from=1&amp;to=2", "?from=1"):
        assert f'href="{address(saved)}{asked}"' in page
        assert count(page_of(author, address(saved) + asked.replace("&amp;", "&"))) == (
            "1 thing differs."
        )


def test_a_saving_is_compared_with_the_draft_of_now(author, saved):
    page = page_of(author, f"{address(saved)}?from=2")
    assert "<del>" in page
    assert "First" in page
    assert "Third" in page
    assert "Second" not in page
    assert "Version 2" in page[page.index("comparison__older") :]


@pytest.mark.parametrize("view", ["inline", "sides"])
def test_two_savings_either_way_round(author, saved, view):
    one, other = (
        page_of(author, f"{address(saved)}?{asked}&view={view}")
        for asked in ("from=1&to=3", "from=3&to=1")
    )
    differing = slice(one.index("comparison__heads"), None)
    assert one[differing] == other[other.index("comparison__heads") :]
    assert ('class="compared__older"' in one) == (view == "sides")


def test_parts_themes_and_facts_are_compared(author, saved, make_agreement):
    make_agreement("other", themes=["trade"])
    verbs.record_change(saved)
    saved.events.create(kind="signature", date="2010-10-06", source="A register")
    saved.themes.add(Theme.objects.get(slug="trade"))
    page = page_of(author, address(saved))
    assert count(page) == "2 things differ."
    assert "6 October 2010" in page


def test_blocks_of_a_page_are_compared(author, make_page):
    draft = make_page("", title="Home", publish=False)
    draft.strategy_text_set.create(region="main", ordering=0, text="<p>Old words</p>")
    verbs.record_change(draft)
    draft.strategy_text_set.update(text="<p>New words</p>")
    page = page_of(author, reverse("admin:strategy_pageedition_compare_savings", args=[draft.pk]))
    assert count(page) == "1 thing differs."
    assert "Old" in page


def test_what_is_gone_is_named(author, saved):
    theme = Theme.objects.create(slug="sport", name="Sport")
    saved.themes.add(theme)
    draft = verbs.record_change(saved)
    draft.themes.clear()
    verbs.record_change(fresh(draft))
    remove(theme)
    page = page_of(author, f"{address(saved)}?from=4")
    assert "No longer there, so left out of the comparison: theme" in page


@pytest.mark.parametrize("asked", ["from=77", "to=0", "from=x", "to=99999999999999999999"])
def test_what_is_not_kept_leads_back_to_the_list(author, saved, asked):
    response = author.get(f"{address(saved)}?{asked}")
    assert response.url == address(saved, "savings")


def test_once_it_is_published_there_are_none(author, saved):
    publish(saved)
    assert author.get(address(saved)).status_code == 302


def test_who_may_not_look_at_drafts_sees_none(signed_in, saved):
    stranger = signed_in("author", "stranger")
    stranger.user.groups.clear()
    page_of(stranger, address(saved), 403)


def test_a_draft_never_saved_again_differs_in_nothing(author, live):
    draft = verbs.new_draft(live)
    assert count(page_of(author, address(draft))) == "Nothing differs."


def queries(client, draft):
    with CaptureQueriesContext(
        connection,
    ) as found:
        page_of(client, address(draft))
    return len(found)


def test_the_queries_do_not_grow(author, saved, make_agreement):
    def add(numbers):
        for number in numbers:
            code = f"X{number}"
            party = make_agreement(f"of-{number}", parties=[code]).parties.get().party
            saved.parties.create(party=party, position=number)
            saved.events.create(kind="signature", date="2010", party=party, source="A register")
        verbs.record_change(fresh(saved))

    add([1])
    add([2])
    page_of(author, address(saved))
    few = queries(author, saved)
    add(range(3, 15))
    assert queries(author, fresh(saved)) <= few
