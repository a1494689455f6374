"""A party is found in the same order by its name in each language."""

import pytest

from agreements.models import Party, PartyAlias
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.reference.verbs import amend
from culturecoop.search.models import SearchName
from culturecoop.search.results import Results
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def algeria(make_agreement, make_page, make_file):
    """An agreement that names Algeria in its title, one in a text, one by its party; and others."""
    for code in ("DZ", "MA"):
        amend(Party(code=code))
    make_agreement("party", title="On films", parties=["DZ"])
    draft = make_agreement("german", title="On art", parties=["DZ"], publish=False)
    draft.texts.create(language="de", title="Abkommen mit Algerien")
    publish(draft)
    make_agreement("title", title="Agreement with Algeria", parties=["DZ"])
    make_agreement("french", title="Accord avec l’Algérie")  # no party is told
    draft = make_agreement("text", title="On music", parties=["MA"], publish=False)
    draft.texts.update(summary="As with Algeria")
    publish(draft)
    make_page("", title="Algeria")
    document = Document(slug="report", title="Report on Algeria")
    amend(document)
    publish_file(make_file(document))
    make_agreement("other", title="Agreement with Morocco", parties=["MA"])


NAMES = ["Algeria", "Algerien", "Algérie", "ALGERIE", "DZ"]


@pytest.mark.parametrize("typed", NAMES[1:])
def test_each_name_gives_the_same_results_in_the_same_order(algeria, find, typed):
    found = find("Algeria")
    assert len(found) == 7
    assert found[0] == "/"  # it is all of its title
    assert found.index("/agreements/title/") < found.index("/agreements/text/")
    assert find(typed) == found


def test_with_other_words_too(algeria, find):
    assert find("Algerien art") == find("Algeria art") == find("art Algérie")
    assert find("Algerien report") == find("Algeria report") == ["/documents/report/"]


def test_the_name_that_stands_there_is_marked(algeria):
    row = next(row for row in Results("Algerien").rows if row.result.url == "/agreements/title/")
    assert "<mark>Algeria</mark>" in row.title


def test_an_alias_is_a_name_like_others(algeria, find):
    amend(PartyAlias(party=Party.objects.get(code="DZ"), alias="Numidia"))
    assert find("Numidia") == find("Algeria")


def test_a_part_of_a_name_stands_for_no_other_name(make_agreement, find):
    amend(Party(code="KR", name="Republic of Korea"))
    make_agreement("first", title="On Südkorea")
    make_agreement("second", title="Republic of art")
    assert find("Republic of Korea") == ["/agreements/first/"]
    assert find("Republic") == ["/agreements/second/"]


def test_names_are_kept_in_their_words(algeria):
    said = SearchName.objects.filter(form="said").values_list("key", flat=True)
    assert {"algeria", "algerien", "algerie"} <= set(said)
