"""Accounts with passwords, and signing in as a browser does."""

import pytest
from django.test import Client
from lxml import html

LOGIN = "/admin/login/"
PASSWORD = "seventeen blue herons"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anna(db, django_user_model):
    return django_user_model.objects.create_user("anna", password=PASSWORD, is_staff=True)


@pytest.fixture
def root(db, django_user_model):
    """A client of a superuser."""
    client = Client()
    client.user = django_user_model.objects.create_superuser("root", password=PASSWORD)
    client.force_login(client.user)
    return client


def sign_in(name, password, **meta):
    """The answer to the sign-in form, and the client that has it, at `.client`."""
    return Client(**meta).post(LOGIN, {"username": name, "password": password})


def refusal(response):
    """What the sign-in form says, as one sentence."""
    page = html.fromstring(response.content.decode())
    (note,) = page.find_class("errornote")
    return " ".join(note.text_content().split())


def succeeded(response):
    return response.status_code == 302 and "sessionid" in response.cookies
