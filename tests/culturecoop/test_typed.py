"""What somebody typed for nothing is shown under the names that he knows."""

import pytest
from django.utils.translation import override

from culturecoop.typed import COLUMNS, Text, texts


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("title", "Titel"),
        ("source_language", "Ausgangssprache"),
        ("texts-0-official_title", "Amtlicher Titel 1"),
        ("strategy_link_set-11-title", "Titel 12"),
        ("a-0-b-3-title", "Titel 1"),
        ("day_of_days_0", "Day of days"),
        ("-", "-"),
    ],
)
def test_a_field_is_called_by_its_name_and_row(name, label):
    with override("de"):
        assert Text(name, "words").label == label


def test_what_a_form_counts_with_is_not_told():
    posted = [
        ("csrfmiddlewaretoken", "abc"), ("_save", "Save"), ("texts-MAX_NUM_FORMS", "1000"),
        ("texts-0-id", "17"), ("texts-__prefix__-language", "en"), ("summary", " \r\n"), ("", "x"),
    ]  # fmt: skip
    assert texts(posted) == []


def test_a_single_word_an_address_and_a_date_are_told():
    posted = [
        ("title", "Korea"),
        ("url", "https://example.org/"),
        ("a", "2010-10-06"),
        ("b", "2010"),
    ]
    assert [(told.name, told.text) for told in texts(posted)] == posted


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Short", 1),
        ("x" * COLUMNS, 1),
        ("x" * (COLUMNS + 1), 2),
        ("One\r\n\r\nThree\r\n", 3),
        ("x" * COLUMNS * 100, 100),
    ],
)
def test_a_box_is_as_high_as_its_text(text, rows):
    assert Text("summary", text).rows == rows
