"""Statuses as words for tables: with the extent inside, and for a party by what it did."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..vocabulary import FormerStatus, Status

#: (masculine, feminine), for languages in which the word agrees with the kind of agreement.
AGREEING = {
    Status.INITIALLED: (
        pgettext_lazy("masculine", "initialled"),
        pgettext_lazy("feminine", "initialled"),
    ),
    Status.SIGNED: (
        pgettext_lazy("masculine", "signed"),
        pgettext_lazy("feminine", "signed"),
    ),
    Status.CONCLUDED: (
        pgettext_lazy("masculine", "concluded – not yet in force"),
        pgettext_lazy("feminine", "concluded – not yet in force"),
    ),
    Status.PROVISIONALLY_APPLIED: (
        pgettext_lazy("masculine", "provisionally applied"),
        pgettext_lazy("feminine", "provisionally applied"),
    ),
    Status.EXPIRED: (
        pgettext_lazy("masculine", "expired"),
        pgettext_lazy("feminine", "expired"),
    ),
    Status.REPLACED: (
        pgettext_lazy("masculine", "replaced"),
        pgettext_lazy("feminine", "replaced"),
    ),
    Status.ABANDONED: (
        pgettext_lazy("masculine", "abandoned"),
        pgettext_lazy("feminine", "abandoned"),
    ),
    FormerStatus.DENOUNCED: (
        pgettext_lazy("masculine", "denounced"),
        pgettext_lazy("feminine", "denounced"),
    ),
}
PART_LABELS = {
    Status.NEGOTIATIONS_CONCLUDED: _("negotiations concluded in part"),
    Status.INITIALLED: _("initialled in part"),
    Status.ADOPTED: _("text adopted in part"),
    Status.SIGNED: _("signed in part"),
    Status.CONCLUDED: _("concluded in part – not yet in force"),
    Status.PROVISIONALLY_APPLIED: _("provisionally applied in part"),
    Status.IN_FORCE: _("in force in part"),
}
#: What a party did, or is: “a signé”, „hat unterzeichnet“.
PARTY_LABELS = {
    Status.INITIALLED: pgettext_lazy("a party", "initialled"),
    Status.SIGNED: pgettext_lazy("a party", "signed"),
}
#: {(by a conclusion decision, which is no consent; whether more words follow): words}.
CONCLUDED = {
    (False, False): pgettext_lazy("a party", "consented – not yet in force"),
    (False, True): pgettext_lazy("a party", "consented"),
    (True, False): pgettext_lazy("a party", "conclusion decided – not yet in force"),
    (True, True): pgettext_lazy("a party", "conclusion decided"),
}
#: What a party did, with its day.
PARTY_ACTS = {
    Status.INITIALLED: pgettext_lazy("a party", "initialled %(on)s"),
    Status.SIGNED: pgettext_lazy("a party", "signed %(on)s"),
    Status.ABANDONED: pgettext_lazy("a party", "abandoned %(on)s"),
    Status.EXPIRED: pgettext_lazy("a party", "expired %(on)s"),
    Status.TERMINATED: pgettext_lazy("a party", "terminated %(effect)s"),
    Status.REPLACED: pgettext_lazy("a party", "replaced %(effect)s"),
    Status.WITHDRAWN: pgettext_lazy("a party", "withdrawn %(effect)s"),
    Status.CEASED: pgettext_lazy("a party", "ceased to exist %(on)s"),
}
CONCLUDED_ACTS = (
    pgettext_lazy("a party", "consented %(on)s – not yet in force"),
    pgettext_lazy("a party", "conclusion decided %(on)s – not yet in force"),
)
FOR_SOME = pgettext_lazy("a status", "%(status)s for some parties")
UNCERTAIN = pgettext_lazy("a status", "%(status)s (not certain)")
NOT_CERTAIN = _("not certain")
ENDS_ON = pgettext_lazy("a status", "%(status)s – ends %(on)s")
EXPIRES_ON = pgettext_lazy("a status", "%(status)s – until %(ends)s inclusive")
DENOUNCED = pgettext_lazy("a status", "%(status)s – denounced %(notice)s")
DENOUNCED_UNTIL = pgettext_lazy(
    "a status", "%(status)s – denounced %(notice)s, until %(ends)s inclusive"
)
DENOUNCED_ENDS_ON = pgettext_lazy("a status", "%(status)s – denounced %(notice)s, ends %(on)s")
#: What a party of a treaty in force lacks for its row to say more.
EFFECT_UNKNOWN = _("%(event)s %(on)s; day of effect not recorded")
BOUND_UNKNOWN = _("%(status)s; whether it is bound is not recorded here")
