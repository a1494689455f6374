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


def test_an_old_form_leads_back_to_itself_and_shows_nothing_of_it(ada, form):
    answer = ada.post(THEME, form | {"_copy": "0123-4567", "files-0-title": "Korea"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    assert "older than your session" in page
    assert "your browser has kept what you had typed" in page
    assert f'<a href="{THEME}"' in page
    for sent in ("for long", "Korea", form["csrfmiddlewaretoken"][0], "0123-4567"):
        assert sent not in page
    for way_to_send in ("<form", "<button", "<textarea"):
        assert way_to_send not in page
    assert not Theme.objects.exists()


def test_without_a_copy_it_says_how_to_send_it_again(ada, form):
    page = ada.post(THEME, form).content.decode()
    assert "reload the page" in page
    assert f'<a href="{THEME}"' not in page


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


def test_a_sign_that_no_page_can_hold_is_no_error(ada, form):
    part = '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf +2AA-\r\n--b--\r\n'
    odd = "multipart/form-data; boundary=b; charset=utf-7"
    assert ada.generic("POST", THEME, part, content_type=odd).status_code == 403
