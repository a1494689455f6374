"""Addresses that nobody should ask for are not found, on every database; none is an error."""

import pytest

ADDRESSES = [
    "/A/../b/",
    "/%F0%9F%98%80/",
    "/%ED%A0%80/",
    f"/editions/{'9' * 40}/",
    f"/agreements/korea/editions/{'9' * 40}/",
    f"/documents/report/en/{'9' * 40}",
    f"/{'a' * 5000}/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_strange_address_is_not_found(make_page, make_agreement, client, address):
    make_page("")
    make_agreement("korea")
    assert client.get(address, follow=True).status_code in (200, 404)


@pytest.mark.parametrize("value", ["%F0%9F%98%80", "9" * 40, "-1", "..", "a" * 5000, "[]", "%ED"])
def test_a_strange_value_is_answered(make_page, make_agreement, client, value):
    make_page("")
    make_agreement("korea")
    for name in ("words", "party", "kind", "theme", "status", "on", "year_from", "sort", "page"):
        assert client.get(f"/agreements/?{name}={value}").status_code == 200
    assert client.get(f"/?on={value}").status_code == 200
    assert client.get(f"/agreements/korea/?on={value}").status_code == 200
    assert client.get(f"/agreements/korea/editions/1/?on={value}").status_code == 200
    assert client.get(f"/agreements/korea/editions/?on={value}").status_code == 200
