"""Words of the admin's list: the index of trigrams follows the rows, and finds what they hold."""

import pytest
from django.urls import reverse

from agreements import listedwords
from agreements.admin.parties import names_of_parties
from agreements.models import AgreementEdition, AgreementListing, Party
from culturecoop.editions import verbs
from culturecoop.editions.listings import refresh
from culturecoop.parts_of_words import asked

pytestmark = pytest.mark.django_db
LIST = reverse("admin:agreements_agreementedition_changelist")

TITLES = {
    "film": "Co-operation in Film and Éducation",
    "films": "Film archives (UNTS 30822)",
    "ab": "AB of the 100 % “quoted” _tale_",
}
SEARCHES = [
    "film", "FILM arch", "cooperation", "co-operation film", "education", "30822", "UNTS 30822",
    "ab", "of film", "zebra", "korea", "korea film", "korea ab", "100", "quot", "ale", "dem",
]  # fmt: skip


@pytest.fixture
def listed(make_agreement):
    for slug, title in TITLES.items():
        partner = "VN" if slug == "films" else "KR"
        make_agreement(slug, title=title, parties=["EU", partner], publish=False)


def found(text):
    condition = listedwords.has_words(asked(text), names_of_parties())
    rows = AgreementListing.objects.filter(condition)
    return sorted(rows.values_list("edition__agreement__slug", flat=True))


@pytest.mark.parametrize("text", SEARCHES)
def test_the_index_finds_what_a_look_at_each_row_finds(listed, monkeypatch, text):
    with_index = found(text)
    monkeypatch.setattr(listedwords, "_few_with", lambda sought: None)
    assert with_index == found(text)


def test_words_of_few_rows_are_looked_up(listed, monkeypatch):
    sought = [(forms, []) for forms in asked("archives of film")]
    films = AgreementListing.objects.get(edition__agreement__slug="films")
    assert listedwords._few_with(sought) == [films.pk]
    monkeypatch.setattr(listedwords, "MOST", 1)
    assert found("film") == ["film", "films"]


@pytest.mark.parametrize("most", [0, 1, 2000])
@pytest.mark.parametrize(
    ("code", "slugs"), [("EU", ["ab", "film", "films"]), ("VN", ["films"]), ("JP", [])]
)
def test_rows_of_a_party_whether_few_or_many(listed, monkeypatch, code, slugs, most):
    monkeypatch.setattr(listedwords, "MOST", most)
    party = Party.objects.get_or_create(code=code)[0]
    rows = AgreementListing.objects.filter(listedwords.having_party(party.pk))
    assert sorted(rows.values_list("edition__agreement__slug", flat=True)) == slugs


@pytest.mark.parametrize("most", [0, 1, 2000])
def test_rows_of_a_status_whether_few_or_many(signed_in, make_agreement, monkeypatch, most):
    monkeypatch.setattr(listedwords, "MOST", most)
    for slug in ("first", "second"):
        make_agreement(slug, parties=["EU", "KR"], events=[("signature", "2010-10-06")])
    make_agreement("other", publish=False)
    client = signed_in("author")
    for status, slugs in (("signed", {"first", "second"}), ("none", {"other"}), ("ending", set())):
        page = client.get(LIST, {"status": status})
        assert {row.agreement.slug for row in page.context["cl"].result_list} == slugs


def test_the_index_follows_the_rows(listed):
    draft = AgreementEdition.objects.get(agreement__slug="films")
    text = draft.texts.get()
    text.title = "Zebra crossings"
    text.save()
    refresh(AgreementEdition, [draft.agreement_id])
    assert found("zebra") == ["films"]
    assert found("archives") == []
    AgreementListing.objects.filter(pk=draft.pk).update(words="yak")
    assert (found("zebra"), found("yak")) == ([], ["films"])
    verbs.discard(draft)
    assert found("yak") == []
