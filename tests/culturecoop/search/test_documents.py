"""Documents among the results: what tells one from another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agreements.models import Party
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.reference.verbs import amend
from culturecoop.search.results import Results
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def protocol(make_agreement, make_file):
    """protocol("first", "KR", "PE") → the address of a document of an agreement with each."""

    def make(slug, *partners, title="Protocol", language="en"):
        document = Document(slug=slug, title=title)
        amend(document)
        publish_file(make_file(document, language=language))
        for code in partners:
            if not Party.objects.filter(code=code).exists():
                amend(Party(code=code))
            draft = make_agreement(f"{slug}-{code.lower()}", parties=[code], publish=False)
            draft.documents.create(document=document)
            publish(draft)
        return document.get_absolute_url()

    return make


def titles(text="protocol", language="en"):
    """Return {address: title} of the documents that are found."""
    with translation.override(language):
        rows = [row.result for row in Results(text).rows]
    return {row.url: row.title for row in rows if "/documents/" in row.url}


def test_two_of_the_same_title_say_with_whom_their_agreement_is(protocol):
    first, second = protocol("first", "KR"), protocol("second", "PE")
    assert titles() == {first: "Protocol (South Korea)", second: "Protocol (Peru)"}


def test_the_partner_is_named_in_the_language_of_the_title(protocol):
    first = protocol("first", "KR", language="de")
    assert titles(language="de") == {f"/de{first}": "Protocol (South Korea)"}


def test_a_title_that_names_the_partner_does_not_name_it_again(protocol):
    first = protocol("first", "TR", title="Protocol with Turkey")
    assert titles() == {first: "Protocol with Turkey"}


def test_what_several_agreements_use_names_them_all_below(protocol, get):
    first = protocol("first", "KR", "PE")
    assert titles() == {first: "Protocol"}
    page = get("/search/?q=protocol")
    assert "first-kr (South Korea)</span>; <span>first-pe (Peru)</span>" in page


def test_a_document_of_no_agreement_has_its_title_alone(protocol):
    first = protocol("first")
    assert titles() == {first: "Protocol"}


def test_the_page_says_the_same(protocol, get):
    first = protocol("first", "KR")
    assert "<h1>Protocol (South Korea)</h1>" in get(first)


def test_more_documents_take_no_more_queries(protocol, client):
    def queries():
        client.get("/search/?q=protocol")
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/?q=protocol")
        return len(captured)

    protocol("first", "KR")
    few = queries()
    for number, code in enumerate(["PE", "CO", "JM", "TT"]):
        protocol(f"other-{number}", code)
    assert len(titles()) == 5
    assert queries() == few
