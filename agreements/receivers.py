"""What follows in the register when an edition is published, or reference data is amended."""

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from culturecoop import upgrades
from culturecoop.editions.bulk import lock
from culturecoop.editions.signals import drafts_changed, standing_changed
from culturecoop.reference.signals import amended
from culturecoop.search import indexing
from culturecoop.search.sources import source_of

from . import compilation, memberships, rebuilding
from .listing import listing_one
from .models import (
    Agreement,
    AgreementEdition,
    AgreementListing,
    Membership,
    Party,
    RegisterEntry,
    Theme,
)


@receiver(standing_changed, sender=AgreementEdition)
def keep_entries(editions, **kwargs):
    """Bring the entries of agreements up to their editions."""
    agreements = [edition.agreement_id for edition in editions]
    compilation.refresh(AgreementEdition.objects.filter(agreement__in=agreements), read=editions)


@receiver(amended, sender=Agreement)
def follow_address(instance, before, **kwargs):
    """Let the entries have the slug of now, which they are sorted by, and the admin find it."""
    if before and before["slug"] != instance.slug:
        entries = RegisterEntry.objects.filter(edition__agreement=instance.pk)
        entries.update(slug=instance.slug)
        drafts_changed.send(AgreementEdition, identities=[instance.pk])


@receiver(amended, sender=Membership)
def follow_memberships(instance, before, **kwargs):
    """Store anew what follows of live and scheduled editions, in which members' acts count."""
    memberships.follow(instance, before)


@receiver(amended, sender=Party)
def follow_kind(instance, before, **kwargs):
    """List drafts anew whose status follows from what kind of party it is."""
    if before and (before["kind"], before["code"]) != (instance.kind, instance.code):
        _list_anew(AgreementListing.objects.filter(edition__parties__party=instance.pk))


@receiver(amended, sender=Theme)
def follow_removal(instance, **kwargs):
    """Make anew what lists, pages and search read of agreements whose theme was removed."""
    if Theme.objects.filter(pk=instance.pk).exists():
        return
    listed = AgreementListing.objects.filter(listing_one("themes", instance.pk))
    entries = RegisterEntry.objects.of_theme(instance.pk)
    found = [rows.values_list("edition__agreement", flat=True) for rows in (listed, entries)]
    pks = sorted({pk for rows in found for pk in rows})
    for start in range(0, len(pks), 200):
        rebuilding.make_anew(pks[start : start + 200])
        indexing.refresh(source_of(AgreementEdition), pks[start : start + 200], anew=True)


def _list_anew(rows):
    """Make rows of the list of agreements anew."""
    pks = sorted(set(rows.order_by().values_list("edition__agreement", flat=True)))
    for start in range(0, len(pks), 500):
        portion = lock(Agreement, pks[start : start + 500])
        drafts_changed.send(AgreementEdition, identities=list(portion), later=True)


@receiver(post_migrate, sender=apps.get_app_config("agreements"))
def compile_what_is_missing(using, verbosity, stdout=None, **kwargs):
    """Compile the register of a site that is from before its table."""
    if not upgrades.has_table(RegisterEntry, using) or not rebuilding.is_missing():
        return
    done = sum(rebuilding.rebuild())
    if verbosity:
        upgrades.say(f"Compiled the register: {done} agreements.", stdout)
