"""What follows in the register when reference data is amended."""

from django.dispatch import receiver

from culturecoop.reference.signals import amended

from .models import AgreementEdition, Membership
from .publication import LEGAL_PARTS, store_periods


@receiver(amended, sender=Membership)
def store_periods_of_groupings(instance, before, **kwargs):
    """Store anew the periods of live and scheduled editions, in which members' acts count.

    What is stored of superseded ones stays as readers saw it.
    """
    groupings = {instance.grouping_id, (before or {}).get("grouping")} - {None}
    editions = AgreementEdition.objects.content().lasting()
    editions = editions.filter(parties__party__in=groupings).distinct()
    store_periods(list(editions.prefetch_related(*LEGAL_PARTS)))
