"""What publication asks of an editor: what is rare enough in law to be a mistake.

The sentences say what readers will see; the answers are kept with the edition.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.editions.models import Edition
from culturecoop.editions.questions import Question
from culturecoop.editions.tracks import track_of

from .law import Statement
from .parties import Party
from .treaty import LegalLife, form_of, holds, life_in_chosen_form
from .vocabulary import EFFECTS, NO_STATUS, SIGNATURES, UNDOES, EventKind, Form, Scope, Status
from .wording import status_on

_K = EventKind
_LABELS = {
    Form.BILATERAL: gettext_lazy("Bilateral: our own side, and each partner in a relation with us"),
    Form.MULTILATERAL: gettext_lazy("Multilateral: each party is bound for itself"),
}


def questions_about(edition, answers=None):
    """Return the Questions about a draft of an agreement, in the order in which they are asked.

    A form that is among the `answers` is what all other questions are about.
    """
    subject = _Subject(edition, timezone.localdate(), life_in_chosen_form(edition, answers))
    found = [ask(subject) for ask in _ASKED]
    return [question for question in found if question]


@dataclass
class _Subject:
    """A draft with all that questions about it need."""

    edition: Edition
    today: date
    life: LegalLife

    @cached_property
    def events(self):
        return sorted(self.edition.events.all(), key=lambda event: event.date)

    def events_of(self, *kinds):
        return [event for event in self.events if event.kind in kinds]

    def on(self, party, day):
        held = (p for p in self.life.periods if p.party == party and p.holds(day))
        return next(held, Statement())

    def names(self, parties):
        found = Party.objects.filter(pk__in=parties).prefetch_related("names")
        return ", ".join(sorted(party.display_name for party in found))

    def sentence(self):
        """Return what readers will see at the head of the agreement."""
        status = status_on(self.life.periods, self.edition, self.today)
        return status.sentence if status else str(NO_STATUS)


def _form(subject):
    edition = subject.edition
    if edition.form or len(subject.life.treaty.partners) < 2:
        return None
    return Question(
        "form",
        _("With several partners, what is its form? Readers will see: “%(sentence)s”")
        % {"sentence": subject.sentence()},
        _("The form of agreements with several partners is as proposed."),
        tuple((form.value, str(label)) for form, label in _LABELS.items()),
        form_of(edition, subject.life.memberships).value,
    )


def _side_has_ended(subject):
    whole = subject.on(None, subject.today)
    if not whole.has_effect:
        return None
    listed = subject.life.treaty.listed
    ended = [party for party in listed if subject.on(party, subject.today).is_end]
    if not ended:
        return None
    return Question(
        "side_ended",
        _("It has ended for %(parties)s, but goes on. Readers will see: “%(sentence)s”")
        % {"parties": subject.names(ended), "sentence": subject.sentence()},
        _("It has ended for a party, but goes on."),
    )


def _force_before_signature(subject):
    signed = subject.events_of(*SIGNATURES)
    early = [
        event for event in subject.events_of(_K.ENTRY_INTO_FORCE)
        if signed and event.date.last < min(e.date.first for e in signed)
    ]  # fmt: skip
    return _about_events(
        "force_before_signature",
        early,
        _("It enters into force before anybody has signed it: %(events)s."),
        _("It enters into force before anybody has signed it."),
    )


def _no_source(subject):
    return _about_events(
        "no_source",
        [event for event in subject.events if not event.source and not event.source_address],
        _("Events have no source, so readers cannot check them: %(events)s."),
        _("Events have no source."),
    )


def _rest_without_part(subject):
    lonely = [
        event for event in subject.events
        if event.scope == Scope.REST and not any(
            other.kind == event.kind and other.scope == Scope.PART
            and other.date.first <= event.date.last for other in subject.events
        )
    ]  # fmt: skip
    return _about_events(
        "rest_without_part",
        lonely,
        _("There is a rest, but no part before it; it counts as the whole: %(events)s."),
        _("There is a rest, but no part before it; it counts as the whole."),
    )


def _definitive_without_force(subject):
    if subject.events_of(_K.ENTRY_INTO_FORCE):
        return None
    return _about_events(
        "definitive_without_force",
        subject.events_of(_K.DEFINITIVE_SIGNATURE),
        _("It was signed definitively, but no entry into force is recorded: %(events)s."),
        _("It was signed definitively, but no entry into force is recorded."),
    )


def _expired(subject):
    """An end by lapse of time, while nothing says that it was not extended tacitly."""
    whole = subject.on(None, subject.today)
    if whole.status is not Status.EXPIRED:
        return None
    return _about_events(
        "expired",
        [event for event in subject.events if event.pk == whole.event],
        _("It has expired and no extension is recorded: %(events)s. Many agreements renew "
          "themselves; then an extension belongs here."),
        _("It has expired and no extension is recorded."),
    )  # fmt: skip


def _old_notice(subject):
    noticed = {
        period.notice for period in subject.life.periods
        if period.notice and not period.ends and period.holds(subject.today)
    }  # fmt: skip
    year_ago = subject.today - timedelta(days=365)
    return _about_events(
        "old_notice",
        [e for e in subject.events if e.pk in noticed and e.date.last <= year_ago],
        _("Notice was given more than a year ago, and no day of its effect is recorded: "
          "%(events)s. Readers see the status as uncertain."),
        _("Notice was given more than a year ago, and no day of its effect is recorded."),
    )  # fmt: skip


def _undone_by_another(subject):
    """Ask about a suspension or a notice that a party takes back and that was not its own."""
    idle = [
        event for event in subject.events_of(*UNDOES)
        if event.party_id and not any(
            other.party_id == event.party_id for other in subject.events_of(UNDOES[event.kind])
        )
    ]  # fmt: skip
    return _about_events(
        "undone_by_another",
        idle,
        _("Who undoes it is not who has done it, so it changes nothing for the agreement: "
          "%(events)s. Give both the same party, or none."),
        _("A suspension or a notice is undone by another than its author."),
    )  # fmt: skip


def _not_binding_in_force(subject):
    if subject.edition.is_binding:
        return None
    return _about_events(
        "not_binding_in_force",
        subject.events_of(_K.ENTRY_INTO_FORCE),
        _("It does not bind in law, but enters into force: %(events)s."),
        _("It does not bind in law, but enters into force."),
    )


def _loses_effect(subject):
    """Ask about parties that have an effect today, as readers see it, and would lose it."""
    if subject.edition.based_on_id is None:
        return None
    live = track_of(subject.edition).standing()
    if live is None or live.withdrawal:
        return None
    held = [p for p in live.periods.all() if holds(p, subject.today)]
    parties = {p.party_id for p in held if p.party_id and p.status in EFFECTS}
    lost = {party for party in parties if not subject.on(party, subject.today).has_effect}
    if not lost:
        return None
    return Question(
        "loses_effect",
        _("It would no longer be in force or applied for %(parties)s, as readers see it today.")
        % {"parties": subject.names(lost)},
        _("It would no longer be in force or applied for parties for which readers see it so."),
    )


_ASKED = (
    _form, _side_has_ended, _loses_effect, _force_before_signature, _rest_without_part,
    _definitive_without_force, _expired, _old_notice, _undone_by_another,
    _not_binding_in_force, _no_source,
)  # fmt: skip


def _about_events(code, events, text, general):
    if not events:
        return None
    named = "; ".join(str(event) for event in events[:5]) + (" …" if len(events) > 5 else "")
    return Question(code, text % {"events": named}, general, place="events-group")
