"""The verbs: the only way an edition changes its state.

Admin buttons, imports, commands and tests call the same ones. Each takes the lock on the
identity, looks at the rows as they are then, refuses with a `Refused` that a person can read,
and does its named steps in one transaction. `by` is the user who asked, or None for a command.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.reference import addresses

from . import redirects, reviews, savings
from .cloning import copy_fields, copy_parts
from .discards import note_discarded
from .guards import (
    Actor,
    Conflict,
    E,
    Refused,
    Unanswered,
    heading_of,
    hold,
    lock,
    lock_identity_of,
    moment_of,
    refresh,
    refuse_other_documents,
    refuse_second_draft,
    refuse_state_besides,
)
from .models import Edition, Identity, State
from .publication import publish, publish_many
from .reviewing import approve, send_back, submit, take_back
from .saved import snapshot_in, what_is_left
from .signals import standing_changed, tell_of
from .snapshots import put_back, take
from .tracks import track_of

__all__ = [
    "Conflict", "Refused", "Unanswered", "approve", "cancel_schedule", "discard", "hold",
    "new_draft", "publish", "publish_many", "record_change", "restore", "revert", "send_back",
    "start", "submit", "take_back", "withdraw",
]  # fmt: skip


@transaction.atomic
def start(identity: Identity, model: type[E], *, by: Actor = None, **fields: Any) -> E:
    """The first draft of a new identity, or of a new language of it: an empty `model` row."""
    lock(type(identity), identity.pk)
    draft = model(created_by=by, changed_by=by, **{model.track_fields[0]: identity}, **fields)
    refuse_second_draft(draft)
    draft.save()
    reviews.note_contribution([draft], by)
    tell_of(draft)
    return draft


def new_draft(source: E, *, by: Actor = None) -> E:
    """Return a draft with the content of `source`, which is live or scheduled."""
    return _draft_of(source, (State.LIVE, State.SCHEDULED), by)


def restore(source: E, *, by: Actor = None) -> E:
    """Return a draft with the content of an older edition. History stays as it is."""
    return _draft_of(source, (State.SUPERSEDED, State.CANCELLED), by)


@transaction.atomic
def _draft_of(source, states, by):
    lock_identity_of(source)
    refresh(source)
    if source.withdrawal:
        raise Refused(_("A withdrawal has no content to edit. Restore an earlier edition."))
    refuse_state_besides(source, *states)
    refuse_second_draft(source)
    draft = type(source)(**source.track, based_on=source, created_by=by, changed_by=by)
    copy_fields(source, draft).save()
    copy_parts({source.pk: draft})
    reviews.note_contribution([draft], by)
    if source.state in (State.SCHEDULED, State.CANCELLED):
        reviews.carry_over({source: draft})
    tell_of(draft)
    return draft


def _hold_as_seen(draft, version):
    """Hold a draft in the `version` that its caller saw, by default that of the instance."""
    return hold(draft, version=draft.version if version is None else version)


@transaction.atomic
def record_change(draft: E, *, by: Actor = None, version: int | None = None) -> E:
    """Raise the version of a draft that is being saved.

    With `version` (the one the editor had before him), refuse with `Conflict` when it has
    moved on. Call it before the changes are written, in the same transaction: what the draft says
    by then is kept, so that it can be taken back to.
    """
    stored = hold(draft, version=version)
    savings.keep([stored], take([stored]))
    draft.version = stored.version + 1
    draft.changed_by, draft.changed_at = by, timezone.now()
    _write(draft, version=draft.version, changed_by=by, changed_at=draft.changed_at)
    reviews.note_contribution([draft], by)
    tell_of(draft)
    return draft


@transaction.atomic
def revert(draft: E, to: int, *, by: Actor = None, version: int | None = None) -> E:
    """Give a draft the content that it had in the version `to`: one more saving, like any other.

    `version` is the one that the caller saw, by default that of the instance. A row that points to
    what is gone stays away: `left_out` of the draft names that.
    """
    stored = _hold_as_seen(draft, version)
    snapshot = snapshot_in(stored, to)
    if snapshot is None:
        raise Refused(_("This saving is no longer kept. Choose another one."))
    snapshot, draft.left_out = what_is_left(type(draft), snapshot)
    record_change(draft, by=by)
    reviews.distrust([draft])
    try:
        with transaction.atomic():
            put_back(draft, snapshot)
            connection.check_constraints([])  # SQLite, which is alone with it, looks at nothing
    except IntegrityError:
        raise Conflict(_("What it points to was deleted at this moment. Look again.")) from None
    tell_of(draft)
    return draft


@transaction.atomic
def cancel_schedule(edition: E, *, by: Actor = None) -> E:
    """Turn a scheduled edition back into the draft; a scheduled withdrawal just goes."""
    lock_identity_of(edition)
    refresh(edition)
    if edition.state != State.SCHEDULED:
        raise Refused(_("This edition is not scheduled, so there is nothing to cancel."))
    if not edition.withdrawal:
        refuse_second_draft(edition)
    _take_out(edition, by, changed_by=by, changed_at=timezone.now(), version=edition.version + 1)
    if not edition.withdrawal:
        reviews.keep_approval(edition, edition.version - 1)
    return edition


@transaction.atomic
def withdraw(
    edition: E, *, reason: str, redirect_to: str = "", documents: Collection[int] = (),
    seen: Collection[int] | None = None, by: Actor = None, at: datetime.datetime | None = None,
) -> E:  # fmt: skip
    """Take off the site what the live `edition` is an edition of, from now or from `at`.

    Readers see `reason`, or are sent to `redirect_to`. `documents` are the ids of those that are
    withdrawn together with it, with the same reason; `seen` those that the caller saw to be of
    nothing else (None for any): `Conflict` is raised when they have moved on. What is scheduled
    later is cancelled and stays in the history, from where it can be restored. Returns the
    withdrawal, a published row of its own.
    """
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn: readers who open the address see the reason."))
    addresses.hold()  # no other withdrawal redirects to this one meanwhile
    lock_identity_of(edition)
    refresh(edition)
    refuse_state_besides(edition, State.LIVE)
    at = moment_of(track_of(edition), at)
    if not edition.siblings().live(at).exists():
        raise Refused(_("It is not on the site at that time, so it cannot be withdrawn."))
    if why := redirects.why_not(edition, redirect_to, at):
        raise Refused(why)
    refuse_other_documents(edition, documents, seen)
    for later in edition.siblings().scheduled(at).order_by("-live_from"):
        _take_out(later, by, cancelled_at=timezone.now())
    track = track_of(edition)
    type(edition)._base_manager.filter(pk=track.standing(at).pk).update(live_until=at)
    withdrawal = type(edition)._base_manager.create(
        **edition.track,
        number=track.next_number,
        live_until=track.next_moment(at),
        live_from=at,
        withdrawal=True,
        reason=reason,
        redirect_to=redirect_to,
        created_by=by,
        changed_by=by,
        published_at=track.present,
        published_by=by,
    )
    withdrawal.withdraw_documents(documents)
    standing_changed.send(type(edition), editions=[withdrawal])
    return withdrawal


@transaction.atomic
def discard(draft: Edition, *, by: Actor = None, version: int | None = None) -> None:
    """Delete a draft in the `version` that the caller saw (by default that of the instance).

    An identity that has nothing else goes with it.
    """
    stored = _hold_as_seen(draft, version)
    identity = lock_identity_of(draft)
    note_discarded(stored, by)
    savings.forget(type(draft), [draft.pk])
    reviews.forget(type(draft), [draft.pk])
    stored.delete()  # not `draft`, which the caller goes on with when this is refused
    if type(draft).objects.filter(**{draft.track_fields[0]: identity}).exists():
        tell_of(draft)
        return
    try:
        identity.delete()
    except ProtectedError as error:
        raise Refused(
            _("Other content points to it: %(what)s. Remove that first.")
            % {"what": ", ".join(sorted({heading_of(row) for row in error.protected_objects}))}
        ) from error


# Steps ---------------------------------------------------------------------------------------


def _take_out(edition, by, **columns):
    """Unpublish a scheduled edition; the one before it stands until the one after it.

    A withdrawal has no content to keep, so it goes altogether.
    """
    before = edition.siblings().filter(live_until=edition.live_from)
    until = edition.live_until
    if edition.withdrawal:
        edition.restore_documents(by=by)
        type(edition)._base_manager.filter(pk=edition.pk).delete()
    else:
        edition.after_unpublish()
        _write(edition, live_from=None, live_until=None, published_at=None, answers=[], **columns)
    before.update(live_until=until)
    standing_changed.send(type(edition), editions=[edition])


def _write(edition, **columns):
    """Set columns that only the verbs may set, in the database and on the instance."""
    type(edition)._base_manager.filter(pk=edition.pk).update(**columns)
    for name, value in columns.items():
        setattr(edition, name, value)
