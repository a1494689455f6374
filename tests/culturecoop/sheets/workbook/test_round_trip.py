"""The whole site as one workbook: back unchanged, and the same site made from it elsewhere."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition, Membership, Party, Theme
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from culturecoop.sheets import workbook
from strategy.models import Page, PageEdition
from tests.answering import publish as publish_draft

from .working import applied, empty_site, exported, planned, public_pages, publish, sheets_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(demonstration):
    pass


@pytest.mark.parametrize("kind", workbook.KINDS)
def test_back_unchanged(site, kind):
    job = planned(exported(kind))
    assert list(job.counts) == ["unchanged"], told(job)
    assert [part["sheet"] for part in job.sheets] == [
        "parties", "memberships", "themes", "documents", "files", "agreements", "texts",
        "agreement_parties", "events", "references", "relations", "pages", "blocks",
    ]  # fmt: skip


def test_the_same_site_elsewhere(site, client):
    before = public_pages(client)
    content = exported()
    empty_site()
    job = planned(content)
    assert set(job.counts) == {"new"}, told(job)
    job = applied(job)
    assert job.state == "applied", job.message
    assert set(job.counts) <= {"new", "unchanged"}, told(job)
    publish(job)
    after = public_pages(client)
    assert set(after) == set(before)
    for address, page in before.items():
        assert after[address] == page, address


def test_the_workbook_alone(site):
    content = zipfile.ZipFile(io.BytesIO(exported())).read("workbook.xlsx")
    job = planned(content, name="workbook.xlsx")
    assert list(job.counts) == ["unchanged"], told(job)
    empty_site()
    job = planned(content, name="workbook.xlsx")
    missing = [row for row in job.rows.exclude(notes=[]) if "Missing file" in row.notes[0][2]]
    assert len(missing) == 9
    assert set(job.counts) == {"new", "unchanged"}, told(job)
    applied(job)
    assert AgreementEdition.objects.drafts().count() == 4


def test_what_readers_see(site):
    [first, *_others] = AgreementEdition.objects.order_by("pk")
    draft = verbs.new_draft(first)
    draft.texts.update(title="Not yet")
    verbs.withdraw(PageEdition.objects.exclude(page__path="").first(), reason="Over.")
    shown, known = exported(live=True), exported()
    assert planned(known).counts.keys() == {"unchanged"}
    empty_site()
    job = applied(planned(shown))
    assert not AgreementEdition.objects.filter(texts__title="Not yet").exists()
    assert Agreement.objects.count() == 4
    assert "Over." not in str(told(job))


@pytest.mark.parametrize("kind", workbook.KINDS)
def test_every_kind_of_row(rich_site, client, kind):
    for file in DocumentFile.objects.pending():
        publish_file(file)
    before, content = kind == "xlsx" and public_pages(client), exported(kind)
    job = planned(content)
    assert list(job.counts) == ["unchanged"], told(job)
    assert all(part["counts"] for part in job.sheets)
    empty_site()
    job = applied(planned(content))
    assert set(job.counts) == {"new"}, told(job)
    publish(job)
    again = exported(kind)
    assert _without_bases(again) == _without_bases(content)
    if before:
        assert public_pages(client) == before


def _without_bases(content):
    return {name: [row | {"base": ""} for row in rows] for name, rows in sheets_of(content).items()}


def test_undone_as_a_whole(rich_site):
    Membership.objects.all().delete()
    content = exported()
    empty_site()
    job = applied(planned(content))
    kept = jobs.undo(job)
    assert kept == [], kept
    for model in (Agreement, Page, Document, Party, DocumentFile, Theme):
        assert not model.objects.exists(), model


def test_drafts_and_what_is_scheduled(rich_site):
    page = PageEdition.objects.get(page__path="trade")
    draft = verbs.new_draft(page)
    PageEdition.objects.filter(pk=draft.pk).update(lead="Not yet")
    scheduled = verbs.new_draft(AgreementEdition.objects.get(agreement__slug="a"))
    scheduled.texts.filter(language="de").update(title="Später")
    publish_draft(scheduled, at=timezone.now() + timedelta(days=2))
    content = exported()
    job = planned(content)
    assert list(job.counts) == ["unchanged"], told(job)
    empty_site()
    applied(planned(content))
    assert PageEdition.objects.get(page__path="trade").lead == "Not yet"
    assert _without_bases(exported()) == _without_bases(content)


@pytest.mark.parametrize("kind", workbook.KINDS)
def test_an_empty_site_gives_the_template(db, kind):
    job = planned(exported(kind))
    assert job.state == "refused"
    assert "no rows" in job.message
