"""Making anew what the lists of the register are read from, in steps, while the site serves."""

from django.db import transaction

from culturecoop.editions.bulk import lock, steps

from .compilation import refresh
from .models import Agreement, AgreementEdition, RegisterEntry


def rebuild():
    """Compile all published editions anew; yield how many agreements each step took."""
    for pks in steps(Agreement):
        with transaction.atomic():
            lock(Agreement, pks)
            refresh(AgreementEdition.objects.filter(agreement__in=pks), anew=True)
        yield len(pks)


def is_missing():
    """Whether nothing was compiled yet, as after the upgrade that brought the table."""
    published = AgreementEdition.objects.published().content()
    return not RegisterEntry.objects.exists() and published.exists()
