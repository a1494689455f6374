"""Addresses that readers have seen lead on for good, to the same thing alone."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.models import Agreement
from culturecoop.documents.models import Document
from culturecoop.reference.models import Amendment, MovedAddress
from culturecoop.reference.verbs import amend, give_free, undo
from strategy.models import Page, PageEdition
from tests.forms import fields, said
from tests.moving import renamed

pytestmark = pytest.mark.django_db
ADD = reverse("admin:documents_document_add")
FORM = "document_form"
NAMES = ("absent", "secret", "riddle")


def change_url(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def answer(client, address):
    """What tells a reader of an address anything: status, headers and body."""
    response = client.get(address)
    name = next(word for word in address.split("/") if word.lower() in NAMES)
    headers = {k: v.replace(name, "") for k, v in response.headers.items()}
    return response.status_code, headers, response.content.decode().replace(name, "")


class TestLeadingOn:
    def test_every_former_address_leads_in_one_step_to_where_it_is_now(self, make_document, client):
        document = make_document("report")
        for slug in ("report-2012", "first-report"):
            document = renamed(document, slug)
        for old in ("report", "report-2012"):
            response = client.get(f"/documents/{old}/en?download=1")
            assert response.status_code == 301
            assert response["Location"] == "/documents/first-report/en?download=1"
            assert client.get(f"/de/documents/{old}/").url == "/de/documents/first-report/"
            assert client.get(f"/documents/{old}").url == "/documents/first-report/"

    def test_back_and_forth_there_is_no_circle(self, make_document, client):
        document = make_document("a")
        for slug in ("b", "a", "b", "c", "a"):
            document = renamed(document, slug)
        assert client.get("/documents/a/").status_code == 200
        for old in ("b", "c"):
            assert client.get(f"/documents/{old}/").url == "/documents/a/"
        assert set(MovedAddress.objects.values_list("old_path", flat=True)) == {
            "/documents/b/", "/documents/c/",
        }  # fmt: skip

    def test_undoing_a_change_takes_the_former_address_again(self, make_document, client):
        document = renamed(make_document("a"), "b")
        undo(Amendment.objects.filter(object_id=document.pk).first())
        assert client.get("/documents/a/").status_code == 200
        assert client.get("/documents/b/").url == "/documents/a/"

    def test_an_older_edition_is_found_under_the_former_address(self, make_agreement, client):
        renamed(make_agreement("korea").agreement, "south-korea")
        moved = client.get("/fr/agreements/KOREA/editions/1/")
        assert moved.url == "/fr/agreements/south-korea/editions/1/"


class TestLettersOfAnotherCase:
    @pytest.mark.parametrize(
        ("address", "target"),
        [
            ("/documents/REPORT/", "/documents/Report/"),
            ("/documents/report/EN", "/documents/Report/en"),
            ("/DE/Documents/report", "/de/documents/Report/"),
            ("/Agreements/Korea/", "/agreements/korea/"),
            ("/Trade/", "/trade/"),
        ],
    )
    def test_they_lead_to_the_right_address(
        self, make_document, make_agreement, make_page, client, address, target
    ):
        make_document("Report")
        make_agreement("korea")
        make_page("")
        make_page("trade")
        response = client.get(address)
        assert (response.status_code, response.url) == (301, target)
        assert client.get(target).status_code == 200

    def test_a_new_slug_that_is_another_only_by_case_is_refused(self, make_document):
        make_document("Report")
        with pytest.raises(
            ValidationError, match="“The Report” has the address /documents/Report/ already"
        ):
            amend(Document(slug="report", title="Another"))
        Agreement.objects.create(slug="korea")
        with pytest.raises(ValidationError, match="capital letters"):
            Agreement(slug="Korea").full_clean()

    def test_its_own_slug_may_change_its_case(self, make_document, client):
        renamed(make_document("Report"), "report")
        assert client.get("/documents/Report/").url == "/documents/report/"

    def test_what_collided_before_is_kept_and_both_work(self, make_document, client):
        first = make_document("Report")
        second = make_document("other")
        Document.objects.filter(pk=second.pk).update(slug="report")
        for document, slug in ((first, "Report"), (second, "report")):
            document.refresh_from_db()
            document.title = f"Titled {slug}"
            amend(document)
            assert f"Titled {slug}" in client.get(f"/documents/{slug}/").content.decode()


class TestWhatReadersHaveNotSeen:
    """Its addresses answer as those that never were: neither title nor existence leaks."""

    @pytest.mark.parametrize("prefix", ["", "/de", "/fr"])
    @pytest.mark.parametrize("form", ["{}/", "{}", "{}/editions/1/", "{}/en", "{}/en/1"])
    def test_a_document(self, make_document, client, prefix, form):
        renamed(make_document("secret", public=False), "riddle")
        self.answers_as_nothing(client, prefix + "/documents/" + form)

    @pytest.mark.parametrize("prefix", ["", "/de"])
    @pytest.mark.parametrize("below", ["", "editions/", "editions/1/"])
    def test_an_agreement_and_a_page(self, make_agreement, make_page, client, prefix, below):
        make_page("")
        renamed(make_agreement("secret", publish=False).agreement, "riddle")
        renamed(make_page("secret", publish=False).page, "riddle")
        for place in ("/agreements/", "/"):
            self.answers_as_nothing(client, prefix + place + "{}/" + below)

    def answers_as_nothing(self, client, form):
        for slugs in (("absent", "secret", "riddle"), ("ABSENT", "SECRET", "RIDDLE")):
            absent, *others = (answer(client, form.format(slug)) for slug in slugs)
            assert others == [absent, absent]
            last = client.get(form.format(slugs[1]), follow=True)
            assert last.status_code == 404

    def test_what_was_renamed_before_it_was_published_leaves_nothing(self, make_document, client):
        document = renamed(make_document("secret", public=False), "report")
        document.files.update(live_from="2020-01-01T00:00Z")
        assert client.get("/documents/secret/").status_code == 404
        assert not MovedAddress.objects.exists()

    def test_nothing_public_is_made_slower(
        self, make_document, make_page, client, django_assert_max_num_queries
    ):
        make_page("")
        with django_assert_max_num_queries(18):
            client.get("/")
        client.get("/documents/nothing/")
        with django_assert_max_num_queries(9) as asked:
            client.get("/documents/nothing/")
        moved = [q for q in asked if "movedaddress" in q["sql"].lower()]
        assert len(moved) == 1


class TestTakingAnAddress:
    """An author cannot lead readers of a public address to what he has made."""

    @pytest.fixture
    def first(self, make_document, signed_in):
        document = make_document("report", title="The first report")
        publisher = signed_in("publisher")
        values = fields(publisher.get(change_url(document)), FORM)
        publisher.post(change_url(document), values | {"slug": "first-report"})
        return document

    @pytest.fixture
    def author(self, signed_in):
        return signed_in("author")

    def add(self, author, slug):
        values = fields(author.get(ADD), FORM) | {"title": "Mine", "slug": slug}
        values |= {"files-0-address": "https://example.org/mine.pdf", "files-0-language": "en"}
        return author.post(ADD, values, follow=True)

    def test_a_new_document_is_refused_with_the_name(self, author, first, client):
        response = self.add(author, "report")
        assert "belongs to “The first report”" in " ".join(said(response))
        assert Document.objects.count() == 1
        assert client.get("/documents/report/").url == "/documents/first-report/"

    @pytest.mark.parametrize("slug", ["report", "Report"])
    def test_so_is_one_that_is_renamed(self, author, first, client, slug):
        self.add(author, "mine")
        mine = Document.objects.get(slug="mine")
        values = fields(author.get(change_url(mine)), FORM) | {"slug": slug}
        response = author.post(change_url(mine), values, follow=True)
        assert "belongs to “The first report”" in " ".join(said(response))
        mine.refresh_from_db()
        assert mine.slug == "mine"
        assert client.get("/documents/report/").url == "/documents/first-report/"

    def test_the_verb_refuses_it_too(self, first):
        with pytest.raises(ValidationError, match="belongs to"):
            amend(Document(slug="report", title="Mine"))

    def test_an_agreement(self, author, make_agreement, client):
        renamed(make_agreement("korea").agreement, "south-korea")
        add = reverse("admin:agreements_agreementedition_add")
        values = fields(author.get(add), "agreementedition_form") | {"slug": "korea"}
        response = author.post(add, values, follow=True)
        assert "belongs to “korea”" in " ".join(said(response))
        assert client.get("/agreements/korea/").url == "/agreements/south-korea/"

    def test_given_free_it_may_be_taken(self, first, make_document, admin_user, client):
        moved = give_free(MovedAddress.objects.get(), by=admin_user, reason="Asked for")
        assert client.get("/documents/report/").status_code == 404
        second = make_document("report")
        assert client.get("/documents/report/").status_code == 200
        renamed(second, "second-report")
        assert client.get("/documents/report/").url == "/documents/second-report/"
        assert MovedAddress.objects.get(pk=moved.pk).freed_reason == "Asked for"

    def test_a_page_whose_child_would_take_one_is_refused(self, make_page):
        make_page("")
        for path in ("a", "a/x", "b"):
            make_page(path)
        PageEdition.objects.filter(page__path="a/x").update(title="The y")
        renamed(Page.objects.get(path="a/x"), "y")  # /a/x/ belongs to it
        x = make_page("b/x").page
        renamed(Page.objects.get(path="a"), "c")
        with pytest.raises(ValidationError, match="belongs to “The y”"):
            renamed(Page.objects.get(path="b"), "a")
        assert Page.objects.get(pk=x.pk).path == "b/x"
