"""The signals of Django about users, recorded in the log: also what commands do with them."""

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from . import audit, limits
from .addresses import client_network
from .audit import Kind
from .current import current_user
from .rights import name_of

WATCHED = {"username", "password", "is_active", "is_staff", "is_superuser"}
RIGHTS = ("is_staff", "is_superuser")


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    audit.record(Kind.SIGN_IN, by=user, name=user.get_username(), request=request)
    limits.forgive(client_network(request), user.get_username())


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        audit.record(Kind.SIGN_OUT, by=user, name=user.get_username(), request=request)


@receiver(pre_save, sender=User)
def remember(sender, instance, raw, update_fields, **kwargs):
    """Keep what the account was, for `saved` to compare."""
    watched = not raw and (update_fields is None or WATCHED & set(update_fields))
    instance._stored = User.objects.filter(pk=instance.pk).first() if watched else None


@receiver(post_save, sender=User)
def saved(sender, instance, created, raw, update_fields, **kwargs):
    if raw:
        return
    before = instance._stored
    rights = {name: getattr(instance, name) for name in RIGHTS}
    if created:
        _record(Kind.CREATED, instance, **rights)
    elif before is not None:
        changed = {name: value for name, value in rights.items() if value != getattr(before, name)}
        if changed:
            _record(Kind.RIGHTS, instance, **changed)
        if before.username != instance.username:
            _record(Kind.RENAMED, instance, was=before.username)
        _record_standing(before, instance, update_fields)


def _record_standing(before, user, update_fields):
    """Retired, brought back, or a new password; a retired account loses its password anyway."""
    if before.is_active != user.is_active:
        _record(Kind.REINSTATED if user.is_active else Kind.RETIRED, user)
    elif before.password != user.password and not _rehashed(user, update_fields):
        _record(Kind.PASSWORD, user)


def _rehashed(user, update_fields):
    """Was the same password stored in a newer way? Django does that when somebody signs in."""
    alone = update_fields is not None and set(update_fields) == {"password"}
    return alone and user._password is None and user.has_usable_password()


@receiver(post_delete, sender=User)
def deleted(sender, instance, **kwargs):
    _record(Kind.DELETED, instance)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def given(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Groups or single rights (`model`) were given to an account, or taken from it.

    In reverse the accounts are the model, and the instance is what they were given.
    """
    word = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}.get(action)
    if word is None:
        return
    others = model.objects.filter(pk__in=_linked(sender, instance, model, pk_set))
    if reverse:
        for user in others:
            _record(Kind.RIGHTS, user, **{word: [name_of(instance)]})
    elif others:
        _record(Kind.RIGHTS, instance, **{word: sorted(map(name_of, others))})


def _linked(through, instance, model, pk_set):
    """The keys that are meant; None means all that there are."""
    if pk_set is not None:
        return pk_set
    links = through.objects.filter(**{instance._meta.model_name: instance})
    return links.values(f"{model._meta.model_name}_id")


def _record(kind, user, **details):
    by = current_user()
    audit.record(kind, by=by, name=user.get_username(), **details)
