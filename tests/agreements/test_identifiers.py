"""Numbers in collections: real ones are taken, what no collection could have given is not.

CELEX numbers as EUR-Lex explains them (“How CELEX numbers are composed”), of all its sectors;
identifiers of the European Legislation Identifier; places in the Official Journal as the
Interinstitutional style guide and the national languages write them; numbers of the United Nations
Treaty Collection.
"""

import pytest
from django.core.exceptions import ValidationError

from agreements.identifiers import WRITTEN, check
from culturecoop.editions import verbs
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from tests.forms import fields

REAL = {
    "celex": [
        "31996E0278", "22007A1222(01)", "22011A0514(04)", "32016R0679", "32006L0043",
        "62010CJ0001", "61989CC0128", "52013DC0123", "92001E0001", "92003E002345",
        "72006L0123FRA_123456", "02006L0112-20160101", "01958R0001-20070101", "11957E/TXT",
        "12016M/TXT", "12008E263", "E2003C0012", "41968X0927(01)", "52010XC0330(01)",
        "32016R0679R(02)", "21994A1223(16)", "12019W/TXT(02)", "celex:32006L0043",
        "12003TN02/16/C", "11985IN01/01", "11992E130R",
        "62014CJ0062_SUM", "C2010/071E/01",
    ],
    "eli": [
        "http://data.europa.eu/eli/agree_internation/2011/265/oj", "eli/reg/2016/679/oj",
        "https://www.legifrance.gouv.fr/eli/loi/2016/10/7/ECFI1524250L/jo/texte",
    ],
    "oj": [
        "OJ L 127, 14.5.2011, p. 6", "L 127/6", "OJ L, 2024/1689, 12.7.2024", "OJ 17, 6.10.1958",
        "ABl. L 127 vom 14.5.2011, S. 6", "JO L 127 du 14.5.2011", "C 202 I, 1.1.2016",
        "OJ L127/6", "EUT L1, 3.1.1994", "L_202401234", "JO n° 1",
        "ΕΕ L 127 της 14.5.2011",
    ],
    "unts": ["I-54321", "54321", "II-1234", "1155 UNTS 331", "vol. 1234, p. 56", "37.126",
             "No. 18232", "I–54321", "I54321", "1155/331", "2559/I-45622"],
    "other": ["anything", "1.23E+11"],
}  # fmt: skip
IMPOSSIBLE = {
    "celex": ["3.1996E+282", "31996E278", "yes", "1996E0278", "32016", "31896E0278"],
    "eli": ["32016R0679", "2016/679", "http://example.org/"],
    "oj": ["127", "14.5.2011", "1.23E+11", "2011-05-14"],
    "unts": ["1.23E+11", "2001-02-03", "yes", "I-", "1.23", "3-Jul", "07-Jul-24"],
}


@pytest.mark.parametrize(("scheme", "number"), [(s, n) for s in REAL for n in REAL[s]])
def test_real_numbers_are_taken(scheme, number):
    check(scheme, number)


@pytest.mark.parametrize(("scheme", "number"), [(s, n) for s in IMPOSSIBLE for n in IMPOSSIBLE[s]])
def test_impossible_numbers_are_refused_with_one_that_is_right(scheme, number):
    with pytest.raises(ValidationError, match="cannot be a number") as refusal:
        check(scheme, number)
    assert WRITTEN[scheme][1] in refusal.value.messages[0]


@pytest.mark.parametrize(("name", "cells", "column"), [
    ("agreements", {"slug": "peru", "celex": "3.1996E+282"}, "celex"),
    ("references", {"agreement": "korea", "key": "", "scheme": "unts", "value": "yes"}, "value"),
])  # fmt: skip
def test_in_a_sheet_it_is_an_error_of_its_cell(make_agreement, name, cells, column):
    make_agreement("korea")
    row = PlannedRow(2, cells)
    registry.find(name)().plan([row])
    assert [error[0] for error in row.errors] == [column]
    assert "cannot be a number" in row.errors[0][2]


def test_in_the_form_it_is_an_error_of_its_field(signed_in, make_agreement):
    publisher = signed_in("publisher")
    draft = verbs.new_draft(make_agreement("korea"))
    draft.references.create(scheme="celex", value="22011A0514(04)")
    url = f"/admin/agreements/agreementedition/{draft.pk}/change/"
    form = fields(publisher.get(url))
    page = publisher.post(url, form | {"references-0-value": "31996E278"})
    assert "“31996E278” cannot be a number" in page.content.decode()
    assert draft.references.get().value == "22011A0514(04)"
