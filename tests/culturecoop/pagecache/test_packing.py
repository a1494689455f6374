"""A page as bytes: it comes back as it was, or not at all."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.pagecache.packing import packed, unpacked
from culturecoop.pagecache.pages import Page, page_of

UNTIL = datetime(2026, 1, 5, 23, 0, 0, 123456, tzinfo=UTC)
PAGE = page_of([("Content-Type", "text/html"), ("X-Odd", "é\n")], b"<p>", (3, 2**45), UNTIL, UNTIL)


def test_a_page_comes_back():
    assert unpacked(packed(PAGE)) == PAGE


def test_a_stamp_that_postgresql_has_added_up_is_the_same():
    found = unpacked(packed(Page((3, Decimal(2**45)), UNTIL, [], "tag", PAGE.bodies)))
    assert found.stamp == (3, Decimal(2**45)) == PAGE.stamp


@pytest.mark.parametrize(
    "change",
    [
        {"stamp": [1]},
        {"stamp": None},
        {"until": "tomorrow"},
        {"until": "2026-01-05T23:00:00"},
        {"headers": [["one"]]},
        {"headers": 5},
        {"sizes": [1, 1]},
        {"sizes": ["a", "b"]},
        {"sizes": [-1, 100]},
    ],
)
def test_a_head_that_says_something_else_is_no_page(change):
    line, _newline, rest = packed(PAGE).partition(b"\n")
    assert unpacked(json.dumps(json.loads(line) | change).encode() + b"\n" + rest) is None


@given(st.binary(max_size=300))
def test_bytes_are_a_page_or_none(content):
    assert unpacked(content) is None


@given(st.integers(0, len(packed(PAGE)) - 1))
def test_a_page_that_was_cut_off_is_none(length):
    assert unpacked(packed(PAGE)[:length]) is None
