"""Addresses that nobody should ask for are not found, on every database; none is an error."""

import pytest

ADDRESSES = [
    "/%00/",
    "/a%00b/c/",
    "/de/%00/",
    "/%00/editions/1/",
    "/documents/%00/",
    "/documents/report/en%00",
    "/files/images/%00.png",
    "/A/../b/",
    "/%F0%9F%98%80/",
    f"/editions/{'9' * 40}/",
    f"/agreements/korea/editions/{'9' * 40}/",
    f"/documents/report/en/{'9' * 40}",
    f"/{'a' * 5000}/",
    "/admin/agreements/agreement/%00/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_strange_address_is_not_found(make_page, make_agreement, client, address):
    make_page("")
    make_agreement("korea")
    assert client.get(address, follow=True).status_code in (200, 404)


@pytest.mark.parametrize("value", ["%00", "%F0%9F%98%80", "9" * 40, "-1", "..", "a" * 5000, "[]"])
def test_a_strange_value_is_answered(make_page, make_agreement, client, value):
    make_page("")
    make_agreement("korea", events=[("signature", "2010")])
    for name in ("words", "party", "kind", "theme", "status", "on", "year_from", "sort", "page"):
        assert client.get(f"/agreements/?{name}={value}").status_code == 200
    assert client.get(f"/?on={value}").status_code == 200
    assert client.get(f"/agreements/korea/?on={value}").status_code == 200
