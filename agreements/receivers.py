"""What follows in the register when reference data is amended."""

from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from culturecoop.reference.signals import amended

from .models import AgreementEdition, Membership
from .publication import LEGAL_PARTS, store_periods


@receiver(amended, sender=Membership)
def store_periods_of_groupings(instance, before, **kwargs):
    """Store anew the periods of live and scheduled editions, in which members' acts count.

    What is stored of superseded ones stays as readers saw it.
    """
    groupings = {instance.grouping_id, (before or {}).get("grouping")} - {None}
    lasting = Q(live_until__isnull=True) | Q(live_until__gt=timezone.now())
    editions = AgreementEdition.objects.published().content().filter(lasting)
    editions = editions.filter(parties__party__in=groupings).distinct()
    store_periods(list(editions.prefetch_related(*LEGAL_PARTS)))
