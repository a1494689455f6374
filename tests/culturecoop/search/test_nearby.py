"""Near spellings: of the reader's language first, names before other words, no unrelated ones."""

import pytest
from django.core.management import call_command
from django.utils import translation

from agreements.models import Party, PartyAlias
from culturecoop.reference.verbs import amend
from culturecoop.search.models import SearchWord
from culturecoop.search.results import Results
from tests.answering import publish

pytestmark = pytest.mark.django_db


def spelled(typed, language="en"):
    """Return the words that something was found for instead, folded."""
    with translation.override(language):
        return Results(typed).understood.spelled_so


@pytest.fixture
def with_party(make_agreement):
    """with_party("GH") → an agreement with Ghana that does not name it."""

    def make(code):
        amend(Party(code=code))
        return make_agreement(code.lower(), title="On art", parties=[code])

    return make


class TestShortWords:
    @pytest.mark.parametrize("typed", ["Gaza", "Gano", "Ghama", "Agana"])
    def test_another_letter_makes_another_word(self, with_party, find, typed):
        with_party("GH")  # "Gana" in several languages
        assert find("Gana") != []
        assert (spelled(typed), find(typed)) == ("", [])

    @pytest.mark.parametrize("typed", ["Ghnaa", "Hgana", "Ghan", "Ghna"])
    def test_letters_may_be_swapped_or_missing(self, with_party, typed):
        with_party("GH")
        assert spelled(typed) == "ghana"

    def test_a_missing_letter_is_that_of_a_name_of_the_readers_language(self, with_party):
        with_party("CU")
        assert (spelled("Kubba", "de"), spelled("Kubba", "en")) == ("kuba", "")

    def test_a_word_in_passing_is_not_meant(self, make_agreement):
        draft = make_agreement("first", title="Museum", publish=False)
        draft.texts.update(summary="The opera and the dance")
        publish(draft)
        assert spelled("oera") == spelled("opra") == ""
        assert spelled("oprea") == "opera"


class TestLanguages:
    @pytest.fixture
    def texts(self, make_agreement):
        """An agreement whose words in two languages are as near to what is typed."""
        draft = make_agreement("first", title="Publicity", publish=False)
        draft.texts.create(language="de", title="Publizity")
        return publish(draft)

    def test_the_language_of_the_reader_goes_first(self, texts):
        assert spelled("Publixity", "en") == "publicity"
        assert spelled("Publixity", "de") == "publizity"

    def test_it_goes_before_fewer_letters(self, make_agreement):
        draft = make_agreement("first", title="Orchestras", publish=False)
        draft.texts.create(language="de", title="Orchester")
        publish(draft)
        assert spelled("Orchestrs", "de") == "orchester"
        assert spelled("Orchestrs", "en") == "orchestras"

    def test_another_language_is_better_than_nothing(self, texts):
        assert spelled("Publizitz", "fr") == "publizity"


def test_words_of_titles_and_names_go_before_those_in_passing(make_agreement):
    draft = make_agreement("first", title="Curation", publish=False)
    draft.texts.update(summary="Auration")
    publish(draft)
    assert spelled("xuration") == "curation"


def test_what_is_known_of_words_is_made_anew(make_agreement):
    draft = make_agreement("first", title="Museum of art", publish=False)
    draft.texts.update(summary="The opera")
    draft.texts.create(language="de", title="Museum")
    publish(draft)
    party = Party(code="GH")
    amend(party)
    amend(PartyAlias(party=party, alias="Gold Coast"))
    stored = set(SearchWord.objects.values_list("word", "language", "prominent"))
    assert {("museum", "en", True), ("museum", "de", True), ("opera", "en", False)} <= stored
    assert {("ghana", "en", True), ("gana", "", True), ("coast", "", True)} <= stored
    assert ("opera", "en", True) not in stored
    call_command("rebuild_search", verbosity=0)
    assert set(SearchWord.objects.values_list("word", "language", "prominent")) == stored


def test_migrate_names_the_command_where_words_are_of_no_language_yet(demonstration, capsys):
    SearchWord.objects.all().delete()
    call_command("migrate")
    assert "run `manage.py rebuild_search`" in capsys.readouterr().out
