"""The roles: groups made at every migration, and what each may do."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from culturecoop.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, RIGHTS, permissions_of, spelled_out

# May (author, publisher, administrator) open it?
PAGES = {
    "admin:index": (True, True, True),
    "admin:agreements_agreementedition_add": (True, True, True),
    "admin:strategy_pageedition_add": (True, True, True),
    "admin:documents_document_add": (True, True, True),
    "admin:agreements_party_changelist": (True, True, True),
    "admin:agreements_party_add": (False, True, True),
    "admin:agreements_theme_add": (False, True, True),
    "admin:auth_user_changelist": (False, False, True),
    "admin:auth_user_add": (False, False, True),
    "admin:auth_group_add": (False, False, False),
}


def test_the_table_spells_prefixes_out():
    assert spelled_out("add_ view_page  publish_page") == {"add_page", "view_page", "publish_page"}


@pytest.mark.django_db
def test_every_right_of_the_table_is_a_permission():
    for role in RIGHTS:
        for label in RIGHTS[role]:
            there = Permission.objects.filter(content_type__app_label=label)
            names = set(there.values_list("codename", flat=True))
            assert permissions_of(role, label) - names == set(), (role, label)


@pytest.mark.django_db
def test_a_migration_brings_the_groups_back_to_the_table():
    author = Group.objects.get(name=AUTHOR)
    right = Permission.objects.get(codename="publish_pageedition")
    author.permissions.add(right)
    Group.objects.get(name=PUBLISHER).delete()
    call_command("migrate", verbosity=0)
    assert right not in author.permissions.all()
    assert right in Group.objects.get(name=PUBLISHER).permissions.all()


@pytest.mark.django_db
def test_each_role_has_what_the_one_before_it_has():
    rights = [
        set(Group.objects.get(name=role).permissions.values_list("pk", flat=True))
        for role in (AUTHOR, PUBLISHER, ADMINISTRATOR)
    ]
    assert rights[0] < rights[1] < rights[2]


@pytest.mark.django_db
def test_only_publishers_publish():
    publishing = Permission.objects.filter(codename__startswith="publish_")
    assert publishing.count() == 3
    assert not publishing.filter(group__name=AUTHOR).exists()
    assert publishing.filter(group__name=PUBLISHER).count() == 3


def test_an_unknown_role_is_a_fault_of_the_caller():
    with pytest.raises(KeyError):
        permissions_of("reader", "strategy")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", RIGHTS)
def test_the_pages_of_the_admin(signed_in, role, name):
    allowed = PAGES[name][list(RIGHTS).index(role)]
    assert signed_in(role).get(reverse(name)).status_code == (200 if allowed else 403)


def test_an_administrator_makes_nobody_a_superuser(signed_in, django_user_model):
    client = signed_in(ADMINISTRATOR)
    url = reverse("admin:auth_user_change", args=[client.user.pk])
    content = client.get(url).content.decode()
    assert "is_superuser" not in content
    assert "user_permissions" not in content
    values = {
        "username": "administrator",
        "is_staff": "on",
        "is_active": "on",
        "is_superuser": "on",
    }
    client.post(url, values | {"user_permissions": [1]})
    client.user.refresh_from_db()
    assert not client.user.is_superuser
    assert not client.user.user_permissions.exists()


def test_a_superuser_is_left_alone_by_administrators(signed_in, django_user_model):
    root = django_user_model.objects.create_superuser("root")
    client = signed_in(ADMINISTRATOR)
    url = reverse("admin:auth_user_change", args=[root.pk])
    assert client.post(url, {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.get(password).status_code == 403


def test_all_apps_of_the_table_are_there():
    assert {label for rights in RIGHTS.values() for label in rights} <= {
        config.label for config in apps.get_app_configs()
    }
