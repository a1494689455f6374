"""What the page of an agreement says, as JSON."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from agreements.models import Agreement
from culturecoop.editions import changes, verbs
from culturecoop.reference.verbs import amend
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(client):
    """said("?on=2012-01-01") → what the data of the agreement with Korea says."""

    def read(query="", language=""):
        response = client.get(f"{language}/agreements/korea/data.json{query}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.json()

    return read


def test_it_names_the_agreement_and_its_edition(korea, said, settings):
    settings.DATA_LICENCE = "CC BY 4.0"
    found = said()

    assert found["address"] == "http://testserver/agreements/korea/"
    assert found["edition"]["number"] == 1
    assert found["edition"]["address"] == "http://testserver/agreements/korea/editions/1/"
    assert (found["kind"], found["form"], found["binding"]) == ("protocol", "bilateral", "binding")
    assert found["licence"] == "CC BY 4.0"
    assert found["texts"] == {"en": {"title": "Protocol on films"}}


def test_the_status_is_that_of_the_day(korea, said):
    today, then = said()["status"], said("?on=2012-01-01")

    assert (today["code"], today["began"]) == ("in_force", "2015-12-13")
    assert "in force since 13 December 2015" in today["sentence"]
    assert (then["day"], then["status"]["code"]) == ("2012-01-01", "provisionally_applied")
    assert then["address"] == "http://testserver/agreements/korea/?on=2012-01-01"


def test_the_parties_have_names_and_statuses(korea, said):
    korean = next(row for row in said(language="/de")["parties"] if row["code"] == "KR")

    assert korean["name"] == "Südkorea"
    assert korean["status"]["code"] == "in_force"
    assert korean["status"]["words"]


def test_the_events_are_those_of_the_page(korea, said):
    assert [event["kind"] for event in said("?on=2012-01-01")["events"]] == [
        "signature", "ratification", "provisional_application",
    ]  # fmt: skip
    ratified = said()["events"][1]
    assert (ratified["date"], ratified["party"]) == ("2011", "KR")
    assert ratified["source"] == "A register"


def test_it_has_what_belongs_to_the_agreement(korea, make_agreement, said):
    make_agreement("films", title="Films")
    draft = verbs.new_draft(korea)
    draft.references.create(scheme="celex", value="22011A0514(01)", address="https://example.org/")
    draft.relations.create(kind="part_of", agreement=Agreement.objects.get(slug="films"))
    draft.texts.create(language="de", title="Protokoll", official_title="Das Protokoll")
    draft.texts.create(language="nl", title="Protocol", summary="Not shown anywhere")
    publish(draft)
    found = said()

    celex = {"scheme": "celex", "value": "22011A0514(01)", "address": "https://example.org/"}
    assert found["references"] == [celex]
    assert found["related"] == [
        {
            "kind": "is part of",
            "slug": "films",
            "title": "Films",
            "address": "http://testserver/agreements/films/",
        }
    ]
    assert found["texts"]["de"] == {"title": "Protokoll", "official_title": "Das Protokoll"}
    assert found["texts"]["nl"] == {"title": "Protocol"}


def test_the_page_leads_to_it_with_its_day(korea, get):
    page = html.fromstring(get("/de/agreements/korea/?on=2012-01-01"))
    address = "/de/agreements/korea/data.json?on=2012-01-01"

    assert page.xpath("//link[@rel='alternate'][@type='application/json']/@href") == [address]
    assert address in page.xpath("//main//a/@href")
    assert "data.json" not in get("/agreements/korea/editions/1/")


def test_a_malformed_day_is_refused(korea, client):
    for day in ("xx", "2012-02-30", "0000-00-00", "=1"):
        response = client.get(f"/agreements/korea/data.json?on={day}")
        assert response.status_code == 400
        assert "2012-12-31" in response.content.decode()


def test_head_has_no_body(korea, client):
    response = client.head("/agreements/korea/data.json")

    assert (response.status_code, response.content) == (200, b"")


def test_a_moved_address_leads_to_the_new_one(korea, client):
    korea.agreement.slug = "south-korea"
    amend(korea.agreement)
    response = client.get("/agreements/korea/data.json?on=2012-01-01")

    assert response.status_code == 301
    assert response["Location"] == "/agreements/south-korea/data.json?on=2012-01-01"


def test_the_queries_do_not_grow(make_agreement, client):
    def queries(slug):
        changes.forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/agreements/{slug}/data.json")
        return len(captured)

    few = [("signature", "2010-01-01", "EU"), ("signature", "2010-01-01", "KR")]
    make_agreement("few", parties=["EU", "KR"], events=few, themes=["a"])
    codes = ["EU", "KR", "PE", "CO", "CL"]
    acts = [("signature", f"201{n}-01-01", code) for n, code in enumerate(codes)]
    many = make_agreement("many", parties=codes, events=acts, themes=["a", "b", "c"])
    draft = verbs.new_draft(many)
    for language in ("de", "fr", "nl"):
        draft.texts.create(language=language, title=language)
    publish(draft)

    assert queries("few") == queries("many") <= 20
