"""What was withdrawn keeps its last title wherever editors read of it, and is found by it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from culturecoop.editions import listings, verbs
from culturecoop.reference.admin import admin_address
from tests.answering import publish

pytestmark = pytest.mark.django_db
TITLE = "Protocol on Cultural Cooperation"


@pytest.fixture(params=["agreement", "page"])
def withdrawal(request, make_agreement, make_page):
    make_page("", title="Home")
    if request.param == "page":
        live = make_page("trade", title=TITLE)
    else:
        live = make_agreement("korea", title=TITLE)
    return verbs.withdraw(live, reason="A mistake")


def list_of(edition):
    return reverse(f"admin:{edition._meta.app_label}_{edition._meta.model_name}_changelist")


def shown(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_in_the_list_and_when_it_is_looked_for(author, withdrawal):
    address = list_of(withdrawal)
    for query in ({}, {"q": "protocol"}, {"state": "withdrawn"}):
        assert TITLE in shown(author, address, **query)
    assert TITLE not in shown(author, address, q="elsewhere")


def test_on_its_page_in_its_history_and_on_the_desk(author, withdrawal):
    page = admin_address(withdrawal)
    for address in (page, page.replace("/change/", "/history/"), reverse("admin:index")):
        assert TITLE in shown(author, address)


def test_one_that_lies_ahead_stands_on_the_desk_with_its_title(author, make_agreement):
    live = make_agreement("korea", title=TITLE)
    verbs.withdraw(live, reason="A mistake", at=timezone.now() + datetime.timedelta(days=1))
    assert shown(author, reverse("admin:index")).count(f">{TITLE}</a>") == 2


def test_an_older_title_is_not_the_last_one(author, make_agreement):
    draft = verbs.new_draft(make_agreement("korea", title="An older title"))
    draft.texts.update(title=TITLE)
    verbs.withdraw(publish(draft), reason="A mistake")
    found = shown(author, reverse("admin:agreements_agreementedition_changelist"))
    assert TITLE in found
    assert "An older title" not in found


def test_the_rows_of_the_list_are_what_is_made_anew(withdrawal):
    assert list(listings.faults(type(withdrawal))) == []


def test_as_many_queries_for_one_as_for_many(author, make_agreement):
    address = reverse("admin:agreements_agreementedition_changelist")

    def queries():
        author.get(address)  # what is kept until something changes is read
        with CaptureQueriesContext(connection) as asked:
            author.get(address)
        return len(asked)

    verbs.withdraw(make_agreement("one"), reason="A mistake")
    few = queries()
    for number in range(5):
        verbs.withdraw(make_agreement(f"more-{number}"), reason="A mistake")
    assert queries() == few
