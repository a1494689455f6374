"""What many tests share: a small register and a page, made through the verbs."""

import os
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from django.utils import translation

from culturecoop.editions import changes, verbs
from culturecoop.editions.signals import drafts_changed

from . import copying
from .answering import publish as published
from .components import pytest_runtest_makereport, pytest_terminal_summary  # noqa: F401
from .profiles import leave_out

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
SERVERS = {"tests.site.server", "tests.redisservers"}
SHARED = Path(os.environ.get("CULTURECOOP_SHARED", django_settings.BASE_DIR.parent / "shared"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests that pytest-django lets nowhere near the database; leave out the longest."""
    for item in items:
        if not _asks_the_database(item):
            item.add_marker("any_database")
        if _waits_for_others(item):
            item.add_marker(pytest.mark.flaky(reruns=1))
    leave_out(items)


def _asks_the_database(item):
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)
        or (item.cls is not None and issubclass(item.cls, TransactionTestCase))
    )


def _waits_for_others(item):
    """Whether a browser or another server takes part, which a busy machine may keep waiting.

    Such a test is tried once more when it fails, which the summary tells.
    """
    modules = {getattr(thing, "__module__", None) for thing in vars(item.module).values()}
    return item.get_closest_marker("browser") is not None or not SERVERS.isdisjoint(modules)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test that commits leaves what the migrations left, where Django would empty all tables."""
    with django_db_blocker.unblock():
        migrated = copying.all_rows()

    def go_back(_case):
        copying.replace_rows(migrated)

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", go_back):
        yield


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Every test keeps its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PRIVATE_ROOT = tmp_path / "private"
    storages = {name: dict(options) for name, options in settings.STORAGES.items()}
    storages["private"]["OPTIONS"] = {"location": settings.PRIVATE_ROOT, "base_url": None}
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages
    settings.SECURE_SSL_REDIRECT = False
    settings.IMPORTS = "here"
    settings.FOUR_EYES = False  # but where it is tested


@pytest.fixture
def four_eyes(settings):
    """Somebody else than its authors approves what is published."""
    settings.FOUR_EYES = True


@pytest.fixture(autouse=True)
def own_language(settings):
    """A page that a test opened in another language leaves that language active."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def nothing_kept():
    """A test finds in memory nothing of the site of another one."""
    changes.forget()


@pytest.fixture
def shared():
    """The folder of sample files, where there is one beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("left out: the folder of sample files is not on this machine")
    return SHARED


@pytest.fixture
def make_agreement(db):
    """make_agreement("korea", title="…", kind="protocol", parties=["EU", "KR"],
    events=[("signature", "2010-10-06"), ("provisional_application", "2013-03", "PE")],
    themes=["trade"], publish=True) → the edition (published unless publish=False)."""
    from agreements.models import Agreement, AgreementEdition, Party, Theme
    from culturecoop.dates import PartialDate

    def party(code):
        kind = Party._meta.get_field("kind").default
        return Party.objects.get_or_create(code=code, defaults={"kind": kind, "name": code})[0]

    def make(slug, *, title="", parties=(), events=(), themes=(), publish=True, **fields):
        agreement = Agreement.objects.create(slug=slug)
        draft = verbs.start(agreement, AgreementEdition, **fields)
        draft.texts.create(language="en", title=title or slug)
        for position, code in enumerate(parties):
            draft.parties.create(party=party(code), position=position)
        for kind, date, *rest in events:
            who = party(rest[0]) if rest else None
            draft.events.create(
                kind=kind, date=PartialDate.parse(date), party=who, source="A register"
            )
        for theme in themes:
            draft.themes.add(Theme.objects.get_or_create(slug=theme, defaults={"name": theme})[0])
        drafts_changed.send(AgreementEdition, identities=[agreement.pk])
        return published(draft) if publish else draft

    return make


@pytest.fixture
def make_page(db):
    """make_page("", title="Home") → the published edition of the page at that path."""
    from strategy.models import Page, PageEdition

    def make(path, *, title="A page", lead="", publish=True, language="en", **place):
        *above, slug = path.split("/")
        parent = Page.objects.get(path="/".join(above)) if path else None
        page, _made = Page.objects.get_or_create(
            path=path, defaults={"slug": slug, "parent": parent, **place}
        )
        draft = verbs.start(page, PageEdition, language=language, title=title, lead=lead)
        return published(draft) if publish else draft

    return make


@pytest.fixture
def make_file(db):
    """make_file(document, language="de", pages=3) → a file of it that is not yet public."""
    import hashlib

    from django.core.files.base import ContentFile

    from culturecoop.documents.models import DocumentFile

    def make(document, *, language="en", pages=1, content=b"%PDF-1.4 a stand-in", **fields):
        content += f" {language} {pages}".encode()
        fields = {"extension": "pdf", "media_type": "application/pdf", **fields}
        file = DocumentFile(
            document=document,
            language=language,
            pages=pages,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            **fields,
        )
        file.file.save("stand-in.pdf", ContentFile(content), save=False)
        file.save()
        return file

    return make


@pytest.fixture
def made_once(db, tmp_path_factory):
    """made_once(make, …) → what make(…) returned: made by the first test, copied into others."""
    return partial(copying.made_once, tmp_path_factory)


@pytest.fixture
def demonstration(made_once):
    """The demonstration site → {"parties": 27, …}: how many of each it has."""
    from strategy.demonstration import load

    return made_once(load)


@pytest.fixture
def signed_in(db):
    """signed_in("author") → a client of a user called so, in the group of that role."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.test import Client

    def sign_in(role, name=""):
        user = get_user_model().objects.create_user(name or role, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return sign_in


@pytest.fixture
def get(client):
    """get("/agreements/") → the HTML of the page, which must answer with `status`."""

    def open_(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        return " ".join(response.content.decode().split())

    return open_
