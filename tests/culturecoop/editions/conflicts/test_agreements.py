"""Two people save the draft of an agreement: what each changed is told, and put together."""

import pytest

from agreements.models import AgreementEdition, Party, Theme
from tests.forms import add_row, said

pytestmark = pytest.mark.django_db


def stored(draft):
    return AgreementEdition.objects.get(pk=draft.pk)


@pytest.fixture
def forms_of(forms, draft):
    return lambda: (*forms(draft), draft)


def test_what_both_changed_is_told_with_what_it_was(forms_of, draft):
    AgreementEdition.objects.filter(pk=draft.pk).update(legal_basis="Article 1")
    mine, hers, _draft = forms_of()
    hers.save(legal_basis="Article 2")
    response = mine.post(legal_basis="Article 3")
    (told,) = mine.told["both"]
    assert told.subject == "Legal basis"
    assert "Article 1" in told.was
    assert "2</ins>" in told.theirs
    assert "3</ins>" in told.mine
    assert mine.told["who"] == "maria"
    assert "maria saved this draft on" in said(response)[0]
    assert stored(draft).legal_basis == "Article 2"


@pytest.mark.parametrize(("side", "found"), [("mine", "Mine"), ("theirs", "Hers")])
def test_the_chosen_side_is_saved(forms_of, side, found):
    mine, hers, draft = forms_of()
    hers.save(legal_basis="Hers")
    mine.post(legal_basis="Mine")
    assert mine.choose(everything=side).status_code == 302
    assert stored(draft).legal_basis == found


def test_nothing_is_saved_before_all_is_chosen(forms_of):
    mine, hers, draft = forms_of()
    hers.save(legal_basis="Hers", internal_note="Hers")
    mine.post(legal_basis="Mine", internal_note="Mine")
    response = mine.choose(Legal="mine")
    assert response.status_code == 200
    assert "Choose “mine” or “theirs” everywhere first." in " ".join(said(response))
    assert [told.chosen for told in mine.told["both"]] == ["mine", ""]
    assert stored(draft).legal_basis == "Hers"
    assert mine.choose(Internal="theirs").status_code == 302
    assert (stored(draft).legal_basis, stored(draft).internal_note) == ("Mine", "Hers")


def test_what_one_of_them_changed_is_put_together_by_itself(forms_of):
    mine, hers, draft = forms_of()
    hers.save(internal_note="Hers", **{"events-0-note": "Hers"})
    mine.post(legal_basis="Mine", **{"texts-0-title": "Mine", "events-0-source": "Mine"})
    assert mine.told["both"] == []
    assert mine.subjects("theirs") == [
        "Internal note", "Event: signature, 6 October 2010 – note",
    ]  # fmt: skip
    assert mine.subjects("mine") == [
        "Legal basis", "Text: English – short title", "Event: signature, 6 October 2010 – source",
    ]  # fmt: skip
    assert mine.choose().status_code == 302
    event = draft.events.get()
    assert (event.note, event.source) == ("Hers", "Mine")
    assert draft.texts.get().title == "Mine"
    assert (stored(draft).legal_basis, stored(draft).internal_note) == ("Mine", "Hers")


