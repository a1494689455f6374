"""Filters that a list does not know: its export says so, as the list does itself."""

import pytest

from tests.forms import said

LISTS = [
    "agreements/agreementedition",
    "agreements/party",
    "agreements/theme",
    "documents/document",
]


@pytest.mark.parametrize("query", ["nobody=1", "pk=x", "pk__in=1,x"])
@pytest.mark.parametrize("name", [*LISTS, "documents/document"])
def test_an_unknown_filter_is_left_out_with_a_message(signed_in, name, query):
    address = f"/admin/{name}/export/?{query}"
    client = signed_in("publisher")
    for page in (
        client.get(address, follow=True),
        client.post(address, {"format": "2"}, follow=True),
    ):
        assert page.redirect_chain == [(f"/admin/{name}/export/?e=1", 302)]
        assert "so it was left out: all rows are here" in " ".join(said(page))
        assert "attachment" not in page.headers.get("Content-Disposition", "")


def test_a_filter_by_what_nobody_may_look_into_is_refused(signed_in):
    """Django's own rule: no way from an edition into the account of who changed it."""
    asked = "/admin/agreements/agreementedition/export/?changed_by__password__startswith=a"
    assert signed_in("publisher").get(asked).status_code == 400


def test_a_kept_address_that_names_a_sheet_and_a_format_keeps_its_filters(signed_in):
    """As exports were asked for before their form was posted."""
    address = "/admin/agreements/agreementedition/export/?q=korea&sheet=agreements&format=ods"
    response = signed_in("publisher").get(address)
    assert response.url == "/admin/agreements/agreementedition/export/?q=korea"
