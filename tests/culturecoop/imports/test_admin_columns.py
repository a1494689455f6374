"""What the page of the columns refuses, where it says so, and what it keeps of what was typed."""

import pytest
from lxml import html

from .adminsteps import COLUMNS, LIST, mapped, open_, send, upload

TOO_LONG = COLUMNS | {"shorten-title_fr": "9999999", "preview": "1"}


def main_form(text):
    """The form of the columns, after the one that uses another mapping."""
    return html.fromstring(text).forms[-1]


def errors_of(text):
    """{id of the field: its errors} on the page."""
    lists = main_form(text).xpath("//ul[contains(@class, 'errorlist')]")
    return {found.get("id").removesuffix("_error"): found.text_content().strip() for found in lists}


@pytest.mark.parametrize("typed", ["9999999", "-3"])
def test_an_error_stands_with_its_own_field(publisher, typed):
    job = mapped(publisher)
    form = main_form(send(publisher, job, "columns", TOO_LONG | {"shorten-title_fr": typed}))
    [field] = form.xpath(".//input[@name='shorten-title_fr']")
    [error] = form.xpath(".//ul[contains(@class, 'errorlist')]")
    assert (field.get("aria-invalid"), field.get("aria-describedby")) == ("true", error.get("id"))
    assert error.getparent() is field.getparent()
    assert len(field.getparent().xpath(".//label")) == 1
    assert form.xpath("./p[contains(@class, 'errornote')]")


def test_an_unknown_column_is_said_to_its_select(publisher):
    job, _page = upload(publisher)
    form = main_form(send(publisher, job, "columns", {"to-0": "nonsense", "save": "1"}))
    select = form.xpath(".//select[@name='to-0']")[0]
    [error] = form.xpath(".//ul[contains(@class, 'errorlist')]")
    assert (select.get("id"), select.get("aria-describedby")) == ("to-0", error.get("id"))


def test_a_tick_and_a_language_outlive_an_error(publisher):
    job = mapped(publisher)
    said = TOO_LONG | {"replace": "on", "name": "Listes", "language": "pt"}
    form = main_form(send(publisher, job, "columns", said))
    assert (form.fields["replace"], form.fields["language"]) == ("on", "pt")
    assert form.fields["name"] == "Listes"


def test_options_stand_in_the_order_of_the_selects(publisher):
    job, _page = upload(publisher)
    job.mapping["columns"] = {
        "title_fr": {"sources": ["Intitulé"]},
        "internal_note": {"sources": ["Intitulé", "Réf"]},
    }
    job.save()
    form = main_form(open_(publisher, job, "columns"))
    row = form.xpath(".//tr[th[@id='heading-1']]")[0]
    chosen = [select.value for select in row.xpath(".//select[@name='to-1']")]
    assert chosen == ["title_fr", "internal_note", ""]
    assert [found.text for found in row.xpath(".//legend")] == ["Title (fr)", "Internal note"]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("status", "maybe", "Expected one of:"),
        ("themes", "film; maybe", "Unknown: film, maybe."),
        ("suspension", "soon", "“soon” is not a date of this form."),
    ],
)
def test_a_value_that_its_column_does_not_take(publisher, column, value, expected):
    job = mapped(publisher)
    before = job.mapping
    said = COLUMNS | {"new_constant": column, "new_constant_value": value, "preview": "1"}
    text = send(publisher, job, "columns", said)
    assert errors_of(text)["new_constant_value"].startswith(expected)
    assert main_form(text).fields["new_constant_value"] == value
    assert job.mapping == before


def test_half_a_constant_is_refused(publisher):
    job = mapped(publisher)
    for given, lacking in [("value", ""), ("", "status")]:
        said = {"new_constant": lacking, "new_constant_value": given, "save": "1"}
        empty = "new_constant_value" if lacking else "new_constant"
        assert errors_of(send(publisher, job, "columns", COLUMNS | said)) == {
            empty: "This field is required."
        }


def test_a_constant_where_a_heading_goes_is_refused(publisher):
    job = mapped(publisher)
    said = {"new_constant": "title_fr", "new_constant_value": "Accord", "to-5": "source_language"}
    assert errors_of(send(publisher, job, "columns", COLUMNS | said | {"save": "1"})) == {
        "new_constant": "“Intitulé” goes to this column already.",
        "constant-source_language": "“Remarque” goes to this column already.",
    }


def test_a_word_with_a_line_break_is_answered_once(publisher):
    """A browser sends the line break of the cell as two characters."""
    job, _page = upload(publisher, 'slug;Type\na;"free\ntrade"\nb;other\n', "a.csv")
    said = {"to-0": "slug", "to-1": "kind", "save": "1"}
    send(publisher, job, "columns", said)
    words = {"values-kind-word": ["free\r\ntrade", "other"], "values-kind": ["protocol", "?"]}
    publisher.post(f"{LIST}{job.pk}/columns/", said | words)
    form = main_form(open_(publisher, job, "columns"))
    table = form.xpath(".//table[@class='import-words']//tbody/tr")
    assert [row.xpath(".//select")[0].value for row in table] == ["protocol", "?", "?"]
