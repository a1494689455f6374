"""Reference data: amended, logged, undone."""

import pytest
from django.core.exceptions import ValidationError

from agreements.models import AgreementParty, Party, Theme
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import NotPossible, amend, remove, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    theme = Theme(slug="trade", name="Trade")
    amend(theme)
    return theme


def test_every_change_is_kept_with_who_made_it(theme, admin_user):
    theme.name = "International trade"
    amendment = amend(theme, by=admin_user)
    assert (amendment.before["name"], amendment.after["name"]) == ("Trade", "International trade")
    assert amendment.by == admin_user
    assert Amendment.objects.count() == 2


def test_nothing_changed_leaves_no_trace(theme):
    assert amend(theme) is None
    assert Amendment.objects.count() == 1


def test_what_is_not_valid_is_refused(theme):
    theme.name = ""
    with pytest.raises(ValidationError):
        amend(theme)
    assert Theme.objects.get().name == "Trade"


def test_a_change_is_undone(theme):
    theme.name = "International trade"
    amendment = amend(theme)
    undone = undo(amendment)
    assert Theme.objects.get().name == "Trade"
    assert undone.undoes == amendment


def test_what_was_made_is_undone_by_removing_it(theme):
    undo(Amendment.objects.get())
    assert not Theme.objects.exists()


def test_what_was_removed_comes_back(theme):
    pk = theme.pk
    undo(remove(theme))
    assert Theme.objects.get().pk == pk


def test_what_was_changed_since_is_not_undone(theme):
    first = amend(theme) or Amendment.objects.get()
    theme.name = "Something else"
    amend(theme)
    with pytest.raises(NotPossible, match="changed since"):
        undo(first)


def test_what_is_in_use_is_not_removed(make_agreement):
    make_agreement("korea", parties=["EU", "KR"])
    with pytest.raises(NotPossible, match="in use"):
        remove(Party.objects.get(code="KR"))
    assert AgreementParty.objects.count() == 2


def test_what_uses_it_is_named_once(make_agreement):
    for slug in ("one", "two"):
        make_agreement(slug, parties=["EU", "KR"])
    with pytest.raises(NotPossible, match=r"in use: KR\."):
        remove(Party.objects.get(code="KR"))
