"""Administrators cannot make themselves, or anybody, more than they are."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.forms import fields, said

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db

FORM = "user_form"
NEW_PASSWORD = {
    "password1": "eighteen grey cranes",
    "password2": "eighteen grey cranes",
    "usable_password": "true",
}


def address(name, *args):
    return reverse(f"admin:auth_{name}", args=args)


@pytest.fixture
def administrator(signed_in):
    signed_in("administrator", "another")  # so that he is not the last
    return signed_in("administrator")


@pytest.fixture
def strong(db):
    """A group of the institution's own with a right that administrators do not have."""
    group = Group.objects.create(name="strong")
    group.permissions.add(Permission.objects.get(codename="delete_group"))
    return group


def rights_of(user):
    return User.objects.get(pk=user.pk).get_all_permissions()


def change(client, user, **values):
    url = address("user_change", user.pk)
    return client.post(url, {**fields(client.get(url), FORM), **values})


class TestHimself:
    def test_no_superuser_and_no_single_rights(self, administrator):
        before = rights_of(administrator.user)
        right = Permission.objects.get(codename="delete_group").pk
        done = change(
            administrator, administrator.user, is_superuser="on", user_permissions=[right]
        )
        assert done.status_code == 302  # all the rest is saved
        user = User.objects.get(pk=administrator.user.pk)
        assert not user.is_superuser
        assert not user.user_permissions.exists()
        assert rights_of(user) == before

    def test_no_group_that_may_more(self, administrator, strong):
        page = administrator.get(address("user_change", administrator.user.pk)).content.decode()
        assert ">strong<" not in page
        mine = Group.objects.get(name="administrator").pk
        answer = change(administrator, administrator.user, groups=[mine, strong.pk])
        assert any("is not one of the available choices" in text for text in said(answer))
        assert "auth.delete_group" not in rights_of(administrator.user)

    def test_no_group_made_or_changed(self, administrator):
        rights = [right.pk for right in Permission.objects.all()]
        made = administrator.post(address("group_add"), {"name": "mine", "permissions": rights})
        assert made.status_code == 403
        own = Group.objects.get(name="administrator")
        for name in ("group_change", "group_delete"):
            answer = administrator.post(
                address(name, own.pk), {"name": own.name, "permissions": rights, "post": "yes"}
            )
            assert answer.status_code == 403
        assert "auth.delete_group" not in rights_of(administrator.user)


class TestOthers:
    @pytest.mark.parametrize("role", ["author", "publisher", "administrator"])
    def test_the_three_roles_may_be_given(self, administrator, anna, role):
        done = change(administrator, anna, groups=[Group.objects.get(name=role).pk])
        assert done.status_code == 302
        assert anna.groups.get().name == role

    def test_a_group_of_the_institution_that_may_less(self, administrator, anna):
        group = Group.objects.create(name="reviewers")
        group.permissions.add(Permission.objects.get(codename="view_party"))
        change(administrator, anna, groups=[group.pk])
        assert anna.groups.get() == group

    def test_no_stronger_group(self, administrator, anna, strong):
        assert change(administrator, anna, groups=[strong.pk]).status_code == 200
        assert not anna.groups.exists()

    def test_no_superuser_is_made(self, administrator):
        values = {"username": "new", "is_superuser": "on", "is_staff": "on", **NEW_PASSWORD}
        assert administrator.post(address("user_add"), values).status_code == 302
        made = User.objects.get(username="new")
        assert (made.is_superuser, made.is_staff) == (False, False)
        change(administrator, made, is_superuser="on")
        assert not User.objects.get(pk=made.pk).is_superuser


@pytest.mark.parametrize("kind", ["superuser", "strong", "single right", "retired"])
def test_who_may_more_is_left_alone(administrator, strong, kind):
    """His password would be the way to his rights."""
    other = User.objects.create_user("other", "o@example.org", PASSWORD, is_staff=True)
    other.is_superuser = kind in ("superuser", "retired")
    other.is_active = kind != "retired"
    other.save()
    if kind == "strong":
        other.groups.add(strong)
    elif kind == "single right":
        other.user_permissions.add(Permission.objects.get(codename="delete_group"))
    before = User.objects.filter(pk=other.pk).values().get()
    values = {"username": "mine", "email": "mine@example.org", "is_staff": "on", **NEW_PASSWORD}
    names = ("user_change", "user_password_change", "user_retire", "user_reinstate", "user_delete")
    for name in names:
        answer = administrator.post(address(name, other.pk), {**values, "post": "yes"})
        assert answer.status_code == 403, name
    assert User.objects.filter(pk=other.pk).values().get() == before


@pytest.mark.parametrize("role", ["author", "publisher"])
def test_others_manage_no_accounts(signed_in, anna, role):
    client = signed_in(role)
    for name in ("user_change", "user_password_change", "user_retire"):
        assert client.post(address(name, anna.pk), NEW_PASSWORD).status_code == 403
    assert client.post(address("user_add"), NEW_PASSWORD).status_code == 403


def test_superusers_give_every_right(root, anna, strong):
    change(root, anna, groups=[strong.pk], is_superuser="on")
    anna.refresh_from_db()
    assert anna.is_superuser
    assert anna.groups.get() == strong
