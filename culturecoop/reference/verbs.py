"""The verbs for reference data: `amend`, `remove` and `undo`. All are logged and undoable.

`give_free` releases an address that something has moved away from.
"""

import contextlib
import json
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from . import addresses
from .models import Amendment, MovedAddress
from .signals import amended

_recorders = ContextVar("recorders", default=())


class NotPossible(Exception):
    """A change of reference data that cannot be made; its text is the reason."""


@contextlib.contextmanager
def recorded():
    """Yield a list, which gets the amendments that are made inside the block, in their order."""
    amendments = []
    token = _recorders.set((*_recorders.get(), amendments))
    try:
        yield amendments
    finally:
        _recorders.reset(token)


@transaction.atomic
def amend(obj, *, by=None):
    """Store the new values of `obj` (a new row, or one whose attributes were set).

    Raises ValidationError when they are not valid. An address that readers have seen leads on.
    Returns the Amendment, or None when nothing changed.
    """
    if obj.address_views:
        addresses.hold()
    stored = _stored(obj)
    before = _values(stored)
    obj.full_clean()
    moved = addresses.seen_addresses(stored, obj)
    obj.save()
    after = _values(obj)
    if before == after:
        return None
    amended.send(type(obj), instance=obj, before=before)
    addresses.keep_moved(moved, obj, by=by)
    return _log(obj, by, before, after)


@transaction.atomic
def remove(obj, *, by=None):
    """Delete a row that nothing points to."""
    before, pk = _values(obj), obj.pk
    try:
        obj.delete()
    except ProtectedError as error:
        raise NotPossible(
            _("“%(what)s” is in use: %(where)s.")
            % {
                "what": obj,
                "where": ", ".join(sorted({str(row) for row in error.protected_objects})[:5]),
            }
        ) from error
    obj.pk = pk
    amended.send(type(obj), instance=obj, before=before)
    return _log(obj, by, before, None)


@transaction.atomic
def undo(amendment, *, by=None):
    """Bring a row back to what it was before `amendment`, unless it was changed since."""
    model = amendment.content_type.model_class()
    if model.address_views:
        addresses.hold()
    stored = model._base_manager.select_for_update().filter(pk=amendment.object_id).first()
    if _own(model, _plain(_values(stored))) != _own(model, amendment.after):
        raise NotPossible(_("“%(what)s” was changed since.") % {"what": amendment.object_text})
    if amendment.before is None:
        undone = remove(stored, by=by)
    else:
        former = _former(model, amendment)
        former._state.adding = stored is None
        undone = amend(former, by=by)
    undone.undoes = amendment
    undone.save(update_fields=["undoes"])
    return undone


@transaction.atomic
def give_free(moved, *, reason, by=None):
    """Release a moved address for other things. The row stays, with who released it and why."""
    if not reason.strip():
        raise NotPossible(_("Say why the address is released."))
    addresses.hold()
    stored = MovedAddress.objects.held().filter(pk=moved.pk).first()
    if stored is None:
        raise NotPossible(_("The address was released or taken again meanwhile."))
    stored.freed_at, stored.freed_by, stored.freed_reason = timezone.now(), by, reason
    stored.save(update_fields=["freed_at", "freed_by", "freed_reason"])
    return stored


def _stored(obj):
    return obj.pk and type(obj)._base_manager.select_for_update().filter(pk=obj.pk).first()


def _values(obj):
    """Return the columns of a row as plain values, {"slug": "korea", …}; None for no row."""
    if not obj:
        return None
    values = serializers.serialize("python", [obj])[0]["fields"]
    return {name: value for name, value in values.items() if name not in obj.verb_columns}


def _plain(values):
    """Return the values as they are stored: dates as texts."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _own(model, values):
    """Return the values without those that follow from other rows, which nobody edits."""
    return values and {n: value for n, value in values.items() if n not in model.derived_columns}


def _former(model, amendment):
    """Return the row as it was before the amendment, not stored."""
    label = model._meta.label_lower
    record = {"model": label, "pk": amendment.object_id, "fields": amendment.before}
    return next(serializers.deserialize("python", [record])).object


def _log(obj, by, before, after):
    amendment = Amendment.objects.create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        object_text=str(obj)[:300],
        by=by,
        before=before,
        after=after,
    )
    for amendments in _recorders.get():
        amendments.append(amendment)
    return amendment
