"""The terms of an agreement's legal life: kinds of events, and the statuses they bring about.

After the Vienna Convention on the Law of Treaties (VCLT) and TFEU article 218; see `law/`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementKind(TextChoices):
    """The resource types of EU publishing that are agreements."""

    AGREEMENT = "agreement", _("agreement")
    PROTOCOL = "protocol", _("protocol")
    CONVENTION = "convention", _("convention")
    EXCHANGE_OF_LETTERS = "exchange_of_letters", _("exchange of letters")
    MEMORANDUM = "memorandum_of_understanding", _("memorandum of understanding")
    DECLARATION = "declaration", _("declaration")


class Form(TextChoices):
    """How an agreement binds its parties."""

    BILATERAL = "bilateral", _("bilateral: our own side and one or more partners")
    MULTILATERAL = "multilateral", _("multilateral: each party is bound for itself")


class Side(TextChoices):
    """Which side of an agreement a party stands on."""

    OWN = "own", _("own side")
    PARTNER = "partner", _("partner")


class Capacity(TextChoices):
    """Whether a body is in an agreement as a person in law, or as a name for its members."""

    PERSON = "person", _("itself, a person in law")
    NAME = "name", _("a name for its members")


class Binding(TextChoices):
    """Whether an agreement creates rights and obligations in law."""

    BINDING = "binding", _("binding in law")
    NOT_BINDING = "not_binding", _("not binding in law")


#: The kinds of agreements that do not bind, unless an editor says so.
NOT_BINDING_KINDS = (AgreementKind.MEMORANDUM, AgreementKind.DECLARATION)


def binding_of(edition):
    """Return the force in law of an edition: as the editor says, else as its kind suggests."""
    if edition.binding:
        return Binding(edition.binding)
    return Binding.NOT_BINDING if edition.kind in NOT_BINDING_KINDS else Binding.BINDING


class Remark(TextChoices):
    """What is added to a status because a fact is not recorded."""

    AT_LATEST = "at_latest", _("at the latest since")
    EFFECT_UNKNOWN = "effect_unknown", _("consented; day of effect not recorded")
    BOUND_UNKNOWN = "bound_unknown", _("whether it is bound is not recorded here")


class Scope(TextChoices):
    """How much of the agreement an event concerns (VCLT 17, 44)."""

    WHOLE = "whole", _("the whole agreement")
    PART = "part", _("a part of it")
    REST = "rest", _("the rest: with the parts before it, the whole")


class Status(TextChoices):
    """What an agreement is on a day, in the order of its life."""

    UNDER_NEGOTIATION = "under_negotiation", _("under negotiation")
    NEGOTIATIONS_CONCLUDED = (
        "negotiations_concluded",
        pgettext_lazy("status", "negotiations concluded"),
    )
    INITIALLED = "initialled", pgettext_lazy("status", "initialled")
    ADOPTED = "adopted", pgettext_lazy("status", "adopted")
    SIGNED = "signed", pgettext_lazy("status", "signed")
    CONCLUDED = "concluded", _("concluded – not yet in force")
    PROVISIONALLY_APPLIED = "provisionally_applied", _("provisionally applied")
    IN_FORCE = "in_force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    TERMINATED = "terminated", _("terminated")
    EXPIRED = "expired", _("expired")
    REPLACED = "replaced", _("replaced")
    ABANDONED = "abandoned", pgettext_lazy("status", "abandoned")
    WITHDRAWN = "withdrawn", pgettext_lazy("a party", "withdrawn")
    CEASED = "ceased", pgettext_lazy("a party", "ceased to exist")

    @property
    def is_making(self) -> bool:
        return self in MAKING

    @property
    def has_effect(self) -> bool:
        return self in EFFECTS

    @property
    def is_end(self) -> bool:
        return self in ENDS


#: What an agreement without a status is called.
NO_STATUS = _("no legal step recorded")
#: What a list of agreements can be asked for beside a status, which takes what is certain.
ENDING, UNCERTAIN, NONE = "ending", "uncertain", "none"
#: What can be asked for, in the order of an agreement's life.
STATUS_CHOICES = [
    *Status.choices,
    (ENDING, _("in effect, but ending")),
    (UNCERTAIN, _("uncertain")),
    (NONE, NO_STATUS),
]
#: All that an entry of the register can stand for.
STANDINGS = [code for code, _label in STATUS_CHOICES if code != ENDING]


class FormerStatus(TextChoices):
    """What superseded editions can have stored: it is read for good, never computed any more."""

    DENOUNCED = "denounced", _("denounced")

    is_making = has_effect = is_end = property(lambda self: False)


def stored_status(code: str) -> Status | FormerStatus | None:
    """Return the status that a stored period has; None where it says that there is none."""
    if not code:
        return None
    return FormerStatus(code) if code in FormerStatus.values else Status(code)


MAKING = tuple(Status)[: list(Status).index(Status.CONCLUDED) + 1]
EFFECTS = (Status.PROVISIONALLY_APPLIED, Status.IN_FORCE, Status.SUSPENDED)
ENDS = tuple(Status)[list(Status).index(Status.TERMINATED) :]
#: What may be said in doubt: the weaker of two statuses stands earlier.
WEAKNESS = (
    None, *ENDS, *MAKING, Status.SUSPENDED, Status.PROVISIONALLY_APPLIED, Status.IN_FORCE,
)  # fmt: skip


def weakness(status: Status | None) -> int:
    """How little a status (None: nothing recorded) claims, as a number: less claims less."""
    return WEAKNESS.index(status)


class EventKind(TextChoices):
    """Dated legal facts, in the order in which they follow each other in law."""

    NEGOTIATIONS_OPENED = "negotiations_opened", _("negotiations opened")
    NEGOTIATIONS_SUSPENDED = "negotiations_suspended", _("negotiations paused")
    NEGOTIATIONS_RESUMED = "negotiations_resumed", _("negotiations resumed")
    NEGOTIATIONS_CONCLUDED = (
        "negotiations_concluded",
        pgettext_lazy("event", "negotiations concluded"),
    )
    INITIALLED = "initialled", pgettext_lazy("event", "initialling")
    ADOPTED = "adopted", pgettext_lazy("event", "adoption of the text")
    SIGNATURE_AD_REFERENDUM = "signature_ad_referendum", _("signature ad referendum")
    SIGNATURE = "signature", _("signature")
    DEFINITIVE_SIGNATURE = "definitive_signature", _("definitive signature")
    EP_CONSENT = "ep_consent", _("consent of the European Parliament")
    CONCLUSION = "conclusion", _("conclusion decision")
    RATIFICATION = "ratification", _("ratification")
    ACCEPTANCE = "acceptance", _("acceptance")
    APPROVAL = "approval", _("approval")
    FORMAL_CONFIRMATION = "formal_confirmation", _("formal confirmation")
    ACCESSION = "accession", _("accession")
    SUCCESSION = "succession", _("succession")
    NOTIFICATION = "notification", _("notification of completion")
    CONDITIONS_MET = "conditions_met", _("conditions of entry into force met")
    PROVISIONAL_APPLICATION = "provisional_application", _("provisional application")
    ENTRY_INTO_FORCE = "entry_into_force", _("entry into force")
    EXTENSION = "extension", _("extension")
    AMENDMENT = "amendment", _("amendment")
    SUSPENSION = "suspension", _("suspension")
    RESUMPTION = "resumption", _("resumption")
    DENUNCIATION_NOTIFIED = "denunciation_notified", _("denunciation notified")
    DENUNCIATION_WITHDRAWN = "denunciation_withdrawn", _("notice of denunciation withdrawn")
    PROVISIONAL_APPLICATION_END = (
        "provisional_application_end",
        _("end of provisional application"),
    )
    DENUNCIATION_EFFECTIVE = "denunciation_effective", _("denunciation effective")
    TERMINATION = "termination", _("termination")
    EXPIRY = "expiry", _("expiry")
    REPLACEMENT = "replacement", _("replacement")
    ABANDONED = "abandoned", pgettext_lazy("event", "abandonment")
    DISSOLUTION = "dissolution", _("dissolution of a party")
    RESERVATION = "reservation", _("reservation")
    DECLARATION = "declaration", pgettext_lazy("event", "declaration")
    OBJECTION = "objection", _("objection")
    TERRITORIAL_EXTENSION = "territorial_extension", _("territorial extension")
    TERRITORIAL_EXCLUSION = "territorial_exclusion", _("territorial exclusion")
    CONSENT_REFUSED = "consent_refused", _("consent refused")
    CORRECTION = "correction", _("correction of the text")

    @property
    def legal_order(self) -> int:
        return LEGAL_ORDER[self]

    @property
    def rank(self) -> Status | None:
        """The making status it brings about, or None."""
        return RANKS.get(self)

    @property
    def end(self) -> Status | None:
        """The status it ends an agreement with, or None."""
        return END_KINDS.get(self)


_K = EventKind
LEGAL_ORDER = {kind: order for order, kind in enumerate(EventKind)}
#: Signatures, and what makes a party without one (VCLT 11, 12, 15; VCSSRT 17, 18).
SIGNATURES = (_K.SIGNATURE, _K.DEFINITIVE_SIGNATURE, _K.SIGNATURE_AD_REFERENDUM)
JOINING = (*SIGNATURES, _K.ACCESSION, _K.SUCCESSION)
#: Consent to be bound (VCLT 11-16). A conclusion decision (TFEU 218(6)) is none.
CONSENT = (
    _K.DEFINITIVE_SIGNATURE, _K.RATIFICATION, _K.ACCEPTANCE, _K.APPROVAL, _K.FORMAL_CONFIRMATION,
    _K.ACCESSION, _K.SUCCESSION, _K.NOTIFICATION,
)  # fmt: skip
RANKS = {
    _K.NEGOTIATIONS_OPENED: Status.UNDER_NEGOTIATION,
    _K.NEGOTIATIONS_SUSPENDED: Status.UNDER_NEGOTIATION,
    _K.NEGOTIATIONS_RESUMED: Status.UNDER_NEGOTIATION,
    _K.NEGOTIATIONS_CONCLUDED: Status.NEGOTIATIONS_CONCLUDED,
    _K.INITIALLED: Status.INITIALLED,
    _K.ADOPTED: Status.ADOPTED,
    _K.SIGNATURE_AD_REFERENDUM: Status.INITIALLED,
    _K.SIGNATURE: Status.SIGNED,
    _K.CONCLUSION: Status.CONCLUDED,
} | dict.fromkeys(CONSENT, Status.CONCLUDED)
END_KINDS = {
    _K.DENUNCIATION_EFFECTIVE: Status.TERMINATED,
    _K.TERMINATION: Status.TERMINATED,
    _K.EXPIRY: Status.EXPIRED,
    _K.REPLACEMENT: Status.REPLACED,
    _K.ABANDONED: Status.ABANDONED,
    _K.DISSOLUTION: Status.CEASED,
}
BEGINNINGS = (_K.PROVISIONAL_APPLICATION, _K.ENTRY_INTO_FORCE)
#: What is undone, by what, each for its own author alone (rules 6 and 7).
UNDOES = {
    _K.RESUMPTION: _K.SUSPENSION,
    _K.DENUNCIATION_WITHDRAWN: _K.DENUNCIATION_NOTIFIED,
}
#: What registers keep and what changes no status.
WITHOUT_EFFECT = (
    _K.EP_CONSENT, _K.AMENDMENT, _K.RESERVATION, _K.DECLARATION, _K.OBJECTION,
    _K.TERRITORIAL_EXTENSION, _K.TERRITORIAL_EXCLUSION, _K.CONSENT_REFUSED, _K.CORRECTION,
)  # fmt: skip
#: What one party says of the extent of its own obligations; its row is marked.
REMARKS = WITHOUT_EFFECT[2:-1]
# What the year of an agreement is known from, the best first.
YEAR_KINDS = (_K.NEGOTIATIONS_CONCLUDED, _K.INITIALLED, _K.ADOPTED, _K.SIGNATURE)
#: Years in which things happen in law; others say "no date" in their sources: 9999-12-31.
FIRST_YEAR, LAST_YEAR = 1000, 2199
