"""The accounts of the demonstration: one for each role, only while DEBUG is on."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string

from culturecoop.roles import RIGHTS


def make_demonstration_accounts():
    """Make an account for each role when there is no account yet. Returns {name: password}."""
    users = get_user_model().objects
    if not settings.DEBUG or users.exists():
        return {}
    accounts = {role: get_random_string(12) for role in RIGHTS}
    for role, password in accounts.items():
        user = users.create_user(role, password=password, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
    return accounts
