"""Cells with several names."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from culturecoop.mapping import names

KNOWN = {
    "France": ["FR"], "Finland": ["FI"], "Korea": ["KR"], "Korea, Republic of": ["KR"],
    "Republic of Korea": ["KR"], "Democratic People's Republic of Korea": ["KP"],
    "Congo, The Democratic Republic of the": ["CD"], "Guinea-Bissau": ["GW"], "EFTA": ["EFTA"],
    "China": ["CN"], "Taiwan": ["TW"], "DPRK": ["KP"], "Iceland": ["IS"],
    "Netherlands, Kingdom of, with respect to Aruba": ["AW"], "Netherlands": ["NL"],
    "Unknown": [], "Congo (Brazzaville)": ["CG"],
    "Venezuela, Bolivarian Republic of": ["VE"], "Panama": ["PA"],
}  # fmt: skip
JOINERS = {";": ["; ", ";", " ; "], ",": [", ", ","], "/": ["/", " / "], "|": ["|"],
           "\n": ["\n", "\\r\\n", "\r\n"], " - ": [" - "]}  # fmt: skip
PLAIN = sorted(name for name in KNOWN if name != "Unknown")


def codes(text, separator):
    return [found for _name, found in names.split(text, separator, KNOWN.get)]


@given(st.data(), st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8))
def test_names_come_back_in_order_with_every_separator(data, chosen):
    separator = data.draw(st.sampled_from(sorted(JOINERS)))
    joined = data.draw(st.sampled_from(JOINERS[separator])).join(chosen)
    assert codes(joined, separator) == [KNOWN[name] for name in chosen]
    numbered = " ".join(f"{i}. {name}" for i, name in enumerate(chosen, 1))
    assert codes(numbered, "numbered") == [KNOWN[name] for name in chosen]


@example(";", "")
@given(st.text(max_size=40), st.sampled_from(["", *names.SEPARATORS]))
def test_no_text_is_lost_and_nothing_breaks(text, separator):
    found = names.split(text, separator, lambda name: None)
    assert all(name and found is None for name, found in found)


@pytest.mark.parametrize(
    ("text", "separator", "expected"),
    [
        ("Finland, Korea, Republic of, France", ",", [["FI"], ["KR"], ["FR"]]),
        ("Netherlands, Kingdom of, with respect to Aruba, France", ",", [["AW"], ["FR"]]),
        ("EFTA (Iceland, Norway), France", ",", [["EFTA"], ["FR"]]),
        ("EFTA (Iceland; Norway (with Svalbard)); France", ";", [["EFTA"], ["FR"]]),
        ("France, Korea (Republic of)", ",", [["FR"], ["KR"]]),
        ("China (Taiwan), Korea (DPRK)", ",", [None, None]),
        ("Congo (Brazzaville)", ",", [["CG"]]),
        ("Venezuela, Bolivarian Republic of( - 22-Apr-2006), Panama(06-May-2013 - )", ",",
         [["VE"], ["PA"]]),
        ("Finland\\r\\n, France", ",", [["FI"], ["FR"]]),
        ("Finland, and France", ",", [["FI"], ["FR"]]),
        ("Finland France", ",", [None]),
        ("1. Finland\n2. France", "numbered", [["FI"], ["FR"]]),
        ("France; ; Unknown;", ";", [["FR"], []]),
        ("Korea, Republic of", "", [["KR"]]),
        ("France (", ",", [None]),
        ("  ", ";", []),
    ],
)  # fmt: skip
def test_names_as_files_have_them(text, separator, expected):
    assert codes(text, separator) == expected


def test_a_name_that_is_not_known_keeps_its_brackets():
    [(name, found)] = names.split("FAO (Org. das  Nações)", ",", KNOWN.get)
    assert (name, found) == ("FAO (Org. das Nações)", None)
