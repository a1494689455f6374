"""The page of results: what it says, and that nothing that is typed breaks it or makes it slow."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from agreements.filters import RegisterFilter
from agreements.models import Agreement, AgreementEdition, Party, Theme
from bench import content
from culturecoop.reference.verbs import amend
from culturecoop.search.indexing import rebuild
from culturecoop.search.query import Query
from culturecoop.search.ranking import MOST, hits
from culturecoop.search.results import PAGE_SIZE, Results
from culturecoop.search.sources import source_named
from culturecoop.search.topics import rebuild_names
from tests.answering import publish

pytestmark = pytest.mark.django_db


def of_words(typed):
    """Return the entries of the register that it finds by words."""
    return RegisterFilter({"words": typed}).qs


def marked(html):
    return re.findall(r"<mark>(.*?)</mark>", html)


class TestWords:
    def test_a_party_that_is_named_is_offered_as_a_filter(self, demonstration, get):
        page = get("/search/?q=protocol+Jamaica")
        assert '<a href="/agreements/?party=JM">All agreements: Jamaica</a>' in page
        assert "party=KR" not in page

    def test_a_theme_that_is_named_is_found_and_offered(self, demonstration, get):
        page = get("/de/search/?q=internationaler+handel")
        assert "theme=international-trade" in page
        assert "5 Ergebnisse" in page
        assert "5 results" in get("/search/?q=international+trade")

    @pytest.mark.parametrize(
        ("typed", "slug"),
        [
            ("EU-Colombia", "colombia-peru-agreement-cultural-cooperation"),
            ("Korea-EU protocol", "korea-protocol-cultural-cooperation"),
            ("korea-protocol-cultural-cooperation", "korea-protocol-cultural-cooperation"),
        ],
    )
    def test_parts_that_a_hyphen_joins_may_stand_apart(self, demonstration, find, typed, slug):
        address = f"/agreements/{slug}/"
        assert Agreement.objects.filter(slug=slug).exists()
        assert address in find(typed)
        assert slug in [edition.slug for edition in of_words(typed)]

    def test_a_title_in_quotation_marks_is_found_by_its_words(self, demonstration, get):
        page = get("/search/?q=%22EU+–+Republic+of+Korea%22")
        assert "Nothing was found for" in page
        assert "These are the results for “EU – Republic of Korea”" in page
        assert "korea-protocol-cultural-cooperation" in page

    def test_the_stem_of_a_word_begins_no_other_word(self, make_agreement, find):
        amend(Party(code="IN"))
        make_agreement("about", title="L’indication indique un individu")
        assert find("India") == []
        assert find("indic") == ["/agreements/about/"]

    def test_a_number_with_its_collection_finds_the_agreement_in_the_register(self, demonstration):
        for typed in ("CELEX:22011A0514(04)", "22011A0514(04)"):
            assert [row.slug for row in of_words(typed)] == ["korea-protocol-cultural-cooperation"]

    def test_what_was_left_out_is_said(self, demonstration):
        results = Results("Jamaica zebra protocol umbrella")
        assert results.left_out == ["zebra", "umbrella"]
        assert results.count == 1

    def test_what_is_spelled_almost_so_shows_at_once(self, demonstration, get):
        page = get("/search/?q=protocl+jamiaca")
        assert "Nothing was found for “protocl jamiaca”" in page
        assert "These are the results for “Protocol Jamaica”" in page
        assert "EU-CARIFORUM EPA" in page

    def test_what_is_spelled_almost_so_is_shown_as_it_is_written(self, make_agreement, get):
        make_agreement("korea", title="Abkommen mit der Republik Korea über Qualität")
        page = get("/search/?q=kroea+qualitxt+republiq")
        assert "These are the results for “Korea Qualität Republik”" in page

    def test_nothing_at_all(self, demonstration, get):
        page = get("/search/?q=xylophonquartett")
        assert "0 results" in page
        assert "Nothing was found." in page

    @pytest.mark.parametrize("text", ["", "%20", "%25", "%22%22", "…"])
    def test_no_word(self, demonstration, get, text):
        page = get(f"/search/?q={text}")
        assert "<h2" not in page

    def test_a_phrase_is_found_as_it_is_written(self, demonstration):
        assert Results('"cultural cooperation"').count > 0
        assert hits(Query('"cooperation cultural"')) == []
        assert Query('"cooperation cultural"').terms[0].typed == "cooperation cultural"

    def test_no_phrase_reaches_from_one_title_to_the_next(self, make_agreement, find):
        draft = make_agreement("korea", title="On films", publish=False)
        draft.texts.create(language="de", title="Über Filme")
        publish(draft)
        assert hits(Query('"films on"')) == hits(Query('"films uber"')) == []
        assert find('"on films"')

    def test_the_last_word_may_be_begun(self, demonstration, find):
        assert find("cultural coop") == find("cultural cooperation")
        assert hits(Query("cult cooperation")) == []

    def test_an_exact_word_stands_before_one_that_is_begun(self, make_agreement, find):
        make_agreement("exact", title="Of art")
        make_agreement("begun", title="Of artists")
        assert find("art") == ["/agreements/exact/", "/agreements/begun/"]

    def test_a_whole_title_before_its_words_and_those_before_the_text(self, make_agreement, find):
        for slug, title, summary in (
            ("whole", "Films and music", ""), ("words", "Of music, and then of films", ""),
            ("text", "Of both", "It is about films and music"), ("party", "Music", "films"),
        ):  # fmt: skip
            draft = make_agreement(slug, title=title, publish=False)
            draft.texts.update(summary=summary)
            publish(draft)
        found = [address.split("/")[2] for address in find("films and music")]
        assert found == ["whole", "words", "text", "party"]

    def test_an_amended_name_is_known_at_once(self, demonstration, find):
        party = Party.objects.get(code="KR")
        party.name = "Goryeo"
        amend(party)
        assert find("goryeo") == find("South Korea") != []


class TestRows:
    def test_words_are_marked_in_titles_and_texts(self, demonstration, get):
        page = get("/search/?q=co-operation+audiovisual")
        assert {"Cooperation", "audio-visual"} <= set(marked(page))

    def test_what_is_typed_and_what_is_written_is_escaped(self, make_agreement, get):
        draft = make_agreement("korea", title="<b>Films</b> & music", publish=False)
        draft.texts.update(summary="A <script>alert(1)</script> film of <i>mine</i>")
        publish(draft)
        page = get("/search/?q=" + quote("<i>film alert</i>"))
        assert "<script>alert" not in page
        assert "<i>" not in page
        assert "&lt;script&gt;<mark>alert</mark>" in page

    def test_the_text_in_the_language_of_the_reader_goes_first(self, make_agreement, get):
        draft = make_agreement("korea", title="Museum", publish=False)
        draft.texts.update(summary="The museum of London")
        draft.texts.create(language="de", title="Museum", summary="Das Museum von Bonn")
        publish(draft)
        assert "Das <mark>Museum</mark> von Bonn" in get("/de/search/?q=museum")
        assert 'lang="de">' in get("/search/?q=Bonn")

    def test_a_page_in_two_languages_is_one_result(self, make_page, get):
        make_page("", title="Museum")
        make_page("", title="Museum", language="de")
        assert '<a href="/">' in get("/search/?q=museum")
        page = get("/de/search/?q=museum")
        assert "1 Ergebnis" in page
        assert '<h3 class="found__title"><a href="/de/">' in page


HOSTILE = [
    '"', '"a', "*", "a*", "NEAR(a b)", "a AND", "OR", "NOT a", "-", "^a", "{title}:a", "title:a",
    "a:*", "'a", "a' & b", "a | !b", "<->", "(", "\\", "%", "_", "\u202eabc", "\u200b", "\ufeffa",
    "é" * 3000, "a b " * 2500, "(" * 10_000, '"a" ' * 2500, "a-" * 5000, "x" * 10_000,
    " ".join(f"w{n}" for n in range(2000)), "日本語", "😀 music", "ﷺ" * 500, "l'" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("address", ["/search/?q=", "/agreements/?words="])
def test_nothing_that_is_typed_breaks_it(demonstration, client, address, text):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address + quote(text)).status_code == 200
    assert len(queries) < 60


def test_a_sign_that_no_database_holds_is_refused(demonstration, client):
    assert client.get("/search/?q=a%00b").status_code == 400


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99"])
def test_pages(demonstration, client, page):
    assert client.get(f"/search/?q=cooperation&page={page}").status_code == 200


class TestMany:
    @pytest.fixture
    def many(self, db):
        def make(count):
            content.make_register(count)
            rebuild_names()
            assert sum(rebuild())

        return make

    @pytest.mark.parametrize("text", ["cultural cooperation", "Jamaica", "agreement 5", "zebra"])
    def test_queries_for_500_are_no_more_than_for_30(self, many, client, text):
        many(30)
        few = self._queries(client, text)
        former = Agreement.objects.filter(slug__startswith="agreement-")
        former.update(slug=Concat("slug", Value("-former")))
        editions = list(enumerate(content.make_editions(500)))
        parties, themes = list(Party.objects.exclude(code="EU")), list(Theme.objects.all())
        for rows in content.parts(editions, Party.objects.get(code="EU"), parties, themes):
            type(rows[0])._base_manager.bulk_create(rows)
        assert sum(rebuild())
        assert self._queries(client, text) <= few <= 30

    def _queries(self, client, text):
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/search/", {"q": text}).status_code == 200
        return len(captured)

    def test_more_than_can_be_shown(self, many, client, monkeypatch):
        monkeypatch.setattr("culturecoop.search.ranking.MOST", 40)
        monkeypatch.setattr("culturecoop.search.results.MOST", 40)
        many(60)
        results = Results("cultural cooperation")
        assert (results.more, results.count) == (True, 40)
        assert "More than 1,000 results" in client.get("/search/?q=cooperation").content.decode()
        assert len(results.rows) == PAGE_SIZE < MOST

    def test_the_second_page_goes_on(self, many):
        many(30)
        first, second = Results("cultural cooperation"), Results("cultural cooperation", "2")
        assert not {row.result.url for row in first.rows} & {row.result.url for row in second.rows}
        assert second.previous_url.endswith("q=cultural+cooperation")


def test_it_is_not_for_other_search_engines(demonstration, get):
    assert '<meta name="robots" content="noindex">' in get("/search/?q=korea")


def test_a_box_on_every_page(demonstration, get):
    for address in ("/", "/agreements/", "/documents/implementation-report/", "/de/about/"):
        assert 'class="search-box"' in get(address)
    assert get("/search/").count('type="search"') == 1


def test_what_is_stored_is_read_in_a_fixed_number_of_queries(demonstration):
    source = source_named("agreement")
    pks = list(AgreementEdition.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as one:
        source.contents(pks[:1])
    with CaptureQueriesContext(connection) as all_of_them:
        source.contents(pks)
    assert len(one) == len(all_of_them)
