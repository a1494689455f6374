"""A party that is not in the list: looked for, added by publishers, asked for by authors."""

import pytest
from django.urls import reverse
from lxml import html

from agreements.models import Party, PartyAlias, PartyRequest
from agreements.partyrequests import add_asked, decline
from agreements.proposals import abbreviation, proposal_for
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import NotPossible
from tests.forms import fields, said

from .panel import change_url

pytestmark = pytest.mark.django_db
MISSING = reverse("admin:agreements_party_missing")
DESK = reverse("admin:index")
ECOWAS = {"name": "Economic Community of West African States", "code": "ECOWAS",
          "kind": "organisation"}  # fmt: skip


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def asked(author, make_agreement):
    draft = make_agreement("korea", title="Korea", publish=False)
    author.post(MISSING, ECOWAS | {"note": "In article 3", "edition": draft.pk})
    return PartyRequest.objects.get()


def words(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def answer_url(asked):
    return reverse("admin:agreements_party_request", args=[asked.pk])


def trays(client):
    """Return {title: words} of the trays of a desk that are about parties."""
    tree = html.fromstring(client.get(DESK).content.decode())
    found = tree.xpath("//section[contains(@class, 'desk-tray')][h2[contains(., 'arties')]]")
    return {tray.findtext("h2"): " ".join(tray.text_content().split()) for tray in found}


class TestProposal:
    @pytest.mark.parametrize("name", ["KR", "kr", "KOR", "South Korea", "Corée du Sud", "ROK"])
    def test_a_party_is_found_by_any_of_its_names_and_codes(self, name):
        party = Party.objects.create(code="KR")
        PartyAlias.objects.create(party=party, alias="ROK")
        assert proposal_for(name).party == party

    def test_a_country_has_the_code_of_iso_3166(self):
        found = proposal_for("Südafrika")
        assert (found.party, found.code, found.kind) == (None, "ZA", "country")
        assert found.name == "South Africa"

    def test_a_former_country_is_known_as_one(self):
        assert proposal_for("Czechoslovakia").kind == "former_country"

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("Economic Community of Central African States", "ECCAS"),
            ("African Union", "AFRICAN-UNION"),  # AU is Australia
            ("Benelux", "BENELUX"),
            ("Communauté économique africaine", "CEA"),
            ("Союз", ""),
        ],
    )
    def test_an_organisation_gets_its_initials(self, name, code):
        assert abbreviation(name) == code


class TestPublisher:
    def test_a_country_is_added_and_has_its_usual_name_everywhere(self, publisher):
        form = fields(publisher.get(MISSING, {"name": "Südafrika"}))
        assert (form["name"], form["code"], form["kind"]) == (["South Africa"], ["ZA"], ["country"])
        page = publisher.post(MISSING + "?dialog=1", form)
        party = Party.objects.get()
        assert (party.code, party.name, party.name_in("fr")) == ("ZA", "", "Afrique du Sud")
        made = html.fromstring(page.content.decode()).xpath("//@data-made")
        assert made == [str(party.pk)]
        assert Amendment.objects.get().by == publisher.user

    def test_what_is_there_already_is_said_and_can_be_taken(self, publisher):
        party = Party.objects.create(code="KR")
        page = publisher.get(MISSING, {"name": "Corée du Sud", "dialog": "1"})
        assert "“Corée du Sud” is there already: South Korea (KR)." in words(page)
        assert html.fromstring(page.content.decode()).xpath("//@data-take") == [str(party.pk)]

    @pytest.mark.parametrize("changed", [{"name": "Corée du Sud"}, {"code": "KR"}])
    def test_a_second_one_is_refused(self, publisher, changed):
        Party.objects.create(code="KR")
        page = publisher.post(MISSING, ECOWAS | changed)
        assert any("is there already: South Korea (KR)" in line for line in said(page))
        assert Party.objects.count() == 1

    def test_the_code_of_a_country_is_for_no_other_party(self, publisher):
        page = publisher.post(MISSING, ECOWAS | {"code": "FR"})
        assert "“FR” is the code of France: choose another one." in said(page)
        assert not Party.objects.exists()
        page = publisher.post(MISSING, {"name": "Frankreich", "code": "DE", "kind": "country"})
        assert "“DE” is the code of Germany: choose another one." in said(page)
        for name, code in (("Frankreich", "FR"), ("Congo", "CG"), ("Saint Martin", "MF")):
            publisher.post(MISSING, {"name": name, "code": code, "kind": "country"})
            assert Party.objects.filter(code=code).exists()

    def test_without_a_name_nothing_is_proposed(self, publisher):
        assert said(publisher.get(MISSING, {"name": ""})) == ["This field is required."]


