"""Who may manage whom: nobody gives more than he holds, or manages who holds more."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q


def rights_of(user):
    """The single rights that an account has been given, active or not."""
    return Permission.objects.filter(Q(group__user=user) | Q(user=user))


def name_of(right):
    """How the log calls a single right or a group, in no language: "agreements.view_party"."""
    if isinstance(right, Permission):
        return f"{right.content_type.app_label}.{right.codename}"
    return right.name


def exceeds(other, user):
    """Whether the account `other` holds anything that `user` does not."""
    if user.is_superuser:
        return False
    return other.is_superuser or rights_of(other).exclude(pk__in=rights_of(user)).exists()


def groups_to_give(user):
    """The groups that hold nothing that `user` does not."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=rights_of(user))
    return Group.objects.exclude(permissions__in=beyond)


def managers():
    """The accounts that can sign in and manage accounts."""
    right = Permission.objects.filter(content_type__app_label="auth", codename="change_user")
    allowed = Q(is_superuser=True) | Q(groups__permissions__in=right)
    allowed |= Q(user_permissions__in=right)
    return User.objects.filter(
        pk__in=User.objects.filter(allowed, is_active=True, is_staff=True).values("pk")
    )


def superusers():
    return User.objects.filter(is_active=True, is_staff=True, is_superuser=True)


def is_last(user, accounts):
    """Whether `accounts` are this one alone."""
    return [account.pk for account in accounts[:2]] == [user.pk]
