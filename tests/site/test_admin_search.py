"""The lists of the admin, and the fields that look for rows, find words however they are typed."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import AgreementEdition, Party, PartyAlias, Theme
from culturecoop.documents import listing, proofs
from culturecoop.documents.models import Document, DocumentFile, DocumentListing
from culturecoop.documents.removals import remove_waiting_file
from culturecoop.editions import verbs
from culturecoop.editions.signals import drafts_changed
from culturecoop.reference.verbs import amend
from strategy.models import PageEdition

pytestmark = pytest.mark.django_db

TITLE = "Co-operation d’équipement, Straße und Fi\u00adlme"
TYPED = [
    "equipement", "ÉQUIPEMENT", "cooperation", "co-operation", "d'equipement", "strasse", "straße",
    "filme", "fil\u200bme", "cooperation strasse",
]  # fmt: skip


@pytest.fixture
def admin(signed_in):
    return signed_in("administrator")


def found(client, model, typed):
    """Return what the list of a model finds."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    response = client.get(address, {"q": typed})
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def offered(client, field, typed):
    """Return what a field that searches for rows offers."""
    names = {"app_label": field.model._meta.app_label, "model_name": field.model._meta.model_name}
    query = {**names, "field_name": field.name, "term": typed}
    rows = client.get(reverse("admin:autocomplete"), query).json()["results"]
    return [int(row["id"]) for row in rows]


@pytest.mark.parametrize("typed", TYPED)
def test_agreements(admin, make_agreement, typed):
    draft = make_agreement("first", title=TITLE, publish=False)
    make_agreement("second", title="Declaration")
    assert found(admin, AgreementEdition, typed) == [draft]
    field = AgreementEdition._meta.get_field("relations").related_model._meta
    assert offered(admin, field.get_field("agreement"), typed) == [draft.agreement_id]


@pytest.mark.parametrize("typed", TYPED)
def test_pages(admin, make_page, typed):
    home = make_page("", title="Home")
    draft = make_page("first", title=TITLE, publish=False)
    assert found(admin, PageEdition, typed) == [draft]
    assert offered(admin, type(home.page)._meta.get_field("parent"), typed) == [draft.page_id]


@pytest.mark.parametrize("typed", TYPED)
def test_documents_and_their_files(admin, make_file, typed):
    first, second = Document(slug="first", title=TITLE), Document(slug="second", title="Report")
    for document in (first, second, Document(slug="third", title="Letter")):
        amend(document)
    file = make_file(second, title=TITLE)
    assert set(found(admin, Document, typed)) == {first, second}
    remove_waiting_file(file)
    assert found(admin, Document, typed) == [first]
    field = AgreementEdition._meta.get_field("documents").related_model._meta.get_field("document")
    assert offered(admin, field, typed) == [first.pk]


@pytest.mark.parametrize("typed", TYPED)
def test_parties_and_themes(admin, typed):
    party, theme = Party(code="AA", name="Other"), Theme(slug="first", name=TITLE)
    for row in (party, Party(code="BB", name="Body"), theme, Theme(slug="second", name="Films")):
        amend(row)
    amend(PartyAlias(party=party, alias=TITLE))
    assert found(admin, Party, typed) == [party]
    assert found(admin, Theme, typed) == [theme]


def test_a_party_by_its_code_and_by_names_that_are_not_stored(admin, make_agreement):
    party = Party(code="CI")
    amend(party)
    amend(Party(code="PE"))
    edition = make_agreement("first", parties=["CI"], publish=False)
    make_agreement("second", parties=["PE"])
    for typed in ("ci", "cote d'ivoire", "Côte d’Ivoire", "Ivoire"):
        assert party in found(admin, Party, typed)
        assert found(admin, AgreementEdition, typed) == [edition]


@pytest.mark.parametrize("typed", ["CELEX:22011A0514(04)", "22011a051404", "No. 22011A0514"])
def test_numbers_with_and_without_their_collection(admin, make_agreement, typed):
    draft = make_agreement("first", publish=False)
    draft.references.create(value="22011A0514(04)")
    drafts_changed.send(AgreementEdition, identities=[draft.agreement_id])
    make_agreement("second", title="22011A0515")
    assert found(admin, AgreementEdition, typed) == [draft]


def test_a_draft_is_found_by_its_words_of_now(admin, make_agreement):
    draft = verbs.new_draft(make_agreement("first", title="Films"))
    draft.texts.update(title="Équipement")
    verbs.record_change(draft)
    assert found(admin, AgreementEdition, "equipement") == [draft]
    assert found(admin, AgreementEdition, "films") == []


def test_signs_alone_find_nothing(admin, make_agreement):
    make_agreement("first")
    for model in (AgreementEdition, PageEdition, Document, Party, Theme):
        assert found(admin, model, "…") == []


def test_a_page_by_a_part_of_its_address(admin, make_page):
    make_page("", title="Home")
    page = make_page("first-place", title="A")
    assert found(admin, PageEdition, "first-place") == found(admin, PageEdition, "rst") == [page]


@pytest.mark.parametrize("model", [AgreementEdition, PageEdition, Document, Party])
def test_no_query_for_each_row(demonstration, admin, model):
    """Nor for each word but of parties, which are looked up once."""
    found(admin, model, "zebra")  # what is read once by a process is read
    with CaptureQueriesContext(connection) as few:
        found(admin, model, "zebra")
    with CaptureQueriesContext(connection) as many:
        assert len(found(admin, model, "e")) > 1
    with CaptureQueriesContext(connection) as words:
        found(admin, model, "zebra umbrella in an attic")
    rows = 8  # what a page of the list reads of its rows
    assert len(words) == len(few) <= len(many) <= len(few) + rows


class TestListedDocuments:
    def test_what_was_lost_is_told_and_made_again(self, demonstration):
        assert list(proofs.listing.faults()) == []
        DocumentListing.objects.first().delete()
        DocumentListing.objects.filter(pk=DocumentListing.objects.last().pk).update(words="other")
        assert sum("listed words" in fault for fault in proofs.faults()) == 2
        call_command("rebuild_search", verbosity=0)
        assert list(listing.faults()) == []

    def test_migrate_lists_the_documents_of_a_site_from_before(self, demonstration, capsys):
        DocumentListing.objects.all().delete()
        call_command("migrate")
        assert "Listed documents: 5." in capsys.readouterr().out
        assert list(listing.faults()) == []

    def test_rows_follow_the_verbs(self, make_file):
        document = Document(slug="first", title="Report")
        amend(document)
        make_file(document, title="Bericht", original_name="réport.pdf")
        document.title = "Rapport"
        amend(document)
        assert list(listing.faults()) == []
        words = DocumentListing.objects.get().words
        assert "rapport" in words
        assert "bericht" in words
        assert "report pdf" in words
        assert DocumentFile.objects.count() == 1
