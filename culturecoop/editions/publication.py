"""Publication: the verb that makes drafts what readers see, one or many together.

It looks at the drafts as they are under the locks of their identities, refuses each that is to be
refused without stopping the others, and writes the others in a number of queries that does not
grow with them.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from . import savings
from .approval import Asked, Gate
from .bulk import lock, write
from .comparison import read_contents
from .guards import (
    Conflict,
    E,
    Refused,
    Unanswered,
    moment_of,
    refuse_no_draft,
    refuse_other_files,
    refuse_other_version,
)
from .models import Edition
from .questions import kept
from .seen import changes_of
from .signals import PUBLISHED, reviewed, standing_changed
from .tracks import read_tracks, track_of

#: What is written of each edition.
COLUMNS = (
    "number", "live_from", "live_until", "published_at", "published_by", "change_note",
    "meaning_unchanged", "answers",
)  # fmt: skip
Refusals = dict[int, Refused | ValidationError]


def publish(draft: E, *, version: int | None = None, **asked: Any) -> E:
    """Make a draft what readers see, now or from `at` (an aware datetime ahead of now).

    `version` (by default that of the instance), `files` (the ids of those that become public
    with it; None for any) and `seen` (a Seen; None for any) are what the caller saw: `Conflict` is
    raised when one of them has moved on. Whatever is scheduled after `at` stays, and will replace
    it then. `answers` is {code: answer} to the questions about the draft, `agreed` the codes of
    those that are answered as proposed; `Unanswered` is raised while one is open. With `approves`,
    who publishes it approves it as well, where that is his to do; `override` says why an
    administrator publishes it without approval.
    """
    versions = {draft.pk: draft.version if version is None else version}
    if refused := _publish([draft], versions, Asked(**asked)):
        raise refused[draft.pk]
    draft.refresh_from_db()
    return draft


def publish_many(drafts: Sequence[Edition], **asked: Any) -> Refusals:
    """Publish drafts of one model, each as `publish` does; return {id: why} of those refused.

    They are at most as many as its `portion`, else ValueError. The instances are what the caller
    saw; they stay as they are.
    """
    if not drafts:
        return {}
    if len(drafts) > drafts[0].portion:
        raise ValueError(f"At most {drafts[0].portion} of {type(drafts[0]).__name__} at once.")
    return _publish(drafts, {draft.pk: draft.version for draft in drafts}, Asked(**asked))


@transaction.atomic
def _publish(drafts, versions, asked):
    refused = {}
    stored = _held(drafts)

    def refuse_as_stored(draft):
        refuse_no_draft(stored.get(draft.pk))
        refuse_other_version(stored[draft.pk], versions[draft.pk])

    as_seen = [stored[draft.pk] for draft in _passed(drafts, refuse_as_stored, refused)]
    changes, read = read_along(as_seen, asked.seen)
    gate = Gate(as_seen, asked)

    def look_at(draft):
        refuse_changes(changes[draft.pk])
        _look_at(draft, asked, read, gate)

    if ready := _passed(as_seen, look_at, refused):
        gate.store(ready)
        _store(ready)
    return refused


def _passed(drafts, look_at, refused):
    """Return the drafts that are not refused when they are looked at; note the others."""
    passed = []
    for draft in drafts:
        try:
            look_at(draft)
        except (Refused, ValidationError) as why:
            refused[draft.pk] = why
        else:
            passed.append(draft)
    return passed


def _held(drafts):
    """Lock the identities of drafts; return {id: the edition as it is stored}."""
    model = type(drafts[0])
    identity = model._meta.get_field(model.track_fields[0])
    known = lock(identity.related_model, {draft.track_key[0] for draft in drafts})
    stored = model._base_manager.in_bulk([draft.pk for draft in drafts])
    for edition in stored.values():
        setattr(edition, identity.name, known[edition.track_key[0]])
    return stored


def read_along(drafts, seen):
    """Read what is looked at of drafts; return {id: what has changed since}, and what hooks get."""
    if not drafts:
        return {}, None
    read_tracks(drafts)
    read_contents(drafts)
    read = type(drafts[0]).read_for_publication(drafts)
    changes = changes_of(drafts, seen) if seen else {draft.pk: [] for draft in drafts}
    return changes, read


def refuse_changes(changes):
    """Conflict when something was decided or amended about a draft since it was seen."""
    if changes:
        raise Conflict(" ".join(changes))


def _look_at(draft, asked, read, gate):
    """Refuse a draft that cannot be published as it is; else set what will be written of it."""
    track = track_of(draft)
    at = moment_of(track, asked.at)
    draft.check_publishable(read)
    refuse_other_files(draft, at, asked.files)
    gate.refuse_unapproved(draft, at)
    asked = gate.as_approved(draft)
    questions = draft.questions(asked.answers)
    answers = answers_to(questions, asked.answers or {}, asked.agreed)
    gate.note(draft, asked, answers)
    draft.apply_answers(answers)
    draft.answers = kept(questions, answers)
    draft.number = track.next_number
    draft.live_from, draft.live_until = at, track.next_moment(at)
    draft.published_at, draft.published_by = track.present, asked.by
    draft.change_note, draft.meaning_unchanged = asked.change_note, asked.meaning_unchanged


def answers_to(questions, answers, agreed):
    """Return {code: answer} to the questions; Unanswered while one is open."""
    proposed = {question.code: question.proposed for question in questions}
    found = {q: answers.get(q, proposed[q] if q in agreed else None) for q in proposed}
    open_ones = [question for question in questions if not question.accepts(found[question.code])]
    if open_ones:
        raise Unanswered(open_ones)
    return found


def _store(drafts):
    """Write drafts that are ready, and let follow what readers see of them."""
    model = type(drafts[0])
    model.store_answers(drafts)
    _make_room(drafts)
    write(drafts, COLUMNS)
    savings.forget(model, [draft.pk for draft in drafts])
    model.after_publish(drafts)
    standing_changed.send(model, editions=drafts)
    by = drafts[0].published_by
    reviewed.send(model, editions=drafts, step=PUBLISHED, by=by, note="", before=None)


def _make_room(drafts):
    """End what stands where the drafts will."""
    ended = defaultdict(list)
    for draft in drafts:
        if standing := track_of(draft).standing(draft.live_from):
            ended[draft.live_from].append(standing.pk)
    for at, pks in ended.items():
        type(drafts[0])._base_manager.filter(pk__in=pks).update(live_until=at)
