"""Two at once, with real connections: the outcome is as if one had come after the other."""

import threading

import pytest
from django.db import connection, connections

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.proofs import faults
from tests.answering import publish

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs):
    """Run the jobs at the same moment, each on a connection of its own; what each came to."""
    barrier, outcomes = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(index, job):
        try:
            barrier.wait(timeout=10)
            outcomes[index] = job()
        except Exception as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def fresh(edition):
    return AgreementEdition.objects.get(pk=edition.pk)


@pytest.fixture(autouse=True)
def _real_connections():
    """An SQLite database in memory is one connection; the tests' is a file (see conftest)."""
    assert connection.vendor != "sqlite" or not connection.is_in_memory_db()


@pytest.mark.parametrize("attempt", range(5))
def test_publishing_the_same_draft_twice(make_agreement, attempt):
    draft = make_agreement("korea", publish=False)
    outcomes = together(*[lambda: publish(fresh(draft))] * 3)
    assert sum(isinstance(outcome, verbs.Refused) for outcome in outcomes) == 2, outcomes
    assert AgreementEdition.objects.published().filter(live_until=None).count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_publishing_and_withdrawing(make_agreement, attempt):
    live = make_agreement("korea")
    draft = verbs.new_draft(live)
    outcomes = together(
        lambda: publish(fresh(draft)), lambda: verbs.withdraw(fresh(live), reason="Wrong")
    )
    published, withdrawn = outcomes
    assert isinstance(published, AgreementEdition), outcomes
    first = published.number == 2  # then what was to be withdrawn is no longer what readers see
    assert isinstance(withdrawn, verbs.Refused if first else AgreementEdition), outcomes
    assert AgreementEdition.objects.published().filter(live_until=None).count() == 1
    assert list(faults(AgreementEdition)) == []


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_press_edit(make_agreement, attempt):
    live = make_agreement("korea")
    outcomes = together(*[lambda: verbs.new_draft(fresh(live))] * 2)
    assert sum(isinstance(outcome, verbs.Refused) for outcome in outcomes) == 1, outcomes
    assert AgreementEdition.objects.drafts().count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_save_the_same_draft(make_agreement, attempt):
    draft = make_agreement("korea", publish=False)
    save = lambda: verbs.record_change(fresh(draft), version=1)  # noqa: E731
    outcomes = together(save, save)
    assert sum(isinstance(outcome, verbs.Conflict) for outcome in outcomes) == 1, outcomes
    assert fresh(draft).version == 2


def test_many_editors_wait_for_each_other(make_agreement):
    """No "database is locked": every writer gets his turn."""
    drafts = [make_agreement(f"agreement-{n}", publish=False) for n in range(4)]

    def edit(draft):
        return lambda: [verbs.record_change(fresh(draft)) for _turn in range(20)]

    outcomes = together(*map(edit, drafts))
    assert all(isinstance(outcome, list) for outcome in outcomes), outcomes
    assert [fresh(draft).version for draft in drafts] == [21] * 4
