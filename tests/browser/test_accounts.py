"""Accounts in a real browser: by keyboard, and for everybody."""

import pytest
from django.contrib.auth.models import User

from culturecoop.accounts.models import AccountEntry

from .accessibility import seriously_wrong

pytestmark = pytest.mark.browser


@pytest.fixture
def author(transactional_db):
    return User.objects.create_user("maria", password="seventeen blue herons", is_staff=True)


def test_axe_finds_nothing(sign_in, author):
    page = sign_in("administrator")
    for path in (
        "/admin/auth/user/",
        f"/admin/auth/user/{author.pk}/change/",
        f"/admin/auth/user/{author.pk}/retire/",
        f"/admin/auth/user/{author.pk}/password/",
        "/admin/password_change/",
        "/admin/accounts/accountentry/",
        f"/admin/accounts/accountentry/{AccountEntry.objects.first().pk}/change/",
        "/admin/admin/logentry/",
    ):
        page.goto(path)
        assert seriously_wrong(page) == [], path
    assert page.faults == []


def test_retiring_and_bringing_back_by_keyboard(sign_in, author):
    page = sign_in("administrator")
    page.goto(f"/admin/auth/user/{author.pk}/change/")
    page.get_by_role("link", name="Retire…").press("Enter")
    page.get_by_role("button", name="Retire the account").press("Enter")
    assert page.locator(".messagelist").inner_text() == "The account was retired."
    assert "retired" in page.locator(".field-standing").inner_text()
    page.get_by_role("link", name="Bring back…").press("Enter")
    page.get_by_role("button", name="Bring the account back").press("Enter")
    assert "It needs a new password." in page.locator(".messagelist").inner_text()
    assert page.faults == []
