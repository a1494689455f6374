"""Numbers in addresses and forms that are none, or are too large."""

import pytest

from .adminsteps import COLUMNS, LIST, mapped, open_, send

NO_NUMBERS = ["²", "٣", "-1", "", "x", "9" * 23, "9" * 5000]
EXPORT = "/admin/agreements/agreementedition/export/"


@pytest.mark.parametrize("number", [n for n in NO_NUMBERS if n])
def test_there_is_no_such_import(publisher, number):
    for step in ("change", "columns", "sheet", "names"):
        page = publisher.get(f"{LIST}{number}/{step}/", follow=True)
        assert page.status_code in (200, 404), step
    for page in ("change/", "mapping.toml"):
        address = f"/admin/spreadsheets/importmapping/{number}/{page}"
        assert publisher.get(address, follow=True).status_code in (200, 404)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_a_filter_that_is_no_number(publisher, make_agreement, number):
    make_agreement("korea")
    job = mapped(publisher)
    assert "Accord de coopération" in open_(publisher, job, "change", sheet=number, p=number)
    open_(publisher, job, "names", p=number)
    for ids in (number, f"{number},1,²"):
        assert publisher.get(EXPORT, {"ids": ids}).status_code == 200
    send(publisher, job, "columns", COLUMNS | {"shorten-title_fr": number, "save": "1"})
