"""System checks of the register: the party whose register this is, is one."""

from django.conf import settings
from django.core.checks import Error, register
from django.db import DatabaseError

from .models import Party


@register("site")
def check_own_party(app_configs, **kwargs):
    """OWN_PARTY names a party, where the database can be asked and has any."""
    try:
        if Party.objects.filter(code=settings.OWN_PARTY).exists() or not Party.objects.exists():
            return []
    except DatabaseError:
        return []  # another check reports the database
    message = f"OWN_PARTY: “{settings.OWN_PARTY}” should be the code of a party, such as EU."
    return [Error(message, id="agreements.E001")]
