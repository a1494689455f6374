"""What follows in the register when an edition is published, or reference data is amended."""

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from culturecoop.editions.signals import standing_changed
from culturecoop.reference.signals import amended

from . import compilation, memberships, rebuilding
from .models import Agreement, AgreementEdition, Membership, RegisterEntry


@receiver(standing_changed, sender=AgreementEdition)
def keep_entries(instance, **kwargs):
    """Bring the entries of an agreement up to its editions."""
    compilation.refresh(AgreementEdition.objects.filter(agreement=instance.agreement_id))


@receiver(amended, sender=Agreement)
def follow_address(instance, before, **kwargs):
    """Let the entries have the slug of now, which they are sorted by."""
    if before and before["slug"] != instance.slug:
        entries = RegisterEntry.objects.filter(edition__agreement=instance.pk)
        entries.update(slug=instance.slug)


@receiver(amended, sender=Membership)
def follow_memberships(instance, before, **kwargs):
    """Store anew what follows of live and scheduled editions, in which members' acts count."""
    memberships.follow(instance, before)


@receiver(post_migrate, sender=apps.get_app_config("agreements"))
def compile_what_is_missing(verbosity, stdout=None, **kwargs):
    """Compile the register of a site that is from before its table."""
    if not rebuilding.is_missing():
        return
    done = sum(rebuilding.rebuild())
    if verbosity:
        print(f"Compiled the register: {done} agreements.", file=stdout)
