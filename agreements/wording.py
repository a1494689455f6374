"""The legal state of an agreement on a day, in the words that readers see.

Statements are computed from the periods of the status; nobody types them.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from culturecoop.dates import PartialDate

from .models import AgreementKind, Event
from .vocabulary import CONSENT, END_KINDS, RANKS, EventKind, Status

SUBJECTS = {
    AgreementKind.AGREEMENT: pgettext_lazy("begins a sentence", "The agreement"),
    AgreementKind.PROTOCOL: pgettext_lazy("begins a sentence", "The protocol"),
    AgreementKind.CONVENTION: pgettext_lazy("begins a sentence", "The convention"),
    AgreementKind.EXCHANGE_OF_LETTERS: pgettext_lazy(
        "begins a sentence", "The exchange of letters"
    ),
    AgreementKind.MEMORANDUM: pgettext_lazy("begins a sentence", "The memorandum of understanding"),
    AgreementKind.DECLARATION: pgettext_lazy("begins a sentence", "The declaration"),
}

SENTENCES = {
    Status.UNDER_NEGOTIATION: gettext_lazy(
        "%(subject)s has been under negotiation%(extent)s %(since)s."
    ),
    Status.NEGOTIATIONS_CONCLUDED: gettext_lazy(
        "%(subject)s is negotiated%(extent)s but is not yet in force."
    ),
    Status.INITIALLED: gettext_lazy("%(subject)s is initialled%(extent)s but is not yet in force."),
    Status.SIGNED: gettext_lazy("%(subject)s is signed%(extent)s but is not yet in force."),
    Status.CONCLUDED: gettext_lazy("%(subject)s is concluded%(extent)s but is not yet in force."),
    Status.PROVISIONALLY_APPLIED: gettext_lazy(
        "%(subject)s is provisionally applied%(extent)s %(since)s."
    ),
    Status.IN_FORCE: gettext_lazy("%(subject)s has been in force%(extent)s %(since)s."),
    Status.SUSPENDED: gettext_lazy("%(subject)s has been suspended%(extent)s %(since)s."),
    Status.DENOUNCED: gettext_lazy("%(subject)s is denounced%(extent)s %(since)s."),
    Status.TERMINATED: gettext_lazy("%(subject)s is terminated%(extent)s %(since)s."),
    Status.EXPIRED: gettext_lazy("%(subject)s is expired%(extent)s %(since)s."),
    Status.REPLACED: gettext_lazy("%(subject)s is replaced%(extent)s %(since)s."),
    Status.ABANDONED: gettext_lazy("%(subject)s is abandoned%(extent)s %(since)s."),
}

# The kinds of events that bring a status about: what its day is known from.
GIVING = {status: [] for status in Status}
for _kind, _status in (RANKS | END_KINDS).items():
    GIVING[_status].append(_kind)
GIVING[Status.PROVISIONALLY_APPLIED] = [EventKind.PROVISIONAL_APPLICATION]
GIVING[Status.IN_FORCE] = [EventKind.ENTRY_INTO_FORCE, EventKind.ACCESSION, EventKind.RESUMPTION]
GIVING[Status.SUSPENDED] = [EventKind.SUSPENSION]
GIVING[Status.DENOUNCED] = [EventKind.DENUNCIATION_NOTIFIED]
GIVING[Status.CONCLUDED] = [EventKind.CONCLUSION, *CONSENT]


@dataclass(frozen=True)
class StatusOn:
    """A status on a day, with what is needed to say it."""

    status: Status
    some_parties: bool
    since: date
    known: PartialDate  # `since` as well as it is known
    in_part: bool = False

    @property
    def label(self):
        """ "in force for some parties"."""
        if not self.extent:
            return self.status.label
        pattern = pgettext("a status and its extent", "%(status)s%(extent)s")
        return pattern % {"status": self.status.label, "extent": self.extent}

    @property
    def since_text(self):
        """ "1 July 2011" or "March 2013"."""
        return self.known.display()

    @property
    def since_words(self):
        """ "since 1 July 2011": many languages say it otherwise of a day than of a month."""
        pattern = (
            pgettext("a day", "since %(date)s")
            if self.known.day
            else pgettext("a month or a year", "since %(date)s")
        )
        return pattern % {"date": self.since_text}

    @property
    def tone(self):
        """How the word is drawn: "making", "applied", "force", "paused" or "ended"."""
        if self.status.is_making:
            return "making"
        if self.status.is_end:
            return "ended"
        return TONES.get(self.status, "paused")

    @property
    def extent(self):
        if self.in_part and self.some_parties:
            return pgettext("follows a status", " in part and for some parties")
        if self.in_part:
            return pgettext("follows a status", " in part")
        return pgettext("follows a status", " for some parties") if self.some_parties else ""

    def sentence(self, kind):
        """The statement of its own: "The protocol is provisionally applied since 1 July 2011."."""
        return SENTENCES[self.status] % {
            "subject": SUBJECTS[AgreementKind(kind)],
            "extent": self.extent,
            "since": self.since_words,
        }

    def clause(self, kind, line):
        """What follows the editor's line: its end, or its full stop and a sentence."""
        if line and self.status.is_making:
            return _(" but is not yet in force.")
        return _(". %(sentence)s") % {"sentence": self.sentence(kind)}


TONES = {Status.IN_FORCE: "force", Status.PROVISIONALLY_APPLIED: "applied"}


def status_on(periods, events, day, party=None):
    """The StatusOn of a subject (`party` id, None: the whole) on a `day`; None before any event."""
    held = (p for p in periods if p.party == party and p.holds(day))
    period = next(held, None)
    if period is None:
        return None
    giving = [
        event for event in events
        if event.kind in GIVING[period.status] and event.date.first <= day
        and event.date.first <= period.since <= event.date.last
    ]  # fmt: skip
    return StatusOn(
        period.status,
        period.some_parties,
        period.since,
        _known(giving, period.since),
        bool(giving) and all(event.scope == Event.Scope.PART for event in giving),
    )


def _known(giving, since):
    """The date as the best known of the giving events has it; else the day itself."""
    day = PartialDate(since.year, since.month, since.day)
    return min((event.date for event in giving), key=lambda d: d.last - d.first, default=day)
