"""A page as bytes comes back as it was. What is no page of ours, test_shared.py has."""

from datetime import UTC, datetime
from decimal import Decimal

from culturecoop.pagecache.packing import packed, unpacked
from culturecoop.pagecache.pages import Page, page_of

UNTIL = datetime(2026, 1, 5, 23, 0, 0, 123456, tzinfo=UTC)
PAGE = page_of([("Content-Type", "text/html"), ("X-Odd", "é\n")], b"<p>", (3, 2**45), UNTIL, UNTIL)


def test_a_page_comes_back():
    assert unpacked(packed(PAGE)) == PAGE


def test_a_stamp_that_postgresql_has_added_up_is_the_same():
    found = unpacked(packed(Page((3, Decimal(2**45)), UNTIL, [], "tag", PAGE.bodies)))
    assert found.stamp == (3, Decimal(2**45)) == PAGE.stamp
