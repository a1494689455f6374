"""What the admin tells of the readers of a file: since when, from when on, or nobody."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from culturecoop.documents.models import Document
from culturecoop.documents.withdrawals import withdraw_document

LIST = reverse("admin:documents_document_changelist")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def report(db):
    return Document.objects.create(slug="report", title="Report")


def live(file, days):
    file.live_from = timezone.now() + datetime.timedelta(days=days)
    file.save()
    return file


def cell(client, address, column):
    """The words in the cells of a column of a list or of the files of a document."""
    page = html.fromstring(client.get(address).content.decode())
    row = "tr[not(contains(@class, 'empty-form'))]"
    found = page.xpath(f"//{row}/td[contains(@class, 'field-{column}')]")
    return " ".join(found[0].text_content().split())


def seen(client, document):
    address = reverse("admin:documents_document_change", args=[document.pk])
    return cell(client, address, "seen")


class TestFiles:
    def test_readers_see_it_already(self, publisher, report, make_file):
        live(make_file(report), days=-3)
        assert seen(publisher, report).startswith("see it since ")

    def test_what_lies_ahead_is_not_told_as_seen(self, publisher, report, make_file):
        live(make_file(report), days=3)
        assert seen(publisher, report).startswith("will see it from ")

    @pytest.mark.parametrize("days", [-3, 3])
    def test_nobody_sees_those_of_a_withdrawn_document(self, publisher, report, make_file, days):
        live(make_file(report, language="de"), days=-4)
        live(make_file(report), days)
        withdraw_document(report, reason="It names a person")
        assert seen(publisher, report) == "nobody: withdrawn with its document"

    def test_the_page_that_restores_calls_them_withdrawn(self, publisher, report, make_file):
        live(make_file(report), days=-3)
        withdraw_document(report, reason="It names a person")
        address = reverse("admin:documents_document_verb", args=[report.pk, "restore"])
        states = html.fromstring(publisher.get(address).content.decode()).xpath(
            "//*[@id='content-main']//td[last()]"
        )
        assert [state.text_content() for state in states] == ["withdrawn"]


class TestList:
    def test_a_scheduled_file_is_told(self, publisher, report, make_file):
        live(make_file(report, language="fr"), days=3)
        assert cell(publisher, LIST, "readers_column").startswith("French: will see it from ")

    def test_a_withdrawn_document_keeps_its_languages(self, publisher, report, make_file):
        live(make_file(report, language="fr"), days=-3)
        withdraw_document(report, reason="It names a person")
        assert cell(publisher, LIST, "files_column") == "français"
        assert cell(publisher, LIST, "readers_column") == "withdrawn"
