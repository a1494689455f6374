"""Limits of sign-ins that fail, kept in the database.

An account is limited together with the address that the attempts come from, so that nobody can
lock out somebody who is elsewhere; an address has a wider limit of its own, for who tries one
password on many accounts. NIST SP 800-63B-4, 3.2.2 (rate limiting) asks for a limit of failed
attempts, at most 100, and lets it take the address into account; the OWASP Authentication Cheat
Sheet (account lockout) for a count, a window and a duration, and for one answer whatever was
wrong.
"""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import FailureCount

OF_ACCOUNT = 5  # failures of one account name from one address
OF_ADDRESS = 50  # failures of all names from one address
WINDOW = timedelta(minutes=15)
ANY_NAME = ""


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted: whether it is refused, and is the first that is."""

    refused: bool
    first: bool


def count(address, name):
    """Count an attempt as a failure, before its password is looked at; `forgive` takes it back.

    Counting first, under a lock, is what makes the limit hold for attempts at the same moment.
    An address that is refused fills no more rows with names.
    """
    of_address = _raised(address, ANY_NAME, OF_ADDRESS)
    if of_address > OF_ADDRESS:
        return Attempt(refused=True, first=of_address == OF_ADDRESS + 1)
    of_account = _raised(address, normalised(name), OF_ACCOUNT)
    return Attempt(refused=of_account > OF_ACCOUNT, first=of_account == OF_ACCOUNT + 1)


def forgive(address, name):
    """The password was right: clear the account's failures from there, and what is over."""
    here = FailureCount.objects.filter(address=address)
    here.filter(name=normalised(name)).update(failures=0)
    here.filter(name=ANY_NAME, failures__gt=0).update(failures=F("failures") - 1)
    FailureCount.objects.filter(since__lt=timezone.now() - WINDOW).delete()


def normalised(name):
    """The name so that no way of writing it gives more attempts."""
    return unicodedata.normalize("NFKC", name).strip().casefold()[:150]


@transaction.atomic
def _raised(address, name, limit):
    """The failures with this one. What is reached lasts a whole window from then on."""
    now = timezone.now()
    found, _made = FailureCount.objects.select_for_update().get_or_create(
        address=address, name=name, defaults={"since": now}
    )
    if found.since <= now - WINDOW:
        found.failures, found.since = 0, now
    found.failures += 1
    if found.failures == limit:
        found.since = now
    found.save()
    return found.failures
