"""Whether the process lives, and whether it can do its work: for probes, operators and checks."""

import tempfile
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LIVE, READY = "/health/live", "/health/ready"
BLOCK = b"\0" * 4096  # less may find room where nothing else does
PATIENCE = timedelta(minutes=1)  # with which an import waits for its worker


@require_safe
@never_cache
def live(request):
    """200 as long as the process answers at all."""
    return _lines("ok")


@require_safe
@never_cache
def ready(request):
    """200, or 503 while something is missing; what it is, is for staff."""
    missing = find_missing()
    lines = ["not ok" if missing else "ok"]
    if _is_of_staff(request):
        lines += [f"{name}: {missing.get(name, 'ok')}" for name in PROBES]
        if settings.CACHE_URL:
            lines.append(f"shared pages: {shared_pages() or 'ok'}")
    return _lines(*lines, status=503 if missing else 200)


def _lines(*lines, status=200):
    content = "".join(f"{line}\n" for line in lines)
    return HttpResponse(content, status=status, content_type="text/plain; charset=utf-8")


def _is_of_staff(request):
    """Nobody is, while the database cannot be asked."""
    try:
        return hasattr(request, "user") and request.user.is_active and request.user.is_staff
    except DatabaseError:
        return False


def find_missing():
    """{name of a probe: what is missing}: empty when the site can do its work."""
    found = {name: probe() for name, probe in PROBES.items()}
    return {name: sentence for name, sentence in found.items() if sentence}


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return _("The database does not answer: %(why)s") % {"why": _first_line(error)}
    return ""


def migrations():
    """Those that are not applied. Once all are, this process asks no more."""
    if migrations.applied:
        return ""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        sentence = _("The state of the migrations cannot be read: %(why)s")
        return sentence % {"why": _first_line(error)}
    migrations.applied = not plan
    names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _back in plan)
    sentence = _("Migrations are not applied: %(names)s. Run `manage.py migrate`.")
    return sentence % {"names": names} if plan else ""


migrations.applied = False


def disk():
    """Whether there is room to write."""
    for folder in (settings.VAR_ROOT, settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        try:
            if folder.exists():
                with tempfile.TemporaryFile(dir=folder) as file:
                    file.write(BLOCK)
        except OSError as error:
            sentence = _("Nothing can be written in %(folder)s: %(why)s")
            return sentence % {"folder": folder, "why": error.strerror}
    return ""


def static_files():
    """Style sheets and scripts, whose names in pages come from a list made by `collectstatic`."""
    listed = isinstance(staticfiles_storage, ManifestFilesMixin)
    if listed and staticfiles_storage.read_manifest() is None:
        return _("Static files were not collected. Run `manage.py collectstatic --no-input`.")
    return ""


def worker():
    """Whether somebody works on imports, where that is a process of its own."""
    if settings.IMPORTS != "worker" or not apps.is_installed("django_tasks_db"):
        return ""
    from django_tasks_db.models import DBTaskResult

    since = timezone.now() - PATIENCE
    try:
        waits = DBTaskResult.objects.ready().filter(enqueued_at__lt=since).exists()
    except DatabaseError as error:
        return _("The queue cannot be read: %(why)s") % {"why": _first_line(error)}
    sentence = _("Imports are waiting, and no worker takes them. Run `manage.py db_worker`.")
    return sentence if waits else ""


def shared_pages():
    """Whether Redis keeps pages, where there is one. The site can do its work without."""
    if not settings.CACHE_URL:
        return ""
    from .redisserver import fault_of

    fault = fault_of(settings.CACHE_URL)
    sentence = _("Redis does not keep pages, so each process renders its own: %(why)s")
    return fault and sentence % {"why": fault}


def _first_line(error):
    return str(error).strip().partition("\n")[0]


PROBES = {
    "database": database,
    "migrations": migrations,
    "disk": disk,
    "static files": static_files,
    "worker": worker,
}
