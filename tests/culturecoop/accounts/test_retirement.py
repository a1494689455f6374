"""Accounts retire instead of being deleted, and histories keep their names."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import PROTECT, ProtectedError
from django.forms import BooleanField
from django.test import Client
from django.urls import reverse

from agreements.models import Theme
from culturecoop.accounts import retirement
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import amend
from tests.culturecoop.editions.test_races import together
from tests.forms import fields, said

from .conftest import PASSWORD, sign_in, succeeded

pytestmark = pytest.mark.django_db


def address(name, user):
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def history(client, edition):
    url = reverse("admin:agreements_agreementedition_history", args=[edition.pk])
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture
def published(signed_in, make_agreement):
    """An edition that a publisher has published with the button; its client."""
    client = signed_in("publisher", "maria")
    draft = make_agreement("korea", publish=False)
    url = reverse("admin:agreements_agreementedition_verb", args=[draft.pk, "publish"])
    asked = client.get(url)
    boxes = [n for n, f in asked.context["form"].fields.items() if isinstance(f, BooleanField)]
    client.post(url, fields(asked) | dict.fromkeys(boxes, "on") | {"when": "now"})
    client.edition = draft.siblings().published().get()
    return client


class TestTheAccountOfSomebodyWhoPublished:
    @pytest.mark.parametrize("role", ["administrator", "superuser"])
    def test_cannot_be_deleted_in_the_admin(self, published, signed_in, root, role):
        client = root if role == "superuser" else signed_in(role)
        page = client.get(address("change", published.user)).content.decode()
        assert "/delete/" not in page
        assert client.post(address("delete", published.user), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [published.user.pk]}
        client.post(reverse("admin:auth_user_changelist"), {**chosen, "post": "yes"})
        assert User.objects.filter(pk=published.user.pk).exists()

    def test_retires_and_the_history_keeps_the_name(self, published, signed_in):
        administrator = signed_in("administrator")
        asked = administrator.get(address("retire", published.user))
        assert "It can be brought back." in asked.content.decode()
        assert published.get("/admin/").status_code == 200
        done = administrator.post(address("retire", published.user), follow=True)
        assert said(done) == ["The account was retired."]
        page = history(administrator, published.edition)
        assert page.count("maria (retired)") >= 2  # the edition, and what was done
        assert "Nothing was done in the admin yet." not in page

    def test_signs_in_no_more_and_where_it_is_signed_in_that_ends(self, root, anna):
        working = sign_in("anna", PASSWORD).client
        assert working.get("/admin/").status_code == 200
        root.post(address("retire", anna))
        assert working.get("/admin/").status_code == 302
        assert not succeeded(sign_in("anna", PASSWORD))

    def test_comes_back_with_its_groups_and_a_new_password(self, root, anna):
        anna.groups.add(Group.objects.get(name="author"))
        working = sign_in("anna", PASSWORD).client
        root.post(address("retire", anna))
        assert "Bring back…" in root.get(address("change", anna)).content.decode()
        done = root.post(address("reinstate", anna), follow=True)
        assert said(done) == ["The account was brought back. It needs a new password."]
        assert working.get("/admin/").status_code == 302  # sessions from before stay ended
        assert not succeeded(sign_in("anna", PASSWORD))
        new = {"password1": "eighteen grey cranes", "password2": "eighteen grey cranes"}
        root.post(address("password_change", anna), {**new, "usable_password": "true"})
        assert succeeded(sign_in("anna", "eighteen grey cranes"))
        anna.refresh_from_db()
        assert [group.name for group in anna.groups.all()] == ["author"]

    def test_is_not_deleted_by_any_code(self, published):
        for delete in (published.user.delete, User.objects.filter(pk=published.user.pk).delete):
            with pytest.raises(ProtectedError), transaction.atomic():
                delete()
        assert published.edition.published_by == published.user

    def test_is_renamed_and_the_history_shows_the_present_name(self, published, root):
        User.objects.filter(pk=published.user.pk).update(username="maria.rossi")
        assert "maria.rossi" in history(root, published.edition)

    def test_the_active_box_is_not_a_way_around(self, root, anna):
        values = fields(root.get(address("change", anna)), "user_form")
        values.pop("is_active", None)
        root.post(address("change", anna), values)
        anna.refresh_from_db()
        assert anna.is_active


def test_who_only_stands_in_djangos_log_is_not_deleted(anna):
    LogEntry.objects.log_actions(anna.pk, [anna], 2, "Looked at it.")
    with pytest.raises(ProtectedError), transaction.atomic():
        anna.delete()
    assert LogEntry.objects.filter(user=anna).exists()


def test_who_did_nothing_may_be_deleted_by_code(anna):
    anna.delete()
    assert not User.objects.filter(username="anna").exists()


def test_every_key_to_an_account_protects_it():
    """But for those of Django: its log, which a guard holds, and the groups of an account."""
    keys = {
        (model._meta.label, field.name): field.remote_field.on_delete
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
    }
    others = {key for key, on_delete in keys.items() if on_delete is not PROTECT}
    assert others == {
        ("admin.LogEntry", "user"),
        ("auth.User_groups", "user"),
        ("auth.User_user_permissions", "user"),
    }
    assert ("agreements.AgreementEdition", "published_by") in keys


def test_a_log_is_not_deleted_by_any_code(anna):
    LogEntry.objects.log_actions(anna.pk, [anna], 2, "Looked at it.")
    amend(Theme(slug="art", name="Art"), by=anna)
    for log in (LogEntry, Amendment):
        with pytest.raises(ProtectedError), transaction.atomic():
            log.objects.all().delete()
        assert log.objects.exists()


class TestTheLast:
    def test_superuser_cannot_retire(self, root, signed_in):
        signed_in("administrator")
        done = root.post(address("retire", root.user), follow=True)
        assert said(done) == ["This is the last superuser."]
        assert User.objects.get(pk=root.user.pk).is_active

    def test_administrator_cannot_retire(self, signed_in):
        client = signed_in("administrator")
        done = client.post(address("retire", client.user), follow=True)
        assert said(done) == ["Nobody else could manage accounts then."]
        assert User.objects.get(pk=client.user.pk).is_active

    @pytest.mark.parametrize("given_up", ["is_staff", "groups"])
    def test_administrator_cannot_give_it_up(self, signed_in, given_up):
        client = signed_in("administrator")
        values = fields(client.get(address("change", client.user)), "user_form")
        values.pop(given_up)
        answer = client.post(address("change", client.user), values)
        assert "Nobody else could manage accounts then." in said(answer)

    def test_superuser_cannot_give_it_up(self, root, signed_in):
        signed_in("administrator")
        values = fields(root.get(address("change", root.user)), "user_form")
        values.pop("is_superuser")
        assert "This is the last superuser." in said(
            root.post(address("change", root.user), values)
        )

    def test_but_one_of_two_may(self, signed_in):
        signed_in("administrator", "other")
        client = signed_in("administrator")
        client.post(address("retire", client.user))
        assert not User.objects.get(pk=client.user.pk).is_active


def test_what_is_so_already_is_only_said(root, anna):
    root.post(address("retire", anna), follow=True)
    assert said(root.post(address("retire", anna), follow=True)) == ["That was done already."]


@pytest.mark.parametrize("role", ["author", "publisher"])
def test_others_retire_nobody(signed_in, anna, role):
    assert signed_in(role).post(address("retire", anna)).status_code == 403
    assert Client().post(address("retire", anna)).status_code == 302
    anna.refresh_from_db()
    assert anna.is_active


def test_nobody_is_named_where_nobody_was(anna):
    assert retirement.account_name(None) == ""
    assert retirement.account_name(anna) == "anna"


@pytest.mark.django_db(transaction=True)
def test_the_last_two_do_not_retire_each_other(django_user_model):
    one, other = (django_user_model.objects.create_superuser(name) for name in ("one", "other"))
    outcomes = together(lambda: retirement.retire(one), lambda: retirement.retire(other))
    assert sorted(map(type, outcomes), key=str) == [type(None), retirement.NotPossible]
    assert User.objects.filter(is_active=True).count() == 1
