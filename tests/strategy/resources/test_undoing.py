"""Undoing an import of pages after the pages above them have moved."""

import pytest

from culturecoop.imports import jobs
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import amend, undo
from strategy.models import Page
from tests.culturecoop.imports.plannedjobs import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def trade(make_page):
    make_page("")
    return make_page("trade").page


def move(page, slug):
    page = Page.objects.get(pk=page.pk)
    page.slug = slug
    amend(page)


def test_new_pages_go_although_the_page_above_them_moved(trade):
    rows = [
        {"path": path, "language": "en", "title": "Music"}
        for path in ("/trade/music", "/trade/music/jazz")
    ]
    job = jobs.apply(upload("pages", ["path", "language", "title"], rows))
    move(trade, "commerce")
    assert jobs.undo(job) == []
    assert sorted(Page.objects.values_list("path", flat=True)) == ["", "commerce"]


def test_a_change_of_a_page_goes_although_the_page_above_it_moved(trade, make_page):
    music = make_page("trade/music").page
    move(music, "songs")
    change = Amendment.objects.first()
    move(trade, "commerce")
    undo(change)
    assert Page.objects.get(pk=music.pk).path == "commerce/music"
