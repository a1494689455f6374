"""The list of the register as a file: the same rows as on the screen, in each format."""

import json
import re

import pytest
from lxml import html

from agreements.register import DOWNLOADS

from .reading import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def peru(make_agreement):
    return make_agreement(
        "peru", title="=1+1", kind="convention", parties=["EU", "PE"], themes=["trade"],
        events=[("signature", "2012-06-26"), ("signature", "2016-11-11")],
    )  # fmt: skip


@pytest.fixture
def downloaded(client):
    """downloaded("csv", "?kind=protocol") → the rows of the file."""

    def read(kind, query=""):
        response = client.get(f"/agreements/agreements.{kind}{query}")
        assert response.status_code == 200
        return rows_of(response, kind)

    return read


def listed(client, query):
    """The slugs of a list as readers see it."""
    tree = html.fromstring(client.get(f"/agreements/{query}").content)
    links = tree.xpath("//table//th[@scope='row']/a/@href")
    return [re.match(r"/agreements/([^/]+)/", link)[1] for link in links]


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_each_format_has_the_rows_of_the_list_with_what_they_say(korea, peru, downloaded, kind):
    other, found = downloaded(kind, "?sort=oldest")

    assert found == {
        "slug": "korea", "base": "1", "source_language": "en", "kind": "protocol",
        "parties": "EU; KR", "form": "bilateral", "binding": "binding", "status": "in_force",
        "signature": "2010-10-06", "provisional_application": "2011-07-01",
        "entry_into_force": "2015-12-13", "title_en": "Protocol on films",
    }  # fmt: skip
    assert (other["signature"], other["themes"]) == ("2012-06-26; 2016-11-11", "trade")


@pytest.mark.parametrize(("kind", "cell"), [("csv", "'=1+1"), ("xlsx", "=1+1"), ("ods", "=1+1")])
def test_nothing_in_it_runs(peru, downloaded, kind, cell):
    """In workbooks it is text by its type, as openpyxl and odfpy say of it."""
    assert downloaded(kind)[0]["title_en"] == cell


@pytest.mark.parametrize("kind", DOWNLOADS)
@pytest.mark.parametrize(
    "query",
    ["", "?kind=convention", "?theme=trade", "?party=KR", "?words=films", "?words=Peru",
     "?status=in_force", "?on=2011-01-01", "?on=2001-01-01", "?year_from=2012&year_to=2013",
     "?sort=title", "?sort=oldest&page=7&utm_source=x&words="],
)  # fmt: skip
def test_filters_order_and_day_come_along(korea, peru, client, downloaded, query, kind):
    shown = listed(client, query.replace("&page=7", "").replace("&words=", ""))

    assert [row["slug"] for row in downloaded(kind, query)] == shown


def test_the_status_is_that_of_the_day_and_of_the_party(make_agreement, downloaded):
    make_agreement(
        "convention", kind="convention", form="multilateral", parties=["EU", "KR", "PE"],
        events=[("entry_into_force", "2011-07-01"), ("signature", "2010-10-06", "KR"),
                ("entry_into_force", "2015-12-13", "KR")],
    )  # fmt: skip

    assert downloaded("csv", "?on=2012-01-01")[0]["status"] == "in_force"
    assert downloaded("csv", "?party=KR&on=2012-01-01")[0]["status"] == "signed"
    assert downloaded("csv", "?party=KR")[0]["status"] == "in_force"


def test_what_is_not_certain_has_no_status(make_agreement, client, downloaded):
    steps = [("signature", "2009-01-01"), ("entry_into_force", "2010")]
    make_agreement("perhaps", parties=["EU", "KR"], events=steps)

    assert "signed (not certain)" in client.get("/agreements/?on=2010-06-01").content.decode()
    assert "status" not in downloaded("csv", "?on=2010-06-01")[0]
    assert downloaded("csv")[0]["status"] == "in_force"


def test_the_json_says_what_it_is(korea, client, settings):
    settings.DATA_LICENCE = "CC BY 4.0"
    response = client.get("/de/agreements/agreements.json?party=KR&on=2012-01-01")
    said = json.loads(b"".join(response.streaming_content))

    del said["rows"]
    assert said == {
        "list": "agreements",
        "day": "2012-01-01",
        "address": "http://testserver/de/agreements/?party=KR&on=2012-01-01",
        "columns": "http://testserver/de/data/",
        "licence": "CC BY 4.0",
        "count": 1,
    }


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_the_name_says_the_list_and_the_day_and_nobody_keeps_it(korea, client, kind):
    for ask in (client.get, client.head):
        response = ask(f"/agreements/agreements.{kind}?on=2012-01-01")

        named = f'attachment; filename="agreements-2012-01-01.{kind}"'
        assert response.headers["Content-Disposition"] == named
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert bool(b"".join(response.streaming_content)) == (ask == client.get)


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_a_list_of_nothing_is_a_file_without_rows(downloaded, kind):
    assert downloaded(kind) == []


def test_the_links_stand_below_the_count_with_the_filters(korea, get):
    links = html.fromstring(get("/agreements/?kind=protocol&on=2012-01-01&page=1"))
    found = links.xpath("//div[@class='downloads']//a/@href")

    assert found == [
        *(f"/agreements/agreements.{kind}?kind=protocol&on=2012-01-01" for kind in DOWNLOADS),
        "/data/",
    ]


def test_a_list_of_nothing_is_not_offered(korea, get):
    assert "downloads" not in get("/agreements/?words=zebra")


def test_the_page_of_a_party_offers_its_list(korea, get):
    links = html.fromstring(get("/parties/KR/?on=2012-01-01"))

    assert "/agreements/agreements.csv?party=KR&on=2012-01-01" in links.xpath("//a/@href")


@pytest.mark.parametrize(
    "query",
    ["on=xx", "status=zz", "year_from=1e9", "party=%27%22", "on=0000-01-01", "theme=%C3%28",
     "year_from=99999999999999999999", "year_from=2012&year_to=2010", "kind=protocol&on=2012-02-30",
     "sort=%00", "status=denounced"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_named(korea, client, query):
    for kind in DOWNLOADS:
        response = client.get(f"/agreements/agreements.{kind}?{query}")
        assert response.status_code == 400
        assert response.headers["Content-Type"].startswith("text/html")
    if "%00" not in query:
        assert "Nothing was downloaded" in response.content.decode()
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "query",
    ["kind[]=1", "page=-1", "words=%F0%28", "words=" + "x" * 5000, "on=9999-12-31", "on=0001-01-01",
     "words=%3D1%2B1", "kind=protocol&kind=convention", "=", "&&&"],
)  # fmt: skip
def test_nothing_odd_leads_to_an_error(korea, downloaded, query):
    for kind in DOWNLOADS:
        downloaded(kind, f"?{query}")


def test_there_is_no_other_format(client):
    assert client.get("/agreements/agreements.pdf").status_code == 404
    assert client.post("/agreements/agreements.csv").status_code == 405
