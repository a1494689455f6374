"""Two people save the draft of a page: its blocks, their order, and the files in them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from culturecoop.editions import verbs
from strategy.models import Image, PageEdition
from tests.culturecoop.documents.samples import image
from tests.forms import add_row, fields

from ..addresses import edit_url
from .conftest import address_of

pytestmark = pytest.mark.django_db

TEXT, LINK, IMAGE = "strategy_text_set", "strategy_link_set", "strategy_image_set"


@pytest.fixture
def home(make_page):
    draft = make_page("", title="Home", publish=False)
    for number, title in enumerate(["One", "Two", "Three"], start=1):
        draft.strategy_link_set.create(title=title, region="main", ordering=number * 10)
    draft.strategy_text_set.create(
        text="<p>Four is <strong>here</strong>.</p>", region="main", ordering=40
    )
    return draft


def titles(draft):
    rows = [*draft.strategy_link_set.all(), *draft.strategy_text_set.all()]
    return [str(row) for row in sorted(rows, key=lambda row: row.ordering)]


def order(form, numbers):
    for number, place in enumerate(numbers):
        form.values[f"{LINK}-{number}-ordering"] = [str(place)]


def test_words_of_a_rich_text_are_told_one_by_one(forms, home):
    mine, hers = forms(home)
    hers.save(**{f"{TEXT}-0-text": "<p>Four is <strong>there</strong>.</p>"})
    mine.post(**{f"{TEXT}-0-text": "<p>Four stays <strong>here</strong>.</p>"})
    (told,) = mine.told["both"]
    assert "<del>" in told.theirs
    assert "<strong>there</strong></ins>" in told.theirs
    assert "stays</ins>" in told.mine


def test_a_block_that_she_moved_and_one_that_i_wrote(forms, home):
    mine, hers = forms(home)
    order(hers, [35, 20, 30])
    hers.save()
    mine.post(**{f"{LINK}-0-title": "One, mine"})
    assert mine.subjects("theirs") == ["The order of blocks"]
    assert mine.choose().status_code == 302
    assert titles(home) == ["Two", "Three", "One, mine", "Four is here ."]


def test_a_block_that_each_added(forms, home):
    mine, hers = forms(home)
    add_row(hers.values, LINK, title="Hers", region="main", ordering="15")
    hers.save()
    add_row(mine.values, TEXT, text="<p>Mine</p>", region="main", ordering="25")
    mine.post()
    assert mine.choose().status_code == 302
    assert titles(home) == ["One", "Hers", "Two", "Mine", "Three", "Four is here ."]


def test_blocks_of_two_kinds_that_i_added_stand_where_i_put_them(forms, home):
    home.strategy_text_set.create(text="<p>Five</p>", region="main", ordering=50)
    home.strategy_text_set.create(text="<p>Six</p>", region="main", ordering=60)
    mine, hers = forms(home)
    add_row(hers.values, LINK, title="Hers", region="main", ordering="15")
    hers.save()
    add_row(mine.values, LINK, title="Mine", region="main", ordering="5")
    add_row(mine.values, TEXT, text="<p>Mine too</p>", region="main", ordering="45")
    mine.post()
    assert mine.choose().status_code == 302
    found = ["Mine", "One", "Hers", "Two", "Three", "Four is here .", "Mine too", "Five", "Six"]
    assert titles(home) == found


@pytest.mark.parametrize(
    ("side", "found"),
    [("mine", ["Three", "One", "Two"]), ("theirs", ["Two", "One", "Three"])],
)
def test_an_order_that_both_changed_is_one_choice(forms, home, side, found):
    mine, hers = forms(home)
    order(hers, [20, 10, 30])
    hers.save()
    order(mine, [20, 30, 10])
    mine.post()
    (told,) = mine.told["both"]
    assert told.subject == "The order of blocks"
    assert "Three: moved from place 3 to 1" in told.mine
    assert mine.choose(everything=side).status_code == 302
    assert titles(home)[:3] == found


def test_saving_over_an_order_and_a_new_block(forms, home):
    mine, hers = forms(home)
    order(hers, [20, 10, 30])
    add_row(hers.values, TEXT, text="<p>Hers</p>", region="main", ordering="25")
    hers.save()
    mine.post()
    assert mine.told["dropped"] == ["Text: Hers added", "The order of blocks: changed"]
    assert mine.over().status_code == 302
    assert titles(home) == ["One", "Two", "Three", "Four is here ."]


class TestFiles:
    @pytest.fixture
    def pictured(self, home):
        row = Image(parent=home, region="main", ordering=50, alternative="A field")
        row.file.save("field.png", ContentFile(image()))
        return home

    def chosen(self, name):
        return SimpleUploadedFile(name, image(size=(5, 5)), "image/png")

    def test_a_removed_image_that_i_changed_comes_back_with_its_file(self, forms, pictured):
        name = pictured.strategy_image_set.get().file.name
        mine, hers = forms(pictured)
        hers.save(**{f"{IMAGE}-0-DELETE": "on"})
        mine.post(**{f"{IMAGE}-0-alternative": "A wide field"})
        assert mine.choose(everything="mine").status_code == 302
        row = pictured.strategy_image_set.get()
        assert (row.alternative, row.file.name) == ("A wide field", name)

    def test_a_file_that_she_replaced_is_taken(self, forms, pictured):
        mine, hers = forms(pictured)
        hers.save(**{f"{IMAGE}-0-file": self.chosen("hers.png")})
        mine.post(**{f"{IMAGE}-0-alternative": "Mine"})
        assert mine.subjects("theirs") == ["Image: A field – file"]
        assert mine.told["dropped"] == []
        assert mine.choose().status_code == 302
        row = pictured.strategy_image_set.get()
        assert row.alternative == "Mine"
        assert "hers" in row.file.name

    @pytest.mark.parametrize("side", ["mine", "theirs"])
    def test_a_file_that_i_chose_stays_chosen(self, forms, pictured, side):
        mine, hers = forms(pictured)
        hers.save(**{f"{IMAGE}-0-file": self.chosen("hers.png")})
        mine.post(**{f"{IMAGE}-0-file": self.chosen("mine.png")})
        (told,) = mine.told["both"]
        assert "mine" in told.mine
        assert mine.choose(everything=side).status_code == 302
        assert side.replace("theirs", "hers") in pictured.strategy_image_set.get().file.name

    def test_a_new_image_stays_chosen_behind_a_block_of_hers(self, forms, pictured):
        mine, hers = forms(pictured)
        new = {"region": "main", "ordering": "60"}
        add_row(hers.values, IMAGE, **new, file=[self.chosen("hers.png")])
        hers.save()
        add_row(mine.values, IMAGE, **new, file=[self.chosen("mine.png")])
        mine.post()
        assert mine.choose().status_code == 302
        names = [row.file.name for row in pictured.strategy_image_set.order_by("ordering")]
        assert [any(word in name for word in ("field", "hers", "mine")) for name in names]
        assert len(names) == 3


def test_a_draft_that_was_begun_meanwhile(signed_in, make_page, forms):
    """What it was is the edition whose form was open."""
    live = make_page("", title="Home", lead="It was")
    author = signed_in("author", "eva")
    values = fields(author.get(edit_url(live)), "pageedition_form")
    draft = verbs.new_draft(live)
    verbs.record_change(draft)
    PageEdition.objects.filter(pk=draft.pk).update(lead="Hers")
    response = author.post(edit_url(live), values | {"lead": "Mine", "title": "Mine"})
    told = response.context["conflict"]
    assert told["has_base"]
    assert [one.subject for one in told["both"]] == ["Lead"]
    assert [one.subject for one in told["mine"]] == ["Title"]
    values = fields(response, "pageedition_form")
    chosen = {told["both"][0].name: "theirs"}
    assert author.post(address_of(draft), values | chosen).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.lead) == ("Mine", "Hers")
