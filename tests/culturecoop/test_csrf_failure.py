"""A form whose token is not that of the session: nothing is done, and nothing typed is lost."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from agreements.models import Theme

from ..forms import fields

pytestmark = pytest.mark.django_db
THEME = reverse("admin:agreements_theme_add")
WORDS = "Words <b>for long</b>"
SHOWN = "Words &lt;b&gt;for long&lt;/b&gt;"


@pytest.fixture
def ada():
    """A browser that looks after tokens, in which somebody has signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.create_superuser("ada"))
    return client


@pytest.fixture
def form(ada):
    """One that was opened before she signed in again."""
    values = fields(ada.get(THEME), "theme_form") | {"name": WORDS, "slug": "words"}
    ada.cookies["csrftoken"] = "a" * 32
    return values


def test_an_old_form_comes_back_for_copying(ada, form):
    answer = ada.post(THEME, form | {"files-0-title": "Korea"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    assert "older than your session" in page
    assert f">{SHOWN}</textarea>" in page
    assert ">Korea</textarea>" in page
    assert form["csrfmiddlewaretoken"][0] not in page
    assert "<form" not in page
    assert "<button" not in page
    assert f'<a href="{THEME}"' in page
    assert not Theme.objects.exists()


def test_it_speaks_the_language_of_the_visitor(ada, form):
    answer = ada.post(THEME, form, HTTP_ACCEPT_LANGUAGE="de")
    assert '<html lang="de">' in answer.content.decode()


@pytest.mark.parametrize("address", ["/admin/login/", "/"])
def test_nothing_is_shown_of_strangers_and_of_passwords(ada, form, address):
    values = {"username": WORDS, "password": "secret words"}
    for visitor in (ada, Client(enforce_csrf_checks=True)):
        answer = visitor.post(address, values)
        assert answer.status_code == 403
        assert "reload the page" in answer.content.decode()
        assert "ords" not in answer.content.decode()
    assert SHOWN not in Client(enforce_csrf_checks=True).post(THEME, form).content.decode()


def test_a_sign_that_no_page_can_hold_is_no_error(ada, form):
    part = '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf +2AA-\r\n--b--\r\n'
    odd = "multipart/form-data; boundary=b; charset=utf-7"
    assert ada.generic("POST", THEME, part, content_type=odd).status_code == 403
