"""Every table of rows, in every form: a new row left as it came is none, half of one is told."""

import pytest
from django.urls import reverse
from lxml import html

from agreements.models import Party, Theme
from culturecoop.documents.models import Document
from tests.forms import fields, said

#: What is typed or chosen for half a row, and the field that says what is missing.
HALVES = {
    "texts": ("line", "is concluded", "title"),
    "parties": ("side", "partner", "party"),
    "events": ("kind", "signature", "date"),
    "references": ("scheme", "oj", "value"),
    "relations": ("kind", "amends", "agreement"),
    "strategy_link_set": ("heading", "Reports", "title"),
    "strategy_image_set": ("caption", "A theatre", "file"),
    "names": ("language", "de", "name"),
    "memberships": ("since", "2007-01-01", "member"),
    "member_of": ("until", "2007-01-01", "grouping"),
    "files": ("title", "Report", "__all__"),
}
#: Of one field beside its place, so there is no half; what has no field that it needs; a list as it
#: comes is one.
OTHERS = {
    "aliases", "documents",
    "strategy_text_set", "strategy_milestone_set", "strategy_agreementlist_set",
}  # fmt: skip
BLANKS = ["agreement", "page", "party", "theme", "document"]


@pytest.fixture
def editor(signed_in):
    return signed_in("publisher")


@pytest.fixture
def something(make_agreement, make_page):
    """something("page") → one of its kind, in whose form rows can be added."""
    return {
        "agreement": lambda: make_agreement("korea", title="Korea", publish=False),
        "page": lambda: make_page("", title="Home", publish=False),
        "party": lambda: Party.objects.get_or_create(code="KR")[0],
        "theme": lambda: Theme.objects.create(slug="film", name="Film"),
        "document": lambda: Document.objects.create(slug="report", title="Report"),
    }


def address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def template_row(page, prefix):
    """{name: value} of the row that the script copies for another one, as a browser sends it."""
    form = max(html.fromstring(page.content.decode()).forms, key=lambda form: len(form.fields))
    found = {}
    for field in form.xpath(f".//*[starts-with(@name, '{prefix}-__prefix__-')]"):
        name = field.name.rpartition("-")[2]
        if field.tag == "select":
            options = field.xpath(".//option[@selected]") or field.xpath(".//option")[:1]
            found[name] = options[0].get("value") if options else ""
        elif field.get("type") not in ("file", "checkbox"):
            found[name] = field.value or ""
    return found


def with_new_rows(page, **typed):
    """Return (the form of a page with one more row in each table, {prefix: its number})."""
    values, numbers = fields(page), {}
    for shown in page.context["inline_admin_formsets"]:
        prefix = shown.formset.prefix
        number = numbers[prefix] = int(values[f"{prefix}-TOTAL_FORMS"][0])
        values[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        row = template_row(page, prefix)
        if "region" in row:  # the block editor fills these in
            row |= {"region": "main", "ordering": "10"}
        row |= typed.get(prefix, {})
        values |= {f"{prefix}-{number}-{name}": [value] for name, value in row.items()}
    return values, numbers


def stored(page):
    """{prefix: the number of rows in each table}."""
    return {
        shown.formset.prefix: len(shown.formset.get_queryset())
        for shown in page.context["inline_admin_formsets"]
    }


@pytest.mark.parametrize("kind", BLANKS)
def test_a_new_row_that_is_left_as_it_came_is_left_out(editor, something, kind):
    row = something[kind]()
    page = editor.get(address(row))
    before = stored(page)
    assert set(before) <= {*HALVES, *OTHERS}
    values, _numbers = with_new_rows(page)
    answer = editor.post(address(row), values)
    assert answer.status_code == 302, said(answer)
    after = stored(editor.get(address(row)))
    lists = "strategy_agreementlist_set"
    assert after == before | ({lists: 1} if lists in before else {})


@pytest.mark.parametrize("kind", BLANKS)
def test_half_a_row_says_at_its_place_what_is_missing(editor, something, kind):
    row = something[kind]()
    page = editor.get(address(row))
    halves = {prefix: {name: value} for prefix, (name, value, _missing) in HALVES.items()}
    values, numbers = with_new_rows(page, **halves)
    answer = editor.post(address(row), values)
    assert answer.status_code == 200
    told = {
        shown.formset.prefix: [*shown.formset.errors[numbers[shown.formset.prefix]]]
        for shown in answer.context["inline_admin_formsets"]
        if shown.formset.prefix in HALVES
    }
    assert told == {prefix: [HALVES[prefix][2]] for prefix in told}
    typed = fields(answer)
    for prefix in told:
        name, value, _missing = HALVES[prefix]
        assert typed[f"{prefix}-{numbers[prefix]}-{name}"] in ([value], [f"\n{value}"])
    assert stored(editor.get(address(row))) == stored(page)


def test_a_row_that_was_there_and_is_emptied_is_kept(editor, something):
    draft = something["page"]()
    draft.strategy_milestone_set.create(region="main", ordering=10, actor="Council")
    draft.strategy_text_set.create(region="main", ordering=20, text="<p>Words</p>")
    values = fields(editor.get(address(draft)))
    refused = editor.post(address(draft), values | {"strategy_text_set-0-text": [""]})
    assert said(refused) == ["This field is required."]
    editor.post(address(draft), values | {"strategy_milestone_set-0-actor": [""]})
    assert draft.strategy_milestone_set.get().actor == ""
    assert draft.strategy_text_set.get().text == "<p>Words</p>"
