"""What can be said of an agreement in a sentence, with an entry for each gender.

The words are those of the Vienna Convention and of the Official Journal. A last day of effect is no
“since”; what is in force in part is not “in part not yet in force”.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..vocabulary import FormerStatus, Status

SENTENCES = {
    Status.UNDER_NEGOTIATION: (
        pgettext_lazy("masculine", "%(subject)s has been under negotiation %(since)s."),
        pgettext_lazy("feminine", "%(subject)s has been under negotiation %(since)s."),
    ),
    Status.NEGOTIATIONS_CONCLUDED: (
        pgettext_lazy("masculine", "%(subject)s is negotiated but is not yet in force."),
        pgettext_lazy("feminine", "%(subject)s is negotiated but is not yet in force."),
    ),
    Status.INITIALLED: (
        pgettext_lazy("masculine", "%(subject)s is initialled but is not yet in force."),
        pgettext_lazy("feminine", "%(subject)s is initialled but is not yet in force."),
    ),
    Status.ADOPTED: (
        pgettext_lazy("masculine", "%(subject)s is adopted but is not yet in force."),
        pgettext_lazy("feminine", "%(subject)s is adopted but is not yet in force."),
    ),
    Status.SIGNED: (
        pgettext_lazy("masculine", "%(subject)s is signed but is not yet in force."),
        pgettext_lazy("feminine", "%(subject)s is signed but is not yet in force."),
    ),
    Status.CONCLUDED: (
        pgettext_lazy("masculine", "%(subject)s is concluded but is not yet in force."),
        pgettext_lazy("feminine", "%(subject)s is concluded but is not yet in force."),
    ),
    Status.PROVISIONALLY_APPLIED: (
        pgettext_lazy(
            "masculine", "%(subject)s has been provisionally applied%(some)s %(since)s%(part)s."
        ),
        pgettext_lazy(
            "feminine", "%(subject)s has been provisionally applied%(some)s %(since)s%(part)s."
        ),
    ),
    Status.IN_FORCE: (
        pgettext_lazy("masculine", "%(subject)s has been in force%(some)s %(since)s%(part)s."),
        pgettext_lazy("feminine", "%(subject)s has been in force%(some)s %(since)s%(part)s."),
    ),
    Status.SUSPENDED: (
        pgettext_lazy("masculine", "%(application)s has been suspended%(some)s %(since)s."),
        pgettext_lazy("feminine", "%(application)s has been suspended%(some)s %(since)s."),
    ),
    Status.TERMINATED: (
        pgettext_lazy("masculine", "%(subject)s was terminated %(effect)s."),
        pgettext_lazy("feminine", "%(subject)s was terminated %(effect)s."),
    ),
    Status.EXPIRED: (
        pgettext_lazy("masculine", "%(subject)s expired %(on)s."),
        pgettext_lazy("feminine", "%(subject)s expired %(on)s."),
    ),
    Status.REPLACED: (
        pgettext_lazy("masculine", "%(subject)s was replaced by another agreement %(effect)s."),
        pgettext_lazy("feminine", "%(subject)s was replaced by another agreement %(effect)s."),
    ),
    Status.ABANDONED: (
        pgettext_lazy("masculine", "%(subject)s was abandoned %(on)s."),
        pgettext_lazy("feminine", "%(subject)s was abandoned %(on)s."),
    ),
    FormerStatus.DENOUNCED: (
        pgettext_lazy("masculine", "%(subject)s was denounced %(on)s."),
        pgettext_lazy("feminine", "%(subject)s was denounced %(on)s."),
    ),
}
#: Of a text of which only parts have come so far.
IN_PART = {
    Status.NEGOTIATIONS_CONCLUDED: _("%(provisions)s are negotiated; not yet in force."),
    Status.INITIALLED: _("%(provisions)s are initialled; not yet in force."),
    Status.ADOPTED: _("%(provisions)s are adopted; not yet in force."),
    Status.SIGNED: _("%(provisions)s are signed; not yet in force."),
    Status.CONCLUDED: _("%(provisions)s are concluded; not yet in force."),
}
#: Where nothing can be said of force: it does not bind, or its day is not known well enough.
PLAIN = {
    Status.UNDER_NEGOTIATION: SENTENCES[Status.UNDER_NEGOTIATION],
    Status.NEGOTIATIONS_CONCLUDED: (
        pgettext_lazy("masculine", "%(subject)s is negotiated."),
        pgettext_lazy("feminine", "%(subject)s is negotiated."),
    ),
    Status.INITIALLED: (
        pgettext_lazy("masculine", "%(subject)s is initialled."),
        pgettext_lazy("feminine", "%(subject)s is initialled."),
    ),
    Status.ADOPTED: (
        pgettext_lazy("masculine", "%(subject)s is adopted."),
        pgettext_lazy("feminine", "%(subject)s is adopted."),
    ),
    Status.SIGNED: (
        pgettext_lazy("masculine", "%(subject)s is signed."),
        pgettext_lazy("feminine", "%(subject)s is signed."),
    ),
    Status.CONCLUDED: (
        pgettext_lazy("masculine", "%(subject)s is concluded."),
        pgettext_lazy("feminine", "%(subject)s is concluded."),
    ),
}
#: What is known ahead of what has effect: its name is made of what stands, and what is known.
AHEAD = {
    "force, notice, first": (
        pgettext_lazy(
            "masculine", "%(subject)s was denounced %(notice)s and ceases to be in force %(on)s."
        ),
        pgettext_lazy(
            "feminine", "%(subject)s was denounced %(notice)s and ceases to be in force %(on)s."
        ),
    ),
    "force, notice, last": (
        pgettext_lazy("masculine", "%(subject)s was denounced %(notice)s and expires %(on)s."),
        pgettext_lazy("feminine", "%(subject)s was denounced %(notice)s and expires %(on)s."),
    ),
    "applied, notice, first": (
        pgettext_lazy(
            "masculine",
            "%(subject)s was denounced %(notice)s; the provisional application ends %(on)s.",
        ),
        pgettext_lazy(
            "feminine",
            "%(subject)s was denounced %(notice)s; the provisional application ends %(on)s.",
        ),
    ),
    "applied, notice, last": (
        pgettext_lazy(
            "masculine",
            "%(subject)s was denounced %(notice)s and is applied until %(ends)s inclusive.",
        ),
        pgettext_lazy(
            "feminine",
            "%(subject)s was denounced %(notice)s and is applied until %(ends)s inclusive.",
        ),
    ),
    "notice": (
        pgettext_lazy("masculine", "%(subject)s was denounced %(notice)s."),
        pgettext_lazy("feminine", "%(subject)s was denounced %(notice)s."),
    ),
    "notice, uncertain": (
        pgettext_lazy(
            "masculine",
            "%(subject)s was denounced %(notice)s; whether that has taken effect is not recorded.",
        ),
        pgettext_lazy(
            "feminine",
            "%(subject)s was denounced %(notice)s; whether that has taken effect is not recorded.",
        ),
    ),
    "force, first": (_("%(subject)s ceases to be in force %(on)s."),) * 2,
    "force, last": (_("%(subject)s expires %(on)s."),) * 2,
    "applied, first": (_("The provisional application ends %(on)s."),) * 2,
    "applied, last": (
        pgettext_lazy("masculine", "%(subject)s is applied until %(ends)s inclusive."),
        pgettext_lazy("feminine", "%(subject)s is applied until %(ends)s inclusive."),
    ),
}
