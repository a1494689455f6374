"""Who may open and send what: every address of the site, as everybody, against a table."""

import pytest
from django.urls import resolve

from .access import Asking, read_table, routes

SHARES = 4
CATCH_ALL = "admin/(?P<url>.*)$"
# An agreement may have the slug "add"; nobody adds one without its first draft.
COVERED = {"admin/agreements/agreement/add/"}


@pytest.mark.parametrize("share", range(SHARES))
def test_everybody_gets_what_the_table_says(population, tmp_path, share):
    asking = Asking(population, tmp_path / "kept")
    rows = [(row, asking.found(row)) for row in read_table()[share::SHARES]]
    differing = [f"\n  {row}\n  {found}" for row, found in rows if found != row]
    assert not differing, "expected, and found:" + "".join(differing)
    assert asking.leaks == []


def test_every_address_is_in_the_table(population):
    addresses = [population.address(row.address).partition("?")[0] for row in read_table()]
    asked = {address: resolve(address).route for address in addresses}
    assert set(routes()) - set(asked.values()) == COVERED, "not in the table"
    nowhere = {address for address, route in asked.items() if route == CATCH_ALL}
    assert nowhere == {"/admin/nothing-of-this-name"}, "in the table, and nowhere else"
