"""Exports and previews say what was there at one moment, whatever is written meanwhile."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection

from agreements.models import Agreement, AgreementEdition
from agreements.resources import contents
from culturecoop.onemoment import one_moment
from tests.culturecoop.imports.plannedjobs import upload
from tests.forms import export

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/agreements/agreementedition/export/"


def elsewhere(work):
    """Do the work on another connection, and wait for it."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def discard():
    """Delete all drafts and what has nothing else, as undoing an import does."""
    AgreementEdition.objects.drafts().delete()
    Agreement.objects.filter(editions=None).delete()


@pytest.fixture
def discarded_meanwhile(make_agreement, monkeypatch):
    """A draft that is discarded when whoever reads it knows which editions there are."""
    make_agreement("korea", title="Korea", publish=False)
    read = contents.flat_records

    def late(editions):
        elsewhere(discard)
        return read(editions)

    monkeypatch.setattr(contents, "flat_records", late)


def test_what_is_discarded_meanwhile_is_in_the_export(signed_in, discarded_meanwhile):
    response = export(signed_in("publisher"), LIST)
    content = b"".join(response.streaming_content).decode()
    assert "korea" in content
    assert "Korea" in content
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("options", [{}, {"everything": True}])
def test_the_command_reads_at_one_moment_too(discarded_meanwhile, tmp_path, options):
    call_command("export", str(tmp_path / "site.xlsx"), **options)
    assert not Agreement.objects.exists()


def test_a_preview_compares_at_one_moment_too(discarded_meanwhile):
    job = upload("agreements", ["slug", "title_en"], [{"slug": "korea", "title_en": "Corea"}])
    assert (job.state, job.message) == ("previewed", "")
    assert not Agreement.objects.exists()


def test_writing_goes_on_and_is_seen_afterwards(make_agreement):
    make_agreement("korea")
    with one_moment():
        assert Agreement.objects.count() == 1
        elsewhere(lambda: Agreement.objects.create(slug="japan"))
        assert Agreement.objects.count() == 1
    assert Agreement.objects.count() == 2
    Agreement.objects.create(slug="peru")
