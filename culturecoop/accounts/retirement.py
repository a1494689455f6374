"""Accounts retire instead of being deleted: what they did keeps their name."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .rights import is_last, managers, superusers


class NotPossible(Exception):
    """An account cannot retire; the message says why."""


@transaction.atomic
def retire(user):
    """Close an account. Its sessions end for good, since they hold its password.

    Groups stay: they do nothing meanwhile, and say what it was when it is brought back.
    """
    held = managers().select_for_update().order_by("pk")
    list(held)  # so that the last two do not retire each other
    refuse_if_last(user)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])


@transaction.atomic
def reinstate(user):
    """Open a retired account again; it needs a new password."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def refuse_if_last(user):
    if is_last(user, managers()):
        raise NotPossible(_("Nobody else could manage accounts then."))
    if is_last(user, superusers()):
        raise NotPossible(_("This is the last superuser."))


def account_name(user):
    """The name of an account as histories show it."""
    if user is None or user == "":
        return ""
    if isinstance(user, User) and not user.is_active:
        return _("%(name)s (retired)") % {"name": user.get_username()}
    return str(user)
