"""Probes: whether the process lives, and whether it can do its work."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from culturecoop import health
from tests.site.server import free_port

pytestmark = pytest.mark.django_db
ELSEWHERE = {"headers": {"host": "10.0.0.7:8000"}}  # as probes ask: by number, over http


def fail(*args):
    raise OperationalError("connection refused\nby somebody")


@pytest.fixture
def broken_database(monkeypatch):
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", fail)


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_probes_are_answered_under_any_name_and_never_kept(client, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(address, **ELSEWHERE)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.post(address).status_code == 405


def test_it_lives_without_the_database(client, broken_database):
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"not ok\n")


def test_it_lives_without_a_question_to_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/health/live")


def test_what_is_missing_is_for_staff(client, signed_in, settings, tmp_path, django_user_model):
    settings.VAR_ROOT = tmp_path / "gone"
    settings.MEDIA_ROOT.mkdir(parents=True)
    settings.PRIVATE_ROOT.write_text("no folder")
    assert client.get("/health/ready").content == b"not ok\n"
    reader = Client()
    reader.force_login(django_user_model.objects.create_user("reader"))
    assert reader.get("/health/ready").content == b"not ok\n"

    answer = signed_in("author").get("/health/ready")
    assert answer.status_code == 503
    lines = answer.content.decode().splitlines()
    assert lines[:3] == ["not ok", "database: ok", "migrations: ok"]
    assert lines[3].startswith(f"disk: Nothing can be written in {settings.PRIVATE_ROOT}: ")
    assert lines[4:] == ["static files: ok", "worker: ok"]


def test_a_redis_that_is_away_is_told_to_staff_and_makes_nothing_less_ready(
    client, signed_in, settings, redis_url
):
    settings.CACHE_URL, author = redis_url, signed_in("author")
    assert author.get("/health/ready").content.endswith(b"shared pages: ok\n")

    settings.CACHE_URL = f"redis://127.0.0.1:{free_port()}/0"
    answer = author.get("/health/ready")
    assert (answer.status_code, answer.content.splitlines()[0]) == (200, b"ok")
    last = answer.content.decode().splitlines()[-1]
    assert last.startswith("shared pages: Redis does not keep pages, so each process renders its")
    assert client.get("/health/ready").content == b"ok\n"


def test_migrations_that_are_not_applied_are_named(monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    monkeypatch.setattr(health.migrations, "applied", False)
    MigrationRecorder.Migration.objects.filter(app="strategy").last().delete()
    assert health.migrations().startswith("Migrations are not applied: strategy.")


def test_faults_of_the_database_are_told_on_one_line(broken_database, monkeypatch):
    monkeypatch.setattr(health.migrations, "applied", False)
    assert health.database() == "The database does not answer: connection refused"
    assert health.migrations() == "The state of the migrations cannot be read: connection refused"


def test_static_files_that_were_not_collected_are_missed(monkeypatch, settings, tmp_path):
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

    kept = ManifestStaticFilesStorage(location=tmp_path)
    monkeypatch.setattr(health, "staticfiles_storage", kept)
    assert health.static_files().startswith("Static files were not collected.")
    kept.save_manifest()
    assert health.static_files() == ""


def test_a_worker_that_takes_nothing_is_missed(settings, monkeypatch):
    """The queue is an application of its own, which is there with IMPORTS=worker alone."""
    import sys
    from types import SimpleNamespace

    asked = []

    class Queue:
        def ready(self):
            return self

        def filter(self, enqueued_at__lt):
            asked.append(enqueued_at__lt)
            return self

        def exists(self):
            return True

    models = SimpleNamespace(DBTaskResult=SimpleNamespace(objects=Queue()))
    monkeypatch.setitem(sys.modules, "django_tasks_db.models", models)
    monkeypatch.setattr(health.apps, "is_installed", lambda name: True)
    assert health.worker() == ""
    settings.IMPORTS = "worker"
    assert health.worker().startswith("Imports are waiting, and no worker takes them.")
    assert asked[0] < timezone.now() - timedelta(seconds=59)
