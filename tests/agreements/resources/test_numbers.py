"""The columns of references in the flat sheet."""

import pytest

from culturecoop.editions import verbs
from culturecoop.sheets.comparison import PlannedRow
from culturecoop.tabular import lists
from tests.answering import publish

from .changing import draft_of


def sheet(by=None):
    from agreements.resources import AgreementResource

    return AgreementResource(by=by)


def planned(resource, **cells):
    row = PlannedRow(2, cells)
    resource.plan([row])
    return row


def numbered(edition, *numbers):
    draft = verbs.new_draft(edition)
    for scheme, value, address in numbers:
        draft.references.create(scheme=scheme, value=value, address=address)
    return publish(draft)


def test_numbers_are_exported(korea):
    numbered(korea, ("celex", "22011A0514(01)", ""), ("oj", "L 127; p. 6", ""))
    resource = sheet()
    [cells] = resource.rows(resource.objects(), ["slug", "celex", "oj", "unts"])
    assert cells == ["korea", "22011A0514(01)", '"L 127; p. 6"', ""]


def test_a_number_changes_and_its_address_stays(korea, ada):
    numbered(korea, ("unts", "123", "https://treaties.un.org/"), ("celex", "22011A0514(01)", ""))
    resource = sheet(ada)
    row = planned(resource, slug="korea", base="2", unts="124", other_number="WTO 5", celex="")
    assert (row.kind, row.errors) == ("changed", [])
    resource.apply([row])
    found = draft_of("korea").references.values_list("scheme", "value", "address")
    assert set(found) == {("unts", "124", "https://treaties.un.org/"), ("other", "WTO 5", "")}


def test_new_agreements_get_their_numbers(db, ada):
    resource = sheet(ada)
    row = planned(resource, slug="chile", eli="eli/x", oj='"L 1; b"')
    resource.apply([row])
    found = draft_of("chile").references.values_list("scheme", "value")
    assert set(found) == {("eli", "eli/x"), ("oj", "L 1; b")}


def test_several_numbers_are_read_only(korea):
    numbered(korea, ("oj", "L 2", ""), ("oj", "L 1", ""))
    assert planned(sheet(), slug="korea", base="2", oj="L 1; L 2").kind == "unchanged"
    row = planned(sheet(), slug="korea", base="2", oj="L 3")
    assert "stands for 2 references" in row.errors[0][2]


@pytest.mark.parametrize("cell", ["1; 2", ";", "x" * 201, "a\tb\x00"])
def test_what_is_no_number_is_refused(korea, cell):
    row = planned(sheet(), slug="korea", base="1", celex=cell)
    assert (row.kind, row.errors[0][0]) == ("error", "celex")


def test_a_number_of_several_lines_is_one(korea):
    assert lists.split(planned(sheet(), slug="korea", base="1", oj='"L 1\nb"').changes[0][2]) == [
        "L 1\nb"
    ]
