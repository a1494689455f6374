"""The logs cannot be deleted by any code that goes through models, whoever asks.

Django deletes its own log of a user with the user (LogEntry.user cascades): refused here as
well, so that an account with a history stays. The keys to users of this project are PROTECT.
"""

from django.contrib.admin.models import LogEntry
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from culturecoop.reference.models import Amendment

from .models import AccountEntry


@receiver(pre_delete, sender=AccountEntry)
@receiver(pre_delete, sender=LogEntry)
@receiver(pre_delete, sender=Amendment)
def refuse(sender, instance, **kwargs):
    raise ProtectedError(_("The log is not deleted."), {instance})
