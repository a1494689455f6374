"""What an amended membership changes in published editions, and its being stored anew."""

from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst

from culturecoop.editions import compiled
from culturecoop.editions.bulk import lock
from culturecoop.editions.signals import drafts_changed
from culturecoop.imports import background, jobs
from culturecoop.imports.jobs.following import FOLLOWERS

from . import compilation
from .models import Agreement, AgreementEdition, AgreementParty
from .parties import Membership, PartyKind
from .publication import LEGAL_PARTS, store_periods
from .vocabulary import Capacity

#: So many agreements are in memory at once, with all that follows from their events.
PORTION = 100
#: More agreements than so many are stored anew beside the request.
MANY = 200
WHAT = "memberships"
STANDS_FOR_MEMBERS = Q(capacity=Capacity.NAME) | Q(capacity="", party__kind=PartyKind.GROUPING)


def concerned(pairs):
    """Return the lasting editions that memberships (body id, member id) can change something of.

    What is stored of superseded ones stays as readers saw it.
    """
    return AgreementEdition.objects.content().lasting().filter(_concerns(pairs))


def _concerns(pairs):
    """Return the condition of editions that memberships can change something of.

    Those in which the body stands for its members; and those of our own body in which it was left
    open on whose side the member stands.
    """
    condition = Q()
    for body, member in pairs:
        condition |= _has(STANDS_FOR_MEMBERS, party=body)
        condition |= _has(party=body, party__code=settings.OWN_PARTY) & _has(party=member, side="")
    return condition


def _has(*conditions, **columns):
    return Exists(AgreementParty.objects.filter(*conditions, edition=OuterRef("pk"), **columns))


def store_anew(agreements, pairs):
    """Store anew what follows of the editions that memberships concern; `agreements` are ids.

    Each portion is locked, so that nobody publishes what was worked out before.
    """
    pks = iter(sorted(agreements))
    while portion := list(islice(pks, PORTION)):
        with transaction.atomic():
            lock(Agreement, portion)
            editions = concerned(pairs).filter(agreement__in=portion)
            editions = list(editions.prefetch_related(*LEGAL_PARTS))
            store_periods(editions)
            compiled.store(editions)
            compilation.forget([edition.pk for edition in editions])
            compilation.store(editions)
            drafts_changed.send(AgreementEdition, identities=portion, later=True)


def follow(instance, before):
    """Store anew what follows of an amended membership: at once, or of many in steps after it."""
    pairs = {(instance.grouping_id, instance.member_id)}
    if before:
        pairs.add((before["grouping"], before["member"]))
    editions = AgreementEdition.objects.content()  # of drafts, the list shows what follows
    editions = (editions.lasting() | editions.filter(live_from=None)).filter(_concerns(pairs))
    found = editions.order_by("agreement").values_list("agreement", flat=True).distinct()
    agreements = list(found[: MANY + 1])
    if len(agreements) <= MANY:
        store_anew(agreements, pairs)
        return
    name = f"{capfirst(Membership._meta.verbose_name)}: {instance}"
    if job := jobs.follows_from(WHAT, found, sorted(pairs), name=name):
        background.begin_after_commit(job)


def _store_portion(agreements, pairs):
    store_anew(agreements, [tuple(pair) for pair in pairs])


FOLLOWERS[WHAT] = _store_portion
