"""Sheets cannot take an address that belongs to something else, nor one alike but for case."""

import pytest
from django.utils import timezone

from agreements.models import Agreement
from culturecoop.documents.models import Document
from culturecoop.imports import jobs
from strategy.models import Page
from tests.culturecoop.imports.plannedjobs import export, kinds, only, upload
from tests.moving import renamed

pytestmark = pytest.mark.django_db


def refused(job):
    """What is said of the only row, at which column."""
    row = only(job)
    assert row.kind == "error"
    [(column, _value, message)] = row.errors
    return column, message


def test_an_agreement(make_agreement):
    renamed(make_agreement("korea").agreement, "south-korea")
    for slug in ("korea", "Korea"):
        rows = [{"slug": slug, "title_en": "Mine"}]
        column, message = refused(upload("agreements", ["slug", "title_en"], rows))
        assert (column, "belongs to “korea”" in message) == ("slug", True)
    column, message = refused(upload("agreements", ["slug"], [{"slug": "South-Korea"}]))
    assert "“korea” has the address /agreements/south-korea/ already" in message


def test_a_document(make_file):
    document = Document.objects.create(slug="report", title="The report")
    make_file(document).document.files.update(live_from=timezone.now())
    renamed(document, "first-report")
    rows = [{"slug": "report", "title": "Mine", "source_language": "en"}]
    column, message = refused(upload("documents", list(rows[0]), rows))
    assert (column, "belongs to “The report”" in message) == ("slug", True)


def test_a_page(make_page):
    make_page("")
    renamed(make_page("trade", title="Trade").page, "commerce")
    rows = [{"path": "/trade", "language": "en", "title": "Mine"}]
    column, message = refused(upload("pages", list(rows[0]), rows))
    assert (column, "belongs to “Trade”" in message) == ("path", True)


@pytest.mark.parametrize("resource", ["agreements", "documents"])
def test_two_rows_alike_but_for_case_are_about_the_same(resource, db):
    title = {"agreements": "title_en", "documents": "title"}[resource]
    rows = [{"slug": slug, title: slug, "source_language": "en"} for slug in ("korea", "Korea")]
    job = upload(resource, list(rows[0]), rows)
    assert kinds(job) == ["new", "error"]
    jobs.apply(job)
    assert Agreement.objects.count() + Document.objects.count() == 1


def test_what_collided_before_still_comes_back_unchanged(make_agreement):
    make_agreement("korea")
    Agreement.objects.filter(pk=make_agreement("other").agreement_id).update(slug="Korea")
    assert kinds(upload("agreements", *export("agreements"))) == ["unchanged", "unchanged"]


@pytest.mark.parametrize("resource", ["agreements", "pages"])
def test_what_moved_after_the_preview_is_not_taken(make_agreement, make_page, resource):
    """The address was free when the file was looked at, and belongs to another by now."""
    make_page("")
    others = {"agreements": make_agreement("a").agreement, "pages": make_page("a").page}
    rows = {
        "agreements": {"slug": "korea", "title_en": "Mine"},
        "pages": {"path": "/korea", "language": "en", "title": "Mine"},
    }[resource]
    job = upload(resource, list(rows), [rows])
    assert kinds(job) == ["new"]
    for slug in ("korea", "south-korea"):
        renamed(others[resource], slug)
    jobs.apply(job)
    assert kinds(job) == ["error"]
    assert Page.objects.count() == 2
    assert Agreement.objects.count() == 1


def test_what_readers_never_saw_is_found_by_its_new_name(make_agreement):
    draft = make_agreement("korea", publish=False)
    headings, rows = export("agreements")
    renamed(draft.agreement, "south-korea")
    column, message = refused(upload("agreements", headings, rows))
    assert (column, "“south-korea”" in message) == ("slug", True)
