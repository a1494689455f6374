"""The filters of the register: what they find, and what they say of what they do not understand."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import translation

from agreements import filters
from agreements import register as register_page
from agreements.filters import RegisterFilter
from agreements.models import AgreementEdition, Membership, Party, Theme
from culturecoop.editions import changes, verbs
from culturecoop.reference.verbs import amend
from tests.answering import publish

pytestmark = pytest.mark.django_db


def register(query):
    return RegisterFilter(QueryDict(query))


def found(query):
    """The slugs that a query finds, in its order."""
    filters = register(query)
    ids = filters.ids_at(range(filters.count))
    slugs = dict(AgreementEdition.objects.filter(pk__in=ids).values_list("pk", "agreement__slug"))
    return [slugs[pk] for pk in ids]


@pytest.fixture
def four(made_once, make_agreement):
    made_once(make_four, make_agreement)


def make_four(make_agreement):
    for code in ("JP", "KR", "PE"):
        amend(Party(code=code))
    make_agreement(
        "korea", title="Protocol on films", kind="protocol", parties=["EU", "KR"],
        themes=["trade"], events=[("signature", "2010-10-06"),
        ("provisional_application", "2011-07-01"), ("entry_into_force", "2015-12-13")],
    )  # fmt: skip
    make_agreement(
        "peru", title="Treaty on music", kind="convention", parties=["EU", "PE"],
        themes=["arts"], events=[("signature", "2012-06-26"),
        ("provisional_application", "2013-03", "PE")],
    )  # fmt: skip
    make_agreement(
        "japan", title="Films and music", parties=["EU", "JP"], events=[("signature", "1999?")]
    )
    make_agreement("plan", title="A mere plan", parties=["EU"])


def test_without_filters_all_live_agreements_are_found_latest_change_first(four):
    assert found("")[:3] in (["korea", "peru", "japan"], ["plan", "korea", "peru"])
    assert set(found("")) == {"korea", "peru", "japan", "plan"}


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("words=FILMS", {"korea", "japan"}),
        ("words=films+music", {"japan"}),
        ("words=south+korea", {"korea"}),  # a party's name
        ("words=zebra", set()),
        ("words=%25", set()),  # not a wildcard
        ("kind=convention", {"peru"}),
        ("party=JP", {"japan"}),
        ("party=PE&status=signed&on=2014-01-01", set()),
        ("party=PE&status=provisionally_applied&on=2014-01-01", {"peru"}),
        ("status=uncertain&on=1999-06-01", {"japan"}),
        ("status=signed&on=1999-06-01", set()),  # what is certain
        ("theme=trade", {"korea"}),
        ("status=in_force", {"korea"}),
        ("status=in_force&on=2012-01-01", set()),
        ("status=provisionally_applied&on=2012-01-01", {"korea"}),
        ("status=provisionally_applied&on=2014-01-01", {"korea"}),
        ("on=2005-01-01", {"japan"}),
        ("year_from=2013", {"korea", "peru"}),
        ("year_to=1999", {"japan"}),
        ("year_from=2012&year_to=2012", {"peru"}),
        ("year_from=2000&year_to=2009", set()),
        ("year_to=9999", {"korea", "peru", "japan"}),
        ("kind=protocol&theme=trade&party=KR&words=protocol", {"korea"}),
    ],
)
def test_each_filter_finds_its_agreements(four, query, slugs):
    assert set(found(query)) == slugs


def test_a_member_is_found_through_its_grouping_while_it_is_one(make_agreement):
    grouping = Party.objects.create(code="CENTAM", kind="grouping")
    make_agreement("centam", parties=["EU", "CENTAM"], events=[("signature", "2000")])
    panama = Party.objects.create(code="PA")
    years = {"since": datetime.date(2010, 1, 1), "until": datetime.date(2015, 1, 1)}
    amend(Membership(grouping=grouping, member=panama, **years))

    assert found("party=PA&on=2012-01-01") == ["centam"]
    assert found("party=PA&on=2005-01-01") == []
    assert found("party=PA&on=2015-01-01") == []


def test_words_find_the_number_of_a_reference(make_agreement):
    draft = make_agreement("numbered", publish=False)
    draft.references.create(scheme="celex", value="22011A0514(04)")
    publish(draft)

    assert found("words=22011a0514") == ["numbered"]


def test_words_find_a_party_by_its_name_in_the_readers_language(four):
    with translation.override("de"):
        assert found("words=südkorea") == ["korea"]


@pytest.mark.parametrize("few", [0, filters.FEW])
@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        ("", ["korea", "peru", "japan", "plan"]),
        ("oldest", ["japan", "peru", "korea", "plan"]),
        ("title", ["plan", "japan", "korea", "peru"]),
    ],
)
def test_the_orders_of_short_lists_and_of_long_ones(four, monkeypatch, order, slugs, few):
    monkeypatch.setattr(filters, "FEW", few)

    assert found(f"sort={order}") == slugs
    assert found(f"sort={order}&on=2020-01-01") == [slug for slug in slugs if slug != "plan"]
    assert found(f"sort={order}&words=films") == [s for s in slugs if s in ("japan", "korea")]


@pytest.mark.parametrize("leading", ["until", "since", "edition"])
def test_whatever_leads_to_them_the_same_entries_are_found(four, monkeypatch, leading):
    queries = [
        "",
        "party=EU",
        "on=2012-01-01",
        "on=2012-01-01&sort=title&words=films",
        "words=film",
    ]
    expected = [(found(query), register(query).counts) for query in queries]
    changes.forget()
    monkeypatch.setattr(filters, "FEW_FOUND", 0)
    monkeypatch.setattr(RegisterFilter, "_leading", leading)

    assert [(found(query), register(query).counts) for query in queries] == expected


def test_few_words_and_early_days_lead_to_their_entries(four, monkeypatch):
    leading = [register(query)._leading for query in ("words=films", "on=2012-01-01", "")]
    assert leading == ["edition", "since", "until"]
    monkeypatch.setattr(filters, "MOST", 1)
    assert register("on=2012-01-01")._leading == "until"


@pytest.mark.parametrize("few", [0, filters.FEW])
def test_a_list_is_read_once_until_something_changes(four, monkeypatch, few):
    monkeypatch.setattr(filters, "FEW", few)
    read = []
    monkeypatch.setattr(RegisterFilter, "_counts", _counting(RegisterFilter._counts, read))
    before = found("kind=protocol")
    assert found("kind=protocol") == found("kind=protocol&sort=oldest") == before == ["korea"]
    assert len(read) == 1

    verbs.withdraw(AgreementEdition.objects.get(agreement__slug="korea"), reason="Why")
    assert found("kind=protocol") == []
    assert len(read) == 2


def _counting(method, calls):
    """The method, which adds a call to a list."""
    return lambda self: calls.append(1) or method(self)


@pytest.mark.parametrize("query", ["", "sort=title", "party=EU"])
def test_a_long_list_is_counted_and_paged_through_up_to_a_limit(four, get, monkeypatch, query):
    for module in (filters, register_page):
        monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(register_page, "PAGE_SIZE", 1)

    text = get(f"/agreements/?{query}")
    assert "2+ agreements match" in text
    assert "The pages of this list lead to the first 2 agreements." in text
    assert "page=2" in text
    assert "page=3" not in text
    assert "There is no page “3” of this list" in get(f"/agreements/?{query}&page=3")


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("kind=treaty", "kind", "“treaty” is not one of the choices"),
        ("party=XX", "party", "“XX” is not one of the choices"),
        ("theme=none", "theme", "not one of the choices"),
        ("status=null", "status", "not one of the choices"),
        ("sort=random", "sort", "not one of the choices"),
        ("on=31.12.2012", "on", "year-month-day, like 2012-12-31"),
        ("on=2012-02-30", "on", "not a day"),
        ("year_from=long+ago", "year_from", "a year in four digits"),
        ("year_from=0", "year_from", "a year in four digits"),
        ("year_to=99999", "year_to", "a year in four digits"),
        ("year_from=2012&year_to=2010", "year_to", "before the first"),
    ],
)
def test_what_is_not_understood_is_said_beside_the_field_and_left_out(four, query, field, words):
    filters = register(query)

    assert words in str(filters.errors[field])
    assert filters.count == len(filters.qs) > 0


def test_the_valid_filters_still_hold_beside_an_invalid_one(four):
    assert found("kind=protocol&on=tomorrow") == ["korea"]


def test_counts_by_status_leave_out_the_status_filter_only(four):
    filters = register("party=KR&status=signed")

    assert +filters.counts == {"in_force": 1}
    assert filters.count == 0 == len(filters.qs)


def test_agreements_without_a_recorded_step_are_found(four):
    filters = register("status=none")

    assert len(filters.qs) == filters.count == 1
    assert [entry.edition.events.count() for entry in filters.qs] == [0]


def test_counts_read_the_stored_periods_of_the_day(four):
    assert +register("").counts == {"in_force": 1, "signed": 2, "none": 1}
    assert +register("on=2012-01-01").counts == {"provisionally_applied": 1, "signed": 1}


def test_choices_are_parties_that_occur_sorted_by_name(four):
    Party.objects.create(code="NZ")
    choices = [value for value, _name in register("").form.fields["party"].choices if value]

    assert choices == ["EU", "JP", "PE", "KR"]  # …, Japan, Peru, South Korea


def test_a_party_is_offered_once_a_live_agreement_has_it(make_agreement):
    """A member too, when the grouping stands for its members; an organisation binds itself."""
    for code, kind in (("EU", "organisation"), ("CAM", "grouping"), ("ANDEAN", "grouping")):
        Party.objects.create(code=code, kind=kind, name=code)
    for grouping, member in (("EU", "FR"), ("CAM", "HN"), ("ANDEAN", "PE")):
        body, party = Party.objects.get(code=grouping), Party.objects.create(code=member)
        amend(Membership(grouping=body, member=party))
    make_agreement("central-america", parties=["EU", "CAM"])
    make_agreement("andes", parties=["EU", "ANDEAN"], publish=False)

    choices = [value for value, _name in register("").form.fields["party"].choices if value]
    assert sorted(choices) == ["CAM", "EU", "HN"]


def test_a_scheduled_or_withdrawn_agreement_is_not_found(four):
    verbs.withdraw(AgreementEdition.objects.get(agreement__slug="korea"), reason="a mistake")

    assert "korea" not in found("")


def test_themes_are_named_in_the_readers_language(four):
    theme = Theme.objects.get(slug="trade")
    theme.names.create(language="de", name="Handel")

    with translation.override("de"):
        names = [str(name) for _value, name in register("").form.fields["theme"].choices]
    assert "Handel" in names
