"""Making anew what the lists of the register are read from, in steps, while the site serves."""

from django.db import transaction

from culturecoop.editions import changes, compiled, listings
from culturecoop.editions.bulk import lock, steps

from .compilation import refresh
from .models import Agreement, AgreementEdition, AgreementListing, RegisterEntry

#: The statuses of so many drafts are worked out at once, in about two seconds.
MOST, PORTION = 2_000, 200


def work_out_statuses():
    """Store the statuses that imports left to whoever asks for them; return how many are left.

    Each is worked out once, until the draft changes; MOST at a time.
    """
    waiting = AgreementListing.objects.filter(status_known=False).order_by("pk")
    pks = list(waiting.values_list("edition__agreement", flat=True)[:MOST])
    for start in range(0, len(pks), PORTION):
        with transaction.atomic():
            portion = lock(Agreement, pks[start : start + PORTION])
            listings.refresh(AgreementEdition, list(portion))
    return waiting.count() if len(pks) == MOST else 0


def rebuild():
    """Compile and list all agreements anew; yield how many of them each step took."""
    for pks in steps(Agreement):
        make_anew(pks)
        yield len(pks)


@transaction.atomic
def make_anew(pks):
    """Compile and list agreements (ids) anew."""
    lock(Agreement, pks)
    editions = AgreementEdition.objects.filter(agreement__in=pks)
    refresh(editions, anew=True)
    compiled.store(list(editions.published().content()))
    listings.refresh(AgreementEdition, pks)
    changes.record()


def is_missing():
    """Whether nothing was compiled yet, as after the upgrade that brought the table."""
    published = AgreementEdition.objects.published().content()
    return not RegisterEntry.objects.exists() and published.exists()
