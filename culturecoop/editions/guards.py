"""What every verb looks at first, under the lock: the refusals that a person can read."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, TypeAlias, TypeVar

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from culturecoop.clock import day_and_time
from culturecoop.texts import quoted

from .models import Edition, EditionPart, Identity, State
from .questions import Question
from .tracks import Track, track_of

Actor: TypeAlias = User | None  # who asks for it; None: a command
E = TypeVar("E", bound=Edition)  # editions of one model: who gives one gets one of the same


class Refused(Exception):
    """A verb cannot be done now; the message says why and what to do instead."""


class Conflict(Refused):
    """Somebody else changed meanwhile what was looked at; nothing was done."""


class Unanswered(Refused):
    """A question about the draft has to be answered first."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = questions
        super().__init__(" ".join(question.text for question in questions))


def lock(model: type[Identity], pk: int) -> Identity:
    """Return an identity, locked until the transaction ends. (On SQLite the transaction is.)"""
    identity = model._base_manager.select_for_update().filter(pk=pk).first()
    if identity is None:
        raise Refused(_("It is no longer there: somebody discarded it meanwhile."))
    return identity


def lock_identity_of(edition: Edition) -> Identity:
    field: Any = edition._meta.get_field(edition.track_fields[0])
    return lock(field.related_model, getattr(edition, field.attname))


def refresh(edition: Edition) -> None:
    try:
        edition.refresh_from_db()
    except type(edition).DoesNotExist:
        raise Refused(_("It is no longer there: somebody discarded it meanwhile.")) from None


def present(edition: Edition) -> datetime.datetime:
    """The present moment; after the last decision, also when the clock was set back since."""
    return track_of(edition).present


def moment_of(track: Track, at: datetime.datetime | None) -> datetime.datetime:
    """When publication takes effect: never in the past, never twice at the same moment."""
    now = track.present
    if at is not None and at < now:
        raise Refused(_("Publication cannot be backdated. Choose a time ahead, or publish now."))
    taken = {edition.live_from for edition in track.published}
    if at in taken:
        raise Refused(_("Another edition is scheduled for that very moment. Choose another."))
    at = at or now
    while at in taken:
        at += datetime.timedelta(microseconds=1)
    return at


def still_a_draft(draft: E) -> E:
    """The row as stored, which must be a draft."""
    stored = type(draft)._base_manager.filter(pk=draft.pk).first()
    return refuse_no_draft(stored)


def refuse_no_draft(stored: E | None) -> E:
    """Return a row as it is stored, which must be a draft."""
    if stored is None:
        raise Refused(_("This draft is no longer there: somebody discarded it meanwhile."))
    if not stored.is_draft:
        raise Refused(
            _("This is no longer a draft: its state is “%(state)s”.")
            % {"state": stored.state.label}
        )
    return stored


def refuse_other_version(stored: Edition, version: int) -> None:
    if stored.version != version:
        raise Conflict(saved_meanwhile(stored))


def hold(draft: E, *, version: int | None = None) -> E:
    """Lock a draft for a change until the caller's transaction ends; return it as stored.

    Refuse when it is no draft any more, or has moved on from `version`.
    """
    lock_identity_of(draft)
    stored = still_a_draft(draft)
    if version is not None:
        refuse_other_version(stored, version)
    return stored


def refuse_state_besides(edition: Edition, *states: State) -> None:
    state = edition.state_at(present(edition))
    if state not in states:
        raise Refused(
            _("Its state is “%(state)s” now, so this cannot be done.") % {"state": state.label}
        )


def refuse_other_files(
    draft: Edition, at: datetime.datetime | None, seen: Collection[int] | None
) -> None:
    """Conflict when other files than those `seen` would become public with the draft."""
    if seen is not None and {file.pk for file in draft.files_coming_out(at)} - set(seen):
        raise Conflict(_("The files that become public with it have changed since you opened it."))


def refuse_other_documents(
    edition: Edition, chosen: Collection[int], seen: Collection[int] | None
) -> None:
    """Conflict when others than those `seen` are left by the edition, or than those `chosen`."""
    left = {document.pk for document in edition.documents_left()}
    if set(chosen) - left or (seen is not None and set(seen) != left):
        raise Conflict(_("Other documents are used only here than when you opened this page."))


def refuse_second_draft(edition: Edition) -> None:
    other = edition.siblings().drafts().exclude(pk=edition.pk).first()
    if other:
        raise Refused(
            _("There is a draft already, made by %(who)s. Publish or discard it first.")
            % {"who": other.created_by or _("a command")}
        )


def saved_meanwhile(stored: Edition) -> str:
    return _("%(who)s saved this draft on %(day)s at %(time)s, after you had opened it.") % {
        "who": stored.changed_by or _("A command"),
        **day_and_time(stored.changed_at),
    }


def heading_of(row: Any) -> str:
    """What editors call the thing that a row is, or is a part of."""
    thing = row.part_of if isinstance(row, EditionPart) else row
    return quoted(getattr(thing, "heading", thing))
