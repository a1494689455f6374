"""What the admin gives on every page, whatever is edited there."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from lxml import html

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from tests.forms import confirm


def tree(response):
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize(("language", "words"), [("de", "Link bearbeiten"), ("fr", "lien")])
def test_the_scripts_of_the_editors_find_their_words(admin_client, language, words):
    response = admin_client.get(reverse("admin:jsi18n"), HTTP_ACCEPT_LANGUAGE=language)
    catalogue = response.content.decode()
    assert '"Edit Link"' in catalogue
    assert '"Hide"' in catalogue
    assert words in catalogue


def test_signing_in_has_a_heading(client, db):
    assert tree(client.get(reverse("admin:login"))).xpath("//h1/text()") == ["Log in"]


def test_the_search_has_a_name_in_the_language_of_the_page(admin_client):
    address = reverse("admin:documents_document_changelist")
    page = tree(admin_client.get(address, HTTP_ACCEPT_LANGUAGE="de"))
    [field] = page.xpath("//input[@id='searchbar']")
    assert field.get("aria-label") == "Suchen"
    assert not page.xpath("//label[@for='searchbar']/img[@alt != '']")


def test_the_language_of_the_admin_is_chosen_and_stays_in_it(admin_client):
    here = reverse("admin:documents_document_changelist")
    buttons = tree(admin_client.get(here)).get_element_by_id("admin-languages").xpath(".//button")
    assert [button.get("aria-current") for button in buttons] == ["true", None, None]
    answer = admin_client.post(buttons[1].get("formaction"))
    assert answer.url == here
    assert answer.cookies["django_language"]["path"] == "/admin/"
    assert tree(admin_client.get(here)).get("lang") == "de"


def test_choosing_a_language_leads_to_no_other_site(admin_client):
    address = f"{reverse('admin:language', args=['de'])}?next=https://elsewhere.example/"
    assert admin_client.post(address).url == "/de/"


def test_a_language_that_is_not_there_changes_nothing(admin_client):
    answer = admin_client.post(reverse("admin:language", args=["xx"]))
    assert "django_language" not in answer.cookies


def test_the_log_counts_entries(admin_client):
    page = tree(admin_client.get(reverse("admin:accounts_accountentry_changelist")))
    [count] = page.xpath("//*[contains(@class, 'paginator')]")
    assert " ".join(count.text_content().split()).endswith((" entry", " entries"))


@pytest.mark.parametrize(
    ("address", "status", "desk"),
    [
        ("/admin/agreements/agreement/no-such/", 404, True),
        ("/admin/auth/user/", 403, True),
        ("/nowhere/", 404, False),
    ],
)
def test_a_dead_end_leads_back_to_the_desk(signed_in, address, status, desk):
    response = signed_in("author").get(address)
    assert response.status_code == status
    assert bool(tree(response).xpath("//main//a[@href='/admin/']")) == desk


class TestTitles:
    """Editors know things by their titles, not by their slugs."""

    @pytest.fixture
    def publisher(self, signed_in):
        return signed_in("publisher")

    @pytest.fixture
    def korea(self, make_agreement):
        return make_agreement("korea", title="Protocol with Korea")

    def test_where_a_document_is_used(self, publisher, make_agreement):
        document = Document.objects.create(slug="report", title="Report")
        draft = make_agreement("korea", title="Protocol with Korea", publish=False)
        draft.documents.create(document=document)
        page = publisher.get(reverse("admin:documents_document_change", args=[document.pk]))
        assert "agreement: Protocol with Korea (draft)" in page.content.decode()

    def test_the_form_of_an_address(self, publisher, korea, make_page):
        """Only a page has a place beside its address."""
        agreement = reverse("admin:agreements_agreement_address", args=[korea.agreement_id])
        text = publisher.get(agreement).content.decode()
        assert "&rsaquo; Protocol with Korea" in " ".join(text.split())
        edition = make_page("", title="Home")
        for row, label in ((korea, "Address…"), (edition, "Address and place…")):
            opts = row._meta
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
            assert f">{label}</a>" in publisher.get(address).content.decode()

    def test_recent_actions(self, publisher, korea):
        address = reverse("admin:agreements_agreementedition_verb", args=[korea.pk, "edit"])
        publisher.post(address)
        assert LogEntry.objects.latest("pk").object_repr == "Protocol with Korea"
        draft = AgreementEdition.objects.drafts().get()
        confirm(
            publisher, reverse("admin:agreements_agreementedition_verb", args=[draft.pk, "discard"])
        )
        assert LogEntry.objects.count() == 2
        assert LogEntry.objects.latest("pk").object_repr == "Protocol with Korea"
