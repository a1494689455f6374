"""The verbs: the only way an edition changes its state.

Admin buttons, imports, commands and tests call the same ones. Each takes the lock on the
identity, looks at the rows as they are then, refuses with a `Refused` that a person can read,
and does its named steps in one transaction. `by` is the user who asked, or None for a command.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.reference import addresses

from . import redirects
from .cloning import copy_fields, copy_parts
from .guards import (
    Actor,
    Conflict,
    E,
    Refused,
    Unanswered,
    heading_of,
    lock,
    lock_identity_of,
    present,
    refresh,
    refuse_other_documents,
    refuse_other_files,
    refuse_second_draft,
    refuse_state_besides,
    refuse_unseen,
    saved_meanwhile,
    still_a_draft,
)
from .models import Edition, Identity, State, live_at
from .questions import kept
from .seen import Seen
from .signals import standing_changed, tell_of

__all__ = [
    "Conflict", "Refused", "Unanswered", "cancel_schedule", "discard", "hold", "new_draft",
    "publish", "record_change", "restore", "start", "withdraw",
]  # fmt: skip


@transaction.atomic
def start(identity: Identity, model: type[E], *, by: Actor = None, **fields: Any) -> E:
    """The first draft of a new identity, or of a new language of it: an empty `model` row."""
    lock(type(identity), identity.pk)
    draft = model(created_by=by, changed_by=by, **{model.track_fields[0]: identity}, **fields)
    refuse_second_draft(draft)
    draft.save()
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
    tell_of(draft)
    return draft


def hold(draft: E, *, version: int | None = None) -> E:
    """Lock a draft for a change until the caller's transaction ends; return it as stored.

    Refuse when it is no draft any more, or has moved on from `version`.
    """
    lock_identity_of(draft)
    stored = still_a_draft(draft)
    if version is not None and stored.version != version:
        raise Conflict(saved_meanwhile(stored))
    return stored


def _hold_as_seen(draft, version):
    """Hold a draft in the `version` that its caller saw, by default that of the instance."""
    return hold(draft, version=draft.version if version is None else version)


@transaction.atomic
def record_change(draft: E, *, by: Actor = None, version: int | None = None) -> E:
    """Raise the version of a draft that is being saved.

    With `version` (the one the editor had before him), refuse with `Conflict` when it has
    moved on. Call it before the changes are written, in the same transaction.
    """
    stored = hold(draft, version=version)
    draft.version = stored.version + 1
    draft.changed_by, draft.changed_at = by, timezone.now()
    _write(draft, version=draft.version, changed_by=by, changed_at=draft.changed_at)
    tell_of(draft)
    return draft


@transaction.atomic
def publish(
    draft: E, *, by: Actor = None, at: datetime.datetime | None = None, version: int | None = None,
    files: Collection[int] | None = None, seen: Seen | None = None, change_note: str = "",
    meaning_unchanged: bool = False, answers: Mapping[str, str] | None = None,
    agreed: Collection[str] = (),
) -> E:  # fmt: skip
    """Make a draft what readers see, now or from `at` (an aware datetime ahead of now).

    `version` (by default that of the instance), `files` (the ids of those that become public
    with it; None for any) and `seen` (a Seen; None for any) are what the caller saw: `Conflict` is
    raised when one of them has moved on. Whatever is scheduled after `at` stays, and will replace
    it then. `answers` is {code: answer} to the questions about the draft, `agreed` the codes of
    those that are answered as proposed; `Unanswered` is raised while one is open.
    """
    _hold_as_seen(draft, version)
    draft.refresh_from_db()
    refuse_unseen(draft, seen)
    at = _moment(draft, at)
    draft.check_publishable()
    refuse_other_files(draft, at, files)
    questions = draft.questions(answers)
    answers = _answers(questions, answers or {}, agreed)
    draft.apply_answers(answers)
    _write(
        draft,
        answers=kept(questions, answers),
        number=_next_number(draft),
        live_until=_make_room(draft, at),
        live_from=at,
        published_at=present(draft),
        published_by=by,
        change_note=change_note,
        meaning_unchanged=meaning_unchanged,
    )
    draft.after_publish()
    standing_changed.send(type(draft), instance=draft)
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
    at = _moment(edition, at)
    if not edition.siblings().live(at).exists():
        raise Refused(_("It is not on the site at that time, so it cannot be withdrawn."))
    if why := redirects.why_not(edition, redirect_to, at):
        raise Refused(why)
    refuse_other_documents(edition, documents, seen)
    for later in edition.siblings().scheduled(at).order_by("-live_from"):
        _take_out(later, by, cancelled_at=timezone.now())
    withdrawal = type(edition)._base_manager.create(
        **edition.track,
        number=_next_number(edition),
        live_until=_make_room(edition, at),
        live_from=at,
        withdrawal=True,
        reason=reason,
        redirect_to=redirect_to,
        created_by=by,
        changed_by=by,
        published_at=present(edition),
        published_by=by,
    )
    withdrawal.withdraw_documents(documents)
    standing_changed.send(type(edition), instance=withdrawal)
    return withdrawal


@transaction.atomic
def discard(draft: Edition, *, by: Actor = None, version: int | None = None) -> None:
    """Delete a draft in the `version` that the caller saw (by default that of the instance).

    An identity that has nothing else goes with it.
    """
    stored = _hold_as_seen(draft, version)
    identity = lock_identity_of(draft)
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


def _moment(edition, at):
    """When publication takes effect: never in the past, never twice at the same moment."""
    now = present(edition)
    if at is not None and at < now:
        raise Refused(_("Publication cannot be backdated. Choose a time ahead, or publish now."))
    ahead = edition.siblings().filter(live_from__gte=at or now)
    taken = set(ahead.values_list("live_from", flat=True))
    if at in taken:
        raise Refused(_("Another edition is scheduled for that very moment. Choose another."))
    at = at or now
    while at in taken:
        at += datetime.timedelta(microseconds=1)
    return at


def _answers(questions, answers, agreed):
    """{code: answer} to the questions; Unanswered while one is open."""
    proposed = {question.code: question.proposed for question in questions}
    found = {q: answers.get(q, proposed[q] if q in agreed else None) for q in proposed}
    open_ones = [question for question in questions if not question.accepts(found[question.code])]
    if open_ones:
        raise Unanswered(open_ones)
    return found


def _next_number(edition):
    return (edition.siblings().aggregate(last=Max("number"))["last"] or 0) + 1


def _make_room(edition, at):
    """End at `at` what stands then; return when the next scheduled edition ends the new one."""
    published = edition.siblings().published()
    published.filter(live_at(at)).update(live_until=at)
    return published.filter(live_from__gt=at).aggregate(next=Min("live_from"))["next"]


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
    standing_changed.send(type(edition), instance=edition)


def _write(edition, **columns):
    """Set columns that only the verbs may set, in the database and on the instance."""
    type(edition)._base_manager.filter(pk=edition.pk).update(**columns)
    for name, value in columns.items():
        setattr(edition, name, value)
