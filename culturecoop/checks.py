"""System checks that report what is missing before the first reader comes."""

from django.conf import settings
from django.core.checks import Error, Warning, register

from . import health
from .storage import open_to_others

SITE = "site"  # the tag of what is checked at the start of the server
UNREACHABLE = "culturecoop.E001"


@register(SITE, deploy=True)
def check_state(app_configs, **kwargs):
    """The database answers, its migrations are applied, static files and room are there."""
    faults = [Error(health.database(), id=UNREACHABLE, hint="Look at DATABASE_URL.")]
    if not faults[0].msg:
        faults = [Error(health.migrations(), id="culturecoop.E002")]
    faults += [
        Error(health.static_files(), id="culturecoop.E003"),
        Error(health.disk(), id="culturecoop.E004"),
    ]
    return [fault for fault in faults if fault.msg]


@register(SITE, deploy=True)
def check_shared_pages(app_configs, **kwargs):
    """What only makes the site slower is a warning."""
    found = [Warning(health.shared_pages(), id="culturecoop.W002", hint="Look at CACHE_URL.")]
    if settings.CACHE_URL and not settings.PAGE_CACHE_BYTES:
        told = "CACHE_URL does nothing: with PAGE_CACHE_BYTES=0 no pages are kept."
        found.append(Warning(told, id="culturecoop.W003"))
    return [warning for warning in found if warning.msg]


@register(SITE, deploy=True)
def check_purge(app_configs, **kwargs):
    """What is sent to a cache in front needs an address."""
    names = ("PAGE_PURGE_HEADERS", "PAGE_PURGE_BODY")
    return [
        Warning(f"{name} does nothing without PAGE_PURGE_URL.", id="culturecoop.W004")
        for name in names
        if getattr(settings, name) and not settings.PAGE_PURGE_URL
    ]


@register(SITE, deploy=True)
def check_privacy(app_configs, **kwargs):
    """Nobody but the service looks into what is not for everybody."""
    return [
        Warning(
            f"Others on this machine may look into {path}.",
            hint=f"chmod -R go= {path}",
            id="culturecoop.W001",
        )
        for path in open_to_others(*settings.PRIVATE_PATHS)
    ]