def test_rows_that_each_added_are_both_kept(forms_of):
    mine, hers, draft = forms_of()
    peru = Party.objects.create(code="PE")
    add_row(hers.values, "parties", party=str(peru.pk), position="3")
    add_row(hers.values, "events", kind="ratification", date="2011", scope="whole")
    hers.save()
    add_row(mine.values, "events", kind="entry_into_force", date="2012", scope="whole")
    mine.post()
    assert mine.subjects("theirs") == ["Party: Peru", "Event: ratification, 2011"]
    assert mine.subjects("mine") == ["Event: entry into force, 2012"]
    assert mine.choose().status_code == 302
    assert draft.parties.count() == 3
    assert draft.events.count() == 3


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_row_that_she_removed_and_i_changed(forms_of, draft, side):
    key = draft.references.create(scheme="other", value="one").key
    draft.references.create(scheme="other", value="two")
    mine, hers, _draft = forms_of()
    hers.save(**{"references-0-DELETE": "on", "references-1-DELETE": "on"})
    mine.post(**{"references-0-value": "one, mine"})
    (told,) = mine.told["both"]
    assert (told.subject, told.theirs) == ("Reference: other one", "removed")
    assert mine.subjects("theirs") == ["Reference: other two"]
    assert mine.choose(everything=side).status_code == 302
    found = [(row.value, row.key) for row in draft.references.all()]
    assert found == ([("one, mine", key)] if side == "mine" else [])


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_row_that_i_removed_and_she_changed(forms_of, draft, side):
    draft.references.create(scheme="other", value="one")
    draft.references.create(scheme="other", value="two")
    mine, hers, _draft = forms_of()
    hers.save(**{"references-0-value": "one, hers"})
    mine.post(**{"references-0-DELETE": "on", "references-1-DELETE": "on"})
    (told,) = mine.told["both"]
    assert told.mine == "removed"
    assert "hers" in told.theirs
    assert mine.subjects("mine") == ["Reference: other two"]
    assert mine.choose(everything=side).status_code == 302
    found = [row.value for row in draft.references.all()]
    assert found == ([] if side == "mine" else ["one, hers"])


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_language_that_both_added_is_one_text(forms_of, side):
    mine, hers, draft = forms_of()
    add_row(hers.values, "texts", language="fr", title="Corée", line="Hers")
    hers.save()
    add_row(mine.values, "texts", language="fr", title="La Corée", line="Hers")
    mine.post()
    assert mine.subjects("both") == ["Text: French – short title"]
    assert mine.choose(everything=side).status_code == 302
    text = draft.texts.get(language="fr")
    assert text.title == ("La Corée" if side == "mine" else "Corée")


def test_the_themes(forms_of):
    trade, film = (Theme.objects.create(slug=slug, name=slug) for slug in ("trade", "film"))
    mine, hers, draft = forms_of()
    hers.save(themes=[str(trade.pk)])
    mine.post(themes=[str(film.pk)])
    (told,) = mine.told["both"]
    assert "trade" in told.theirs
    assert "film" in told.mine
    assert mine.choose(everything="theirs").status_code == 302
    assert list(draft.themes.all()) == [trade]


def test_what_cannot_be_read_is_told_as_it_was_typed(forms_of):
    mine, hers, draft = forms_of()
    hers.save(**{"events-0-date": "2011"})
    mine.post(**{"events-0-date": "some day"})
    (told,) = mine.told["both"]
    assert "some day" in told.mine.replace("</ins>", "").replace("<ins>", "")
    response = mine.choose(everything="mine")
    assert response.status_code == 200
    assert mine.values["events-0-date"] == ["some day"]
    assert mine.told is None
    mine.save(**{"events-0-date": "2012"})
    assert str(draft.events.get().date) == "2012"


class TestSavingOver:
    def test_drops_all_of_hers_and_says_so(self, forms_of):
        mine, hers, draft = forms_of()
        peru = Party.objects.create(code="PE")
        add_row(hers.values, "parties", party=str(peru.pk), position="3")
        hers.save(internal_note="Hers", **{"events-0-date": "2012"})
        response = mine.post(legal_basis="Mine")
        page = " ".join(response.content.decode().split())
        assert "drops 3 things that maria saved" in page
        assert mine.told["dropped"] == [
            "Internal note: – → Hers",
            "Party: Peru added",
            "Event: signature, 6 October 2010 – date: 6 October 2010 → 2012",
        ]
        assert mine.over().status_code == 302
        assert draft.parties.count() == 2
        assert str(draft.events.get().date) == "2010-10-06"
        assert (stored(draft).legal_basis, stored(draft).internal_note) == ("Mine", "")

    def test_brings_back_what_she_removed(self, forms_of, draft):
        draft.references.create(scheme="other", value="one")
        mine, hers, _draft = forms_of()
        hers.save(**{"references-0-DELETE": "on"})
        mine.post(legal_basis="Mine")
        assert mine.told["dropped"] == ["Reference: other one removed"]
        assert mine.over().status_code == 302
        assert draft.references.get().value == "one"


