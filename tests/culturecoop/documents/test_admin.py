"""Documents in the admin: files are added and never changed; who may do what to a document."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from culturecoop.documents.models import Document, DocumentFile
from culturecoop.editions import verbs
from culturecoop.reference.models import Amendment
from tests.answering import publish
from tests.forms import add_row, fields, said

from .samples import pdf

LIST = reverse("admin:documents_document_changelist")
ADD = reverse("admin:documents_document_add")
FORM = "document_form"


def change_url(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def publish_url(file):
    return reverse("admin:documents_document_publish", args=[file.pk])


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def report(db):
    return Document.objects.create(slug="report", title="Report")


def upload(name="report.pdf", content=None):
    return SimpleUploadedFile(name, content or pdf(pages=3), "application/octet-stream")


def add_file(client, document, **row):
    values = fields(client.get(change_url(document)), FORM)
    add_row(values, "files", **({"language": "en"} | row))
    return client.post(change_url(document), values, follow=True)


class TestAdding:
    def test_an_author_adds_a_document_with_its_first_files(self, author):
        values = fields(author.get(ADD), FORM) | {"title": "Report", "slug": "report"}
        values |= {"files-0-upload": upload(), "files-0-language": "en"}
        add_row(values, "files", language="fr", address="https://example.org/rapport.pdf")
        author.post(ADD, values)
        english, french = DocumentFile.objects.order_by("language")
        assert (english.size, english.pages, english.original_name) == (
            len(pdf(pages=3)), 3, "report.pdf",
        )  # fmt: skip
        assert (english.added_by, english.live_from) == (author.user, None)
        assert french.address == "https://example.org/rapport.pdf"
        assert Amendment.objects.get().by == author.user

    def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_kept(self, author):
        values = fields(author.get(ADD), FORM) | {"title": "Report", "slug": "report"}
        values |= {"files-0-upload": upload(content=b"<html>no report</html>")}
        response = author.post(ADD, values)
        assert "report" in fields(response, FORM)["slug"]
        assert any("web page" in sentence for sentence in said(response))
        assert not any("either a file" in sentence for sentence in said(response))
        assert not Document.objects.exists()

    def test_two_files_in_one_language_are_told_at_the_second_and_nothing_is_kept(
        self, author, report
    ):
        values = fields(author.get(change_url(report)), FORM)
        add_row(values, "files", language="de", upload=upload("eins.pdf"), title="Eins")
        add_row(values, "files", language="fr", address="https://example.org/un.pdf")
        add_row(values, "files", language="de", address="https://example.org/zwei.pdf")
        refused = author.post(change_url(report), values)
        (sentence,) = [one for one in said(refused) if "German" in one]
        assert "“eins.pdf” and “https://example.org/zwei.pdf”" in sentence
        assert refused.context["inline_admin_formsets"][0].formset.errors[2].keys() == {"language"}
        assert fields(refused, FORM)["files-0-title"] == ["Eins"]
        assert not report.files.exists()

    def test_two_refused_files_in_one_language_are_named(self, author, report):
        values = fields(author.get(change_url(report)), FORM)
        for name in ("one.pdf", "two.pdf"):
            add_row(values, "files", language="fr", upload=upload(name, b"<html>"))
        refused = author.post(change_url(report), values)
        (sentence,) = [one for one in said(refused) if "French" in one]
        assert sentence.startswith("“one.pdf” and “two.pdf” are both in one language")

    def test_two_rows_without_a_file_are_told_that_alone(self, author, report):
        values = fields(author.get(change_url(report)), FORM)
        for title in ("One", "Two"):
            add_row(values, "files", language="fr", title=title)
        told = said(author.post(change_url(report), values))
        assert not [one for one in told if "French" in one]
        assert told.count("Choose a file, or give an outside address.") == 2

    def test_a_newer_file_of_a_language_is_no_second_one(self, author, report):
        for name in ("one.pdf", "two.pdf"):
            add_file(author, report, upload=upload(name))
        assert report.files.count() == 2

    def test_a_row_needs_a_file_or_an_address_and_not_both(self, author, report):
        both = add_file(author, report, upload=upload(), address="https://example.org/")
        neither = add_file(author, report, title="Nothing")
        assert any("either a file or an outside address" in s for s in said(both))
        assert any("Choose a file, or give an outside address" in s for s in said(neither))
        assert not DocumentFile.objects.exists()

    def test_it_opens_in_a_popup_beside_an_agreement(self, author):
        values = fields(author.get(ADD, {"_popup": 1}), FORM)
        response = author.post(ADD, values | {"title": "Report", "slug": "report"})
        assert b"popup_response" in response.content


class TestRights:
    def test_an_author_changes_the_title_until_readers_know_it(self, author, publisher, report):
        values = fields(author.get(change_url(report)), FORM) | {"title": "A report"}
        author.post(change_url(report), values)
        report.refresh_from_db()
        assert report.title == "A report"
        add_file(author, report, upload=upload())
        publisher.post(publish_url(report.files.get()))
        values = fields(author.get(change_url(report)), FORM)
        assert "title" not in values
        author.post(change_url(report), values | {"title": "Mine", "slug": "mine"})
        report.refresh_from_db()
        assert (report.title, report.slug) == ("A report", "report")

    @pytest.mark.parametrize("days", [0, 2])
    def test_nor_does_he_change_what_an_edition_shows(
        self, author, publisher, report, make_agreement, days
    ):
        """Its title is read there, also while no file of it is public."""
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=report)
        values = fields(author.get(change_url(report)), FORM) | {"title": "Mine", "slug": "mine"}
        publish(draft, at=timezone.now() + datetime.timedelta(days=days) if days else None)
        assert "title" not in fields(author.get(change_url(report)), FORM)
        author.post(change_url(report), values)
        report.refresh_from_db()
        assert (report.title, report.slug) == ("Report", "report")
        assert "title" in fields(publisher.get(change_url(report)), FORM)

    def test_but_may_still_add_files_to_it(self, author, publisher, report):
        add_file(author, report, upload=upload())
        publisher.post(publish_url(report.files.get()))
        add_file(author, report, upload=upload(content=pdf(pages=4)))
        assert [file.pages for file in report.files.all()] == [4, 3]

    def test_a_publisher_changes_the_slug_and_the_old_address_leads_on(self, publisher, report):
        add_file(publisher, report, upload=upload())
        publisher.post(publish_url(report.files.get()))
        values = fields(publisher.get(change_url(report)), FORM) | {"slug": "the-report"}
        publisher.post(change_url(report), values)
        assert publisher.get("/documents/report/").url == "/documents/the-report/"

    def test_a_document_with_files_is_not_deleted(self, publisher, report):
        add_file(publisher, report, upload=upload())
        url = reverse("admin:documents_document_delete", args=[report.pk])
        assert publisher.post(url, {"post": "yes"}).status_code == 403

    def test_a_document_without_files_is(self, publisher, report):
        url = reverse("admin:documents_document_delete", args=[report.pk])
        publisher.post(url, {"post": "yes"})
        assert not Document.objects.exists()


class TestFiles:
    def test_files_are_shown_and_have_no_fields(self, author, report):
        add_file(author, report, upload=upload())
        content = author.get(change_url(report)).content.decode()
        assert "report.pdf" in content
        assert "3 pages" in content
        assert "not yet public" in content
        assert 'name="files-0-language"' not in content

    def test_a_posted_change_of_a_file_is_ignored(self, author, report):
        add_file(author, report, upload=upload())
        values = fields(author.get(change_url(report)), FORM)
        file = report.files.get()
        values |= {"files-0-id": str(file.pk), "files-0-language": "de", "files-0-DELETE": "on"}
        author.post(change_url(report), values)
        file.refresh_from_db()
        assert file.language == "en"

    def test_publishing_a_file_by_itself_is_for_publishers(self, author, publisher, report):
        add_file(author, report, upload=upload())
        file = report.files.get()
        assert publish_url(file) not in author.get(change_url(report)).content.decode()
        assert author.post(publish_url(file)).status_code == 403
        assert publish_url(file) in publisher.get(change_url(report)).content.decode()
        assert publisher.get(publish_url(file)).status_code == 405
        response = publisher.post(publish_url(file), follow=True)
        assert "from now on" in said(response)[0]
        assert report.files_at() == [file]

    def test_an_older_file_is_not_brought_back_over_a_newer_one(self, publisher, report):
        for pages in (1, 2):
            add_file(publisher, report, upload=upload(content=pdf(pages=pages)))
        newer, older = report.files.all()
        publisher.post(publish_url(newer))
        assert publish_url(older) not in publisher.get(change_url(report)).content.decode()
        response = publisher.post(publish_url(older), follow=True)
        assert "a newer one is" in said(response)[-1]
        assert report.files_at() == [newer]

    def test_where_it_is_used(self, author, report, make_agreement, make_page):
        agreement = make_agreement("korea", publish=False)
        agreement.documents.create(document=report)
        page = make_page("", title="Home", publish=False)
        text = '<p><a href="/documents/report/">Report</a></p>'
        page.strategy_text_set.create(text=text, region="main", ordering=10)
        make_agreement("peru")
        content = author.get(change_url(report)).content.decode()
        assert reverse("admin:agreements_agreementedition_change", args=[agreement.pk]) in content
        assert reverse("admin:strategy_pageedition_change", args=[page.pk]) in content
        assert "peru" not in content

    def test_an_edition_of_the_past_is_no_use(self, author, report, make_agreement):
        draft = make_agreement("korea", publish=False)
        row = draft.documents.create(document=report)
        publish(draft)
        following = verbs.new_draft(draft)
        following.documents.filter(key=row.key).delete()
        publish(following)
        assert "nowhere yet" in author.get(change_url(report)).content.decode()

    def test_its_address_for_a_link_in_rich_text(self, author, client, report):
        url = reverse("admin:documents_document_link", args=[report.pk])
        assert author.get(url).json() == {"href": "/documents/report/"}
        assert author.get(f"{url}?language=de").json() == {"href": "/de/documents/report/"}
        assert author.get(f"{url}?language=../x").json() == {"href": "/documents/report/"}
        assert "/admin/login/" in client.get(url).url

    def test_the_history_tells_what_was_amended(self, publisher, report):
        values = fields(publisher.get(change_url(report)), FORM) | {"title": "A report"}
        publisher.post(change_url(report), values)
        url = reverse("admin:documents_document_history", args=[report.pk])
        content = publisher.get(url).content.decode()
        assert "<del>Report</del>" in content
        assert "<ins>A report</ins>" in content


def test_the_queries_of_the_list_do_not_grow(author, report, django_assert_max_num_queries):
    author.get(LIST)
    with django_assert_max_num_queries(20) as one:
        author.get(LIST)
    Document.objects.bulk_create(Document(slug=f"d-{n}", title=f"Document {n}") for n in range(49))
    with django_assert_max_num_queries(len(one)):
        assert len(author.get(LIST).context["cl"].result_list) == 50


def test_the_button_that_publishes_names_the_file(author, publisher, report):
    add_file(author, report, upload=upload("annual_en.pdf"))
    add_file(author, report, title="Rapport", language="fr", upload=upload("annual_fr.pdf"))
    page = publisher.get(change_url(report)).content.decode()
    assert "Publish the file: Report (en), annual_en.pdf, 1 KB" in page
    assert "Publish the file: Rapport (fr), annual_fr.pdf, 1 KB" in page
    french = report.files.get(language="fr")
    response = publisher.post(publish_url(french), follow=True)
    assert said(response) == ["Readers see “Rapport (fr), annual_fr.pdf, 1 KB” from now on."]
