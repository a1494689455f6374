"""One statement about an agreement, or a party of it, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from culturecoop.datewords import at_some_time, in_words, on, since, with_effect

from ..law import Period
from ..vocabulary import EventKind, Remark, Status
from . import labels, sentences
from .subjects import gender, subjects

_MISSING = (Remark.EFFECT_UNKNOWN, Remark.BOUND_UNKNOWN)
TONES = {Status.IN_FORCE: "force", Status.PROVISIONALLY_APPLIED: "applied"}


@dataclass(frozen=True)
class StatusOn:
    """A period of the status with the events that it rests on, in words.

    `event` decides, `notice` is a denunciation that was notified, `unsure` the event whose day is
    not known well enough; each an Event or None. `kind` is that of the agreement.
    """

    period: Period
    kind: str
    binding: bool = True
    event: object = None
    notice: object = None
    unsure: object = None

    @property
    def status(self):
        return self.period.status

    @property
    def tone(self):
        """How the word is drawn: "making", "applied", "force", "paused" or "ended"."""
        if self.status is None or self.status.is_making:
            return "making"
        return "ended" if self.status.is_end else TONES.get(self.status, "paused")

    @property
    def classes(self):
        """The classes of CSS that draw it: "status--force status--uncertain"."""
        uncertain = " status--uncertain" if self.period.uncertain else ""
        return f"status--{self.tone}{uncertain}"

    @property
    def began(self):
        """The PartialDate of what stands; of an expiry its last day."""
        return self.period.began

    @property
    def since_text(self):
        """ "1 July 2011", "March 2013"; "" where no status stands."""
        return in_words(self.began) if self.began else ""

    @property
    def since_words(self):
        """ "since 1 July 2011", also "at the latest"."""
        return since(self.began, self.period.remark is Remark.AT_LATEST)

    # Labels -----------------------------------------------------------------------------

    @property
    def label(self):
        """ "in force in part for some parties", with what is known ahead."""
        return self._with_ends(self.short_label)

    @property
    def short_label(self):
        """The label without what is known ahead."""
        if self.status is None:
            return str(labels.NOT_CERTAIN)
        found = str(self._agreeing_label)
        if self.period.in_part:
            found = str(labels.PART_LABELS.get(self.status, found))
        if self.period.some_parties:
            found = labels.FOR_SOME % {"status": found}
        return labels.UNCERTAIN % {"status": found} if self.period.uncertain else found

    @property
    def _agreeing_label(self):
        pair = labels.AGREEING.get(self.status)
        return pair[gender(self.kind)] if pair else self.status.label

    def _with_ends(self, label):
        words = {"status": label, **self._ahead_words}
        if self.notice:
            pattern = labels.DENOUNCED
            if self.period.ends:
                after = self.period.ends_after
                pattern = labels.DENOUNCED_UNTIL if after else labels.DENOUNCED_ENDS_ON
        elif self.period.ends:
            pattern = labels.EXPIRES_ON if self.period.ends_after else labels.ENDS_ON
        else:
            return label
        return pattern % words

    @property
    def party_label(self):
        """What a party did or is, for its row: "signed; whether it is bound is not recorded"."""
        return self._with_ends(self._party_status)

    @property
    def party_words(self):
        """ "in force since 1 July 2011", "withdrawn, with effect from 28 June 2025"."""
        if self.status is None or not self.began or self.period.remark in _MISSING:
            return self._party_status
        act = labels.PARTY_ACTS.get(self.status)
        if self.status is Status.CONCLUDED:
            act = labels.CONCLUDED_ACTS[self._is_decision]
        if self.period.in_part or self.period.uncertain:
            act = None
            if self.status.is_end or self.status.is_making:
                return self._party_status
        if act is None:
            act = pgettext("a status and its day", "%(status)s %(since)s")
        words = {"status": self._party_status, **self._day_words}
        return self._with_ends(str(act) % words)

    @property
    def _is_decision(self):
        """Whether it rests on a conclusion decision, which is no consent (TFEU 218(6))."""
        return bool(self.event) and self.event.kind == EventKind.CONCLUSION

    @property
    def _party_status(self):
        if self.status is None:
            return str(labels.NOT_CERTAIN)
        period, event = self.period, self.event
        if period.remark is Remark.EFFECT_UNKNOWN and event:
            words = {"event": EventKind(event.kind).label, "on": on(event.date)}
            return labels.EFFECT_UNKNOWN % words
        found = str(self._party_word)
        if period.remark is Remark.BOUND_UNKNOWN:
            return labels.BOUND_UNKNOWN % {"status": found}
        return labels.UNCERTAIN % {"status": found} if period.uncertain else found

    @property
    def _party_word(self):
        if self.period.in_part and self.status in labels.PART_LABELS:
            return labels.PART_LABELS[self.status]
        if self.status is Status.CONCLUDED:
            plain = self.period.remark is Remark.BOUND_UNKNOWN or self.period.uncertain
            return labels.CONCLUDED[self._is_decision, plain]
        return labels.PARTY_LABELS.get(self.status, self._agreeing_label)

    # Sentences --------------------------------------------------------------------------

    @property
    def sentence(self):
        """ "The protocol has been provisionally applied since 1 July 2011.", and what follows."""
        return " ".join(filter(None, [self._statement, self._ahead, self._doubt]))

    @property
    def _statement(self):
        if self.status is None:
            return _("Nothing that is recorded is certain on this day.")
        period, part = self.period, ""
        pattern = sentences.SENTENCES[self.status][gender(self.kind)]
        if self.status in sentences.PLAIN and (not self.binding or period.uncertain):
            pattern = sentences.PLAIN[self.status][gender(self.kind)]
        elif period.in_part and self.status in sentences.IN_PART:
            pattern = sentences.IN_PART[self.status]
        elif period.in_part:
            part = pgettext("extent in a sentence", ", in part")
        some = pgettext("extent in a sentence", " for some parties") if period.some_parties else ""
        words = {"part": part, "some": some, **subjects(self.kind), **self._day_words}
        return str(pattern) % words

    @property
    def _day_words(self):
        if not self.began:
            return {"since": "", "on": "", "effect": ""}
        return {
            "since": self.since_words,
            "on": on(self.began),
            "effect": with_effect(self.began),
        }

    @property
    def _ahead_words(self):
        return {
            "notice": on(self.notice.date) if self.notice else "",
            "ends": in_words(self.period.ends) if self.period.ends else "",
            "on": on(self.period.ends) if self.period.ends else "",
        }

    @property
    def _ahead(self):
        """What is known ahead of it: "Denounced on …; ceases to be in force on …"."""
        period, found = self.period, []
        if not period.has_effect:
            return ""
        if self.notice:
            found.append("notice")
        if period.ends:
            applied = self.status is Status.PROVISIONALLY_APPLIED
            found = ["applied" if applied else "force", *found]
            found.append("last" if period.ends_after else "first")
        elif self.notice and period.uncertain:
            found.append("uncertain")
        if not found:
            return ""
        pattern = sentences.AHEAD[", ".join(found)][gender(self.kind)]
        return str(pattern) % (subjects(self.kind) | self._ahead_words)

    @property
    def _doubt(self):
        """The event whose day is loose: "Entry into force: at some time in 2015."."""
        if not self.unsure or self.unsure == self.notice:
            return ""
        label = EventKind(self.unsure.kind).label
        return _("%(event)s: %(when)s.") % {
            "event": label[0].upper() + label[1:],
            "when": at_some_time(self.unsure.date),
        }

    def clause(self, line):
        """Return what follows the editor's line: its end, or its full stop and a sentence."""
        plain = self.status is not None and self.status.is_making and not self.period.uncertain
        if line and plain:
            return _(" but is not yet in force.") if self.binding else "."
        return _(". %(sentence)s") % {"sentence": self.sentence}


def statuses_on(periods, edition, day):
    """Return {subject: StatusOn} on a `day`: of parties by their ids, of the whole by None.

    Of a subject of which nothing stands it has None, or no entry. Reads the events of the edition,
    which are best prefetched.
    """
    events = {event.pk: event for event in edition.events.all()}
    return {p.party: status_in(p, edition, events) for p in periods if p.holds(day)}


def status_on(periods, edition, day, party=None):
    """Return the StatusOn of one subject (`party`, None: the whole) on a `day`, or None."""
    return statuses_on(periods, edition, day).get(party)


def status_in(period, edition, events):
    """Return the StatusOn of a Period, None where nothing stands. `events` are {id: Event}."""
    if period.status is None and not period.uncertain:
        return None
    event, notice, unsure = map(events.get, (period.event, period.notice, period.unsure))
    return StatusOn(period, edition.kind, edition.is_binding, event, notice, unsure)
