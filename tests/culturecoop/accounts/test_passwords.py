"""Passwords like the names of their account are refused, wherever one is set."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from culturecoop.accounts.passwords import NameValidator
from tests.forms import said

from .conftest import PASSWORD, sign_in

REFUSAL = NameValidator().get_help_text()
PERSON = {
    "username": "j.müller",
    "first_name": "Max",
    "last_name": "Müller-Østby",
    "email": "max.office@example.org",
}


@pytest.mark.parametrize(
    "password",
    [
        "muller-in-the-summer",
        "In The Summer MÜLLER!",
        "seventeen mu\u0308ller herons",
        "østby østby østby",
        "seventeen office herons",
        "max1234567890!!!",
        "MAX max MAX 2026 MAX",
    ],
)
def test_refused(password):
    with pytest.raises(ValidationError, match="user name"):
        NameValidator().validate(password, User(**PERSON))


@pytest.mark.parametrize(
    "password", [PASSWORD, "the maximum of seven cranes", "Kq7#max-vXw2!hLpeRt"]
)
def test_taken(password):
    NameValidator().validate(password, User(**PERSON))
    NameValidator().validate(password)


def pair(password):
    return {"password1": password, "password2": password, "usable_password": "true"}


@pytest.mark.django_db
class TestWhereverOneIsSet:
    def test_by_an_administrator_for_a_new_account(self, root):
        url = reverse("admin:auth_user_add")
        answer = root.post(url, {"username": "carla", **pair("carla-in-the-summer-2026")})
        assert REFUSAL in said(answer)
        assert not User.objects.filter(username="carla").exists()
        assert root.post(url, {"username": "carla", **pair(PASSWORD)}).status_code == 302

    def test_by_an_administrator_for_another(self, root, anna):
        url = reverse("admin:auth_user_password_change", args=[anna.pk])
        assert REFUSAL in said(root.post(url, pair("anna-in-the-summer-2026")))
        assert root.post(url, pair("eighteen grey cranes")).status_code == 302

    def test_by_oneself(self, anna):
        new = dict.fromkeys(("new_password1", "new_password2"), "Anna-in-the-summer")
        client = sign_in("anna", PASSWORD).client
        answer = client.post("/admin/password_change/", {"old_password": PASSWORD, **new})
        assert REFUSAL in said(answer)

    def test_short_ones_too(self, root, anna):
        url = reverse("admin:auth_user_password_change", args=[anna.pk])
        assert any(
            "at least 15 characters" in text for text in said(root.post(url, pair("herons")))
        )

    def test_on_the_command_line(self, anna, monkeypatch):
        monkeypatch.setattr("getpass.getpass", lambda prompt: "anna-in-the-summer-2026")
        told = StringIO()
        with pytest.raises(Exception, match="Aborting"):
            call_command("changepassword", "anna", stdout=told, stderr=told)
        assert REFUSAL in told.getvalue()
