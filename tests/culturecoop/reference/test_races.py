"""Two at once, with real connections: an address is never had by two."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.reference import proofs
from culturecoop.reference.models import Amendment, MovedAddress
from culturecoop.reference.verbs import amend
from tests.culturecoop.editions.test_races import together
from tests.moving import renamed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(5))
def test_one_leaves_an_address_and_another_takes_it(make_document, attempt):
    first, second = make_document("report"), make_document("other")
    outcomes = together(lambda: renamed(first, "moved"), lambda: renamed(second, "report"))
    assert isinstance(outcomes[0], Document), outcomes
    assert isinstance(outcomes[1], ValidationError), outcomes
    assert list(proofs.faults()) == []


@pytest.mark.parametrize("attempt", range(5))
def test_two_take_addresses_alike(make_document, attempt):
    documents = [make_document("a"), make_document("b")]
    outcomes = together(
        lambda: renamed(documents[0], "Report"), lambda: renamed(documents[1], "report")
    )
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
    assert list(proofs.faults()) == []


@pytest.mark.parametrize("attempt", range(5))
def test_a_new_one_and_one_that_moves(make_document, attempt):
    first = make_document("report")
    outcomes = together(
        lambda: renamed(first, "moved"), lambda: amend(Document(slug="report", title="New"))
    )
    assert isinstance(outcomes[0], Document), outcomes
    assert isinstance(outcomes[1], ValidationError), outcomes
    assert MovedAddress.objects.get().owner == first


@pytest.mark.parametrize("attempt", range(5))
def test_pages_that_move_below_each_other(make_page, attempt):
    make_page("")
    a, b = make_page("a").page, make_page("b").page
    make_page("a/x"), make_page("b/x")

    def below(page, parent):
        def move():
            moved = type(page).objects.get(pk=page.pk)
            moved.parent = type(page).objects.get(pk=parent.pk)
            return amend(moved)

        return move

    outcomes = together(below(a, b), below(b, a))
    assert sum(isinstance(outcome, Amendment) for outcome in outcomes) == 1, outcomes
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes


@pytest.mark.parametrize("attempt", range(5))
def test_two_withdrawals_that_redirect_to_each_other(make_agreement, attempt):
    a, b = make_agreement("a"), make_agreement("b")

    def withdraw(edition, slug):
        edition = AgreementEdition.objects.get(pk=edition.pk)
        return verbs.withdraw(edition, reason="Moved", redirect_to=f"/agreements/{slug}/")

    outcomes = together(lambda: withdraw(a, "b"), lambda: withdraw(b, "a"))
    assert sum(isinstance(outcome, verbs.Refused) for outcome in outcomes) == 1, outcomes
    assert AgreementEdition.objects.live().count() == 1


def test_the_tests_have_real_connections():
    assert connection.vendor != "sqlite" or not connection.is_in_memory_db()
