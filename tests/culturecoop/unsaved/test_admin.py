"""A form that is filled from a copy, and what the browser is told of copies that were saved."""

import pytest
from django.urls import reverse

from agreements.models import AgreementEdition, Theme
from tests.forms import fields

pytestmark = pytest.mark.django_db
NUMBER = "0123abcd-4567"
THEME = reverse("admin:agreements_theme_add")
AGREEMENT = reverse("admin:agreements_agreementedition_add")


@pytest.fixture
def ada(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("ada"))
    return client


def told(answer):
    return [name for name in answer.cookies if name.startswith("saved")]


def test_a_copy_is_shown_and_not_saved(ada):
    values = fields(ada.get(THEME), "theme_form") | {"name": "Film", "slug": "film"}
    page = ada.post(THEME, values | {"_copy": NUMBER, "_shown": "1"})
    assert page.status_code == 200
    assert 'value="Film"' in page.content.decode()
    assert f'name="_copy" value="{NUMBER}"' in page.content.decode()
    assert "It is not saved yet" in page.content.decode()
    assert not Theme.objects.exists()
    assert not told(page)


def test_rows_that_were_added_are_shown_as_well(ada):
    values = fields(ada.get(AGREEMENT), "agreementedition_form")
    typed = {"events-TOTAL_FORMS": "2", "events-1-kind": "signature", "events-1-date": "2010"}
    page = ada.post(AGREEMENT, values | typed | {"_copy": NUMBER, "_shown": "1"})
    assert 'name="events-1-date" value="2010"' in page.content.decode()
    assert not AgreementEdition.objects.exists()


def test_the_browser_is_told_what_was_saved(ada):
    values = fields(ada.get(THEME), "theme_form") | {"name": "Film", "slug": "film"}
    refused = ada.post(THEME, values | {"slug": "", "_copy": NUMBER})
    assert not told(refused)
    assert f'name="_copy" value="{NUMBER}"' in refused.content.decode()
    saved = ada.post(THEME, values | {"_copy": NUMBER})
    assert saved.status_code == 302
    assert told(saved) == [f"saved-{NUMBER}"]
    assert saved.cookies[f"saved-{NUMBER}"]["path"] == "/admin/"


@pytest.mark.parametrize("number", ["", "a;b", "<b>", "x" * 50])
def test_what_is_no_number_of_a_copy_is_left_out(ada, number):
    values = fields(ada.get(THEME), "theme_form") | {"name": "Film", "slug": "film"}
    assert not told(ada.post(THEME, values | {"_copy": number}))


def test_a_copy_of_an_older_version_is_a_conflict_that_is_told(ada, make_agreement):
    draft = make_agreement("korea", title="Protocol", publish=False)
    address = reverse("admin:agreements_agreementedition_change", args=[draft.pk])
    values = fields(ada.get(address), "agreementedition_form")
    ada.post(address, values | {"internal_note": "Of somebody else"})
    typed = values | {"internal_note": "Mine", "_copy": NUMBER, "_shown": "1"}
    page = ada.post(address, typed).content.decode()
    assert "Mine</textarea>" in page
    assert "Save mine over it" in page
    draft.refresh_from_db()
    assert draft.internal_note == "Of somebody else"


@pytest.mark.parametrize("name", [None, "ada"])
def test_the_session_is_told_to_its_person_alone(client, django_user_model, name):
    if name:
        user = django_user_model.objects.create_user(name, is_staff=True)
        client.force_login(user)
    answer = client.get(reverse("admin:session"))
    assert answer.json()["person"] == (user.pk if name else None)
    assert bool(answer.json().get("token")) is bool(name)
    assert "no-store" in answer.headers["Cache-Control"]