class TestAuthor:
    def test_he_asks_and_adds_nothing(self, author, asked):
        assert not Party.objects.exists()
        assert (asked.name, asked.code, asked.note) == (
            ECOWAS["name"], "ECOWAS", "In article 3",
        )  # fmt: skip
        assert (asked.asked_by, asked.edition.heading) == (author.user, "Korea")
        [tray] = trays(author).values()
        assert "not answered yet" in tray

    def test_nobody_asks_twice(self, author, asked):
        assert "“ECOWAS” is asked for already." in said(author.post(MISSING, ECOWAS))
        assert PartyRequest.objects.count() == 1

    def test_he_answers_none(self, author, asked):
        assert author.get(answer_url(asked)).status_code == 403
        assert author.post(answer_url(asked), ECOWAS).status_code == 403

    def test_every_field_of_a_party_leads_to_it(self, author, asked):
        page = author.get(change_url(asked.edition)).content.decode()
        links = html.fromstring(page).xpath("//a[contains(@class, 'party-missing')]/@href")
        assert set(links) == {f"{MISSING}?edition={asked.edition.pk}"}
        assert 'id="add_id_parties' not in page


class TestAnswer:
    def test_it_stands_on_the_desk_of_publishers_with_a_count(self, publisher, asked):
        assert list(trays(publisher)) == ["Parties asked for: 1"]
        page = publisher.get(answer_url(asked))
        assert "In article 3" in words(page)
        assert fields(page)["code"] == ["ECOWAS"]

    def test_the_party_is_added_and_who_asked_is_told(self, publisher, author, asked):
        publisher.post(answer_url(asked), fields(publisher.get(answer_url(asked))))
        asked.refresh_from_db()
        assert (asked.party.code, asked.answered_by) == ("ECOWAS", publisher.user)
        assert trays(publisher) == {}
        [tray] = trays(author).values()
        assert "added" in tray

    def test_it_is_declined_with_a_reason(self, publisher, author, asked):
        publisher.post(answer_url(asked), {"_decline": "", "reason": ""})
        assert PartyRequest.objects.open().exists()
        publisher.post(answer_url(asked), {"_decline": "", "reason": "It is no person in law"})
        assert not Party.objects.exists()
        [tray] = trays(author).values()
        assert "Declined: It is no person in law" in tray

    def test_a_party_that_is_there_by_now_is_the_answer(self, publisher, asked):
        party = Party.objects.create(code="ECOWAS", name=ECOWAS["name"], kind="organisation")
        publisher.post(answer_url(asked), {"_take": ""})
        asked.refresh_from_db()
        assert (asked.party, Party.objects.count()) == (party, 1)

    def test_nobody_answers_twice(self, publisher, asked):
        decline(asked, "No", by=publisher.user)
        with pytest.raises(NotPossible):
            add_asked(asked, Party(code="XX", name="X"), by=publisher.user)
        publisher.post(answer_url(asked), ECOWAS)
        assert not Party.objects.exists()
        assert "It was answered: declined: No" in words(publisher.get(answer_url(asked)))

    def test_a_draft_that_is_discarded_leaves_the_request(self, asked):
        asked.edition.delete()
        asked.refresh_from_db()
        assert asked.edition is None

    def test_queries_of_the_desk_do_not_grow(self, publisher, asked, django_assert_max_num_queries):
        publisher.get(DESK)
        with django_assert_max_num_queries(60) as one:
            publisher.get(DESK)
        for number in range(20):
            PartyRequest.objects.create(name=f"X{number}", asked_by=asked.asked_by)
        with django_assert_max_num_queries(len(one)):
            assert list(trays(publisher)) == ["Parties asked for: 21"]