class TestOnceMore:
    def test_what_she_saves_after_that_is_told_anew(self, forms_of):
        mine, hers, draft = forms_of()
        hers.save(legal_basis="Hers")
        mine.post(legal_basis="Mine")
        hers.values["draft_version"] = [str(stored(draft).version)]
        hers.save(legal_basis="Hers", internal_note="Hers")
        assert mine.choose(everything="mine").status_code == 200
        assert mine.subjects("theirs") == ["Internal note"]
        assert [told.chosen for told in mine.told["both"]] == [""]
        assert mine.choose(everything="mine").status_code == 302
        assert (stored(draft).legal_basis, stored(draft).internal_note) == ("Mine", "Hers")

    def test_a_fault_in_what_was_put_together_is_mended_in_the_form(self, forms_of):
        mine, hers, draft = forms_of()
        hers.save(**{"events-0-scope": "part", "events-0-part": "Trade"})
        mine.post(**{"events-0-scope": "rest"})
        response = mine.choose(everything="theirs")
        assert response.status_code == 302
        assert draft.events.get().scope == "part"


class TestWithoutWhatItWas:
    @pytest.fixture
    def mine(self, forms_of, draft):
        mine, hers, _draft = forms_of()
        AgreementEdition.objects.filter(pk=draft.pk).update(version=40)
        hers.values["draft_version"] = ["40"]
        add_row(hers.values, "events", kind="ratification", date="2011", scope="whole")
        hers.save(internal_note="Hers")
        return mine

    def test_all_that_differs_is_to_be_chosen(self, mine, draft):
        response = mine.post(legal_basis="Mine")
        assert "is not kept any more" in response.content.decode()
        found = ["Legal basis", "Internal note", "Event: ratification, 2011"]
        assert sorted(mine.subjects("both")) == sorted(found)
        assert mine.choose(Legal="mine", Internal="theirs", Event="theirs").status_code == 302
        assert (stored(draft).legal_basis, stored(draft).internal_note) == ("Mine", "Hers")
        assert draft.events.count() == 2

    def test_a_row_that_is_not_taken_goes(self, mine, draft):
        mine.post()
        assert mine.choose(everything="mine").status_code == 302
        assert draft.events.count() == 1


def test_save_and_preview_saves_with_the_choices_too(forms_of):
    mine, hers, draft = forms_of()
    hers.save(legal_basis="Hers")
    mine.post(legal_basis="Mine")
    mine.values[mine.told["both"][0].name] = ["theirs"]
    response = mine.post(_preview="1", internal_note="Mine, later")
    assert response.url.endswith(f"/{draft.pk}/preview/")
    assert (stored(draft).legal_basis, stored(draft).internal_note) == ("Hers", "Mine, later")


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "2", "9" * 18, "9" * 40])
@pytest.mark.parametrize("name", ["_theirs", "_over", "opened_edition", "draft_version"])
def test_what_nobody_can_have_sent_is_no_fault_of_ours(forms_of, name, value):
    mine, hers, draft = forms_of()
    hers.save(legal_basis="Hers")
    mine.post(legal_basis="Mine")
    mine.values[mine.told["both"][0].name] = ["neither"]
    assert mine.post(**{name: value}).status_code in (200, 302)
    assert draft.events.count() == 1


@pytest.mark.parametrize("name", ["_theirs", "_over"])
def test_an_incomplete_form_removes_nothing(forms_of, name):
    mine, hers, draft = forms_of()
    hers.save(legal_basis="Hers")
    mine.post(internal_note="Mine")
    for field in [field for field in mine.values if field.startswith("events-")]:
        del mine.values[field]
    assert mine.post(**{name: str(mine.told["version"])}).status_code == 200
    assert draft.events.count() == 1
    assert stored(draft).internal_note == ""


def test_an_edition_of_something_else_is_not_what_it_was(forms_of, live):
    mine, hers, _draft = forms_of()
    hers.save(legal_basis="Hers")
    mine.post(legal_basis="Mine", opened_edition=str(live.pk))
    assert "Hers" in mine.told["both"][0].theirs
    assert [told.subject for told in mine.told["both"]] == ["Legal basis"]


def test_what_was_typed_is_told_as_text(forms_of):
    mine, hers, _draft = forms_of()
    bad = "<script>x</script> & so on"
    hers.save(legal_basis=f"Hers {bad}", **{"events-0-note": bad, "texts-0-title": bad})
    mine.post(legal_basis=f"Mine {bad}", **{"events-0-source": bad, "events-0-date": bad})
    html = mine.post().content.decode()
    assert "<script>x" not in html
    assert "Hers &lt;script&gt;" in html
