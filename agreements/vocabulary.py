"""The terms of an agreement's legal life: kinds of events, and the statuses they bring about.

After the Vienna Convention on the Law of Treaties and TFEU article 218; see `statuses.py`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """What an agreement is on a day, in the order of its life."""

    UNDER_NEGOTIATION = "under_negotiation", _("under negotiation")
    NEGOTIATIONS_CONCLUDED = "negotiations_concluded", _("negotiations concluded")
    INITIALLED = "initialled", _("initialled")
    SIGNED = "signed", _("signed")
    CONCLUDED = "concluded", _("concluded – not yet in force")
    PROVISIONALLY_APPLIED = "provisionally_applied", _("provisionally applied")
    IN_FORCE = "in_force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    DENOUNCED = "denounced", _("denounced")
    TERMINATED = "terminated", _("terminated")
    EXPIRED = "expired", _("expired")
    REPLACED = "replaced", _("replaced")
    ABANDONED = "abandoned", _("abandoned")

    @property
    def is_making(self):
        return self in MAKING

    @property
    def is_end(self):
        return self in ENDS


#: What an agreement without a status is called.
NO_STATUS = _("no legal step recorded")
MAKING = tuple(Status)[:5]
ENDS = (Status.TERMINATED, Status.EXPIRED, Status.REPLACED, Status.ABANDONED)
# What the partners' effects make of the whole, the strongest first.
STRENGTH = (
    Status.IN_FORCE, Status.PROVISIONALLY_APPLIED, Status.DENOUNCED, Status.SUSPENDED, *ENDS
)  # fmt: skip


class EventKind(TextChoices):
    """Dated legal facts, in the order in which they follow each other in law."""

    NEGOTIATIONS_OPENED = "negotiations_opened", _("negotiations opened")
    NEGOTIATIONS_CONCLUDED = "negotiations_concluded", _("negotiations concluded")
    INITIALLED = "initialled", _("initialled")
    ADOPTED = "adopted", _("adopted")
    SIGNATURE = "signature", _("signature")
    EP_CONSENT = "ep_consent", _("consent of the European Parliament")
    CONCLUSION = "conclusion", _("conclusion decision")
    RATIFICATION = "ratification", _("ratification")
    ACCEPTANCE = "acceptance", _("acceptance")
    APPROVAL = "approval", _("approval")
    FORMAL_CONFIRMATION = "formal_confirmation", _("formal confirmation")
    ACCESSION = "accession", _("accession")
    SUCCESSION = "succession", _("succession")
    NOTIFICATION = "notification", _("notification of completion")
    PROVISIONAL_APPLICATION = "provisional_application", _("provisional application")
    PROVISIONAL_APPLICATION_END = (
        "provisional_application_end",
        _("end of provisional application"),
    )
    ENTRY_INTO_FORCE = "entry_into_force", _("entry into force")
    EXTENSION = "extension", _("extension")
    AMENDMENT = "amendment", _("amendment")
    SUSPENSION = "suspension", _("suspension")
    RESUMPTION = "resumption", _("resumption")
    DENUNCIATION_NOTIFIED = "denunciation_notified", _("denunciation notified")
    DENUNCIATION_EFFECTIVE = "denunciation_effective", _("denunciation effective")
    TERMINATION = "termination", _("termination")
    EXPIRY = "expiry", _("expiry")
    REPLACEMENT = "replacement", _("replacement")
    ABANDONED = "abandoned", _("abandoned")

    @property
    def legal_order(self):
        return LEGAL_ORDER[self]

    @property
    def rank(self):
        """The making status it brings about, or None."""
        return RANKS.get(self)

    @property
    def end(self):
        """The status it ends an agreement with, or None."""
        return END_KINDS.get(self)


LEGAL_ORDER = {kind: order for order, kind in enumerate(EventKind)}
CONSENT = (
    EventKind.RATIFICATION, EventKind.ACCEPTANCE, EventKind.APPROVAL,
    EventKind.FORMAL_CONFIRMATION, EventKind.ACCESSION, EventKind.SUCCESSION,
    EventKind.NOTIFICATION,
)  # fmt: skip
RANKS = {
    EventKind.NEGOTIATIONS_OPENED: Status.UNDER_NEGOTIATION,
    EventKind.NEGOTIATIONS_CONCLUDED: Status.NEGOTIATIONS_CONCLUDED,
    EventKind.INITIALLED: Status.INITIALLED,
    EventKind.ADOPTED: Status.INITIALLED,  # both fix the text: VCLT articles 9 and 10
    EventKind.SIGNATURE: Status.SIGNED,
    EventKind.EP_CONSENT: Status.SIGNED,  # asked for after signature: TFEU article 218(6)
    EventKind.CONCLUSION: Status.CONCLUDED,
} | dict.fromkeys(CONSENT, Status.CONCLUDED)
END_KINDS = {
    EventKind.DENUNCIATION_EFFECTIVE: Status.TERMINATED,
    EventKind.TERMINATION: Status.TERMINATED,
    EventKind.EXPIRY: Status.EXPIRED,
    EventKind.REPLACEMENT: Status.REPLACED,
    EventKind.ABANDONED: Status.ABANDONED,
}
# What the year of an agreement is known from, the best first.
YEAR_KINDS = (
    EventKind.NEGOTIATIONS_CONCLUDED, EventKind.INITIALLED, EventKind.ADOPTED, EventKind.SIGNATURE,
)  # fmt: skip
WITHOUT_EFFECT = (EventKind.EXTENSION, EventKind.AMENDMENT)
