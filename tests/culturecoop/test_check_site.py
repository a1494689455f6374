"""One command proves what is stored: a line for each fault, and status 1."""

import datetime
import errno

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition, Membership, Party
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from culturecoop.editions.proofs import faults
from culturecoop.imports.jobs.creation import create
from culturecoop.reference.models import MovedAddress
from culturecoop.reference.verbs import amend
from strategy.blocks import Image, Link, Text
from tests.answering import publish
from tests.site.population import PIXEL

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def page(make_page, make_agreement, make_file):
    """A live page with a link to an agreement and a picture, beside a document with a file."""
    make_agreement("korea")
    document = Document.objects.create(slug="report", title="Report")
    publish_file(make_file(document))
    draft = make_page("", publish=False)
    text = '<p>See <a href="/agreements/korea/">this</a>.</p>'
    Text.objects.create(parent=draft, region="main", ordering=1, text=text)
    Link.objects.create(parent=draft, region="main", ordering=2, document=document)
    Image.objects.create(parent=draft, region="main", ordering=3, file=ContentFile(PIXEL, "a.png"))
    return publish(draft)


@pytest.fixture
def make_register(make_agreement):
    """make_register(3) → so many live agreements, with a grouping that stands for its members."""

    def make(number):
        union = Party.objects.get_or_create(code="EU", defaults={"kind": "grouping"})[0]
        if not union.memberships.exists():
            amend(Membership(grouping=union, member=Party.objects.create(code="FR")))
        first = Agreement.objects.count()
        for n in range(first, first + number):
            events = [("signature", "2010-10-06"), ("entry_into_force", "2011-10-06")]
            make_agreement(f"number-{n}", parties=["EU", "KR"], events=events)

    return make


def told(capsys):
    """What the command says of each fault."""
    with pytest.raises(CommandError, match=r"^\d+ faults?\.$"):
        call_command("check_site")
    return capsys.readouterr().err.splitlines()


def test_a_sound_site(page, capsys):
    call_command("check_site")
    assert "2 editions, 1 files" in capsys.readouterr().out


def test_more_agreements_take_no_more_queries(make_register, django_assert_num_queries):
    make_register(1)
    with CaptureQueriesContext(connection) as few:
        assert list(faults(AgreementEdition)) == []
    make_register(3)
    with django_assert_num_queries(len(few)):
        assert list(faults(AgreementEdition)) == []


def test_portions_miss_nothing_at_their_ends(make_register, monkeypatch, capsys):
    monkeypatch.setattr("culturecoop.editions.proofs.PORTION", 2)
    make_register(3)
    publish(verbs.new_draft(AgreementEdition.objects.get(agreement__slug="number-0")))
    call_command("rebuild_search", verbosity=0)
    call_command("check_site", verbosity=2)
    assert "agreements: 2 of 4\nagreements: 4 of 4\n" in capsys.readouterr().out
    AgreementEdition.objects.update(live_until=timezone.now() + HOUR)
    faults = [line for line in told(capsys) if ": published until " in line]
    assert len(faults) == 4
    assert sum(fault.endswith(", not None") for fault in faults) == 3


def test_other_bytes_under_a_checksum(page, capsys):
    file = Document.objects.get().files.get().file
    with open(file.path, "r+b") as stored:
        stored.write(b"%PDF-2")
    [fault] = told(capsys)
    assert "its checksum is" in fault


def test_a_file_and_a_picture_that_are_gone(page, capsys):
    default_storage.delete(Document.objects.get().files.get().file.name)
    default_storage.delete(Image.objects.get().file.name)
    faults = told(capsys)
    assert "its file is missing" in " ".join(faults)
    assert "the picture images/" in " ".join(faults)
    assert len(faults) == 2


def refuse(*args, **options):
    raise PermissionError(errno.EACCES, "Permission denied")


def test_what_may_not_be_read_is_there(page, capsys, monkeypatch):
    create(ContentFile(b"slug\nkorea\n"), name="list.csv")
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._open", refuse)
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.listdir", refuse)
    with pytest.raises(CommandError, match="3 faults"):
        call_command("check_site")
    output = capsys.readouterr()
    assert output.err.count(" cannot be read (Permission denied)") == 3
    assert "missing" not in output.err
    assert "note: documents: it cannot be read (Permission denied)" in output.out
    assert "note: imports: it cannot be read (Permission denied)" in output.out


def test_an_upload_that_is_gone_and_one_that_belongs_to_no_import(db, capsys):
    job = create(ContentFile(b"slug\nkorea\n"), name="list.csv")
    job.file.storage.save("imports/a/upload", ContentFile(b"left over"))
    call_command("check_site")
    assert "note: imports/a/upload: in the private storage, but of no" in capsys.readouterr().out
    job.file.storage.delete(job.file.name)
    [fault] = told(capsys)
    assert fault == f"import {job.pk}, “list.csv”: its uploaded file is missing"


def test_a_link_that_opens_nothing_any_more(page, capsys):
    verbs.withdraw(AgreementEdition.objects.live().get(), reason="Wrong")
    [fault] = told(capsys)
    assert "a link leads to /agreements/korea/, where readers find nothing" in fault


def test_a_redirect_in_a_circle_and_an_address_that_leads_nowhere(page, capsys):
    edition = AgreementEdition.objects.live().get()
    verbs.withdraw(edition, reason="Moved", redirect_to="https://example.org/")
    AgreementEdition.objects.filter(withdrawal=True).update(redirect_to="/agreements/korea/")
    MovedAddress.objects.create(old_path="/agreements/corea/", object_text="korea")
    faults = " ".join(told(capsys))
    assert "sent in a circle" in faults
    assert "/agreements/corea/ leads nowhere" in faults
