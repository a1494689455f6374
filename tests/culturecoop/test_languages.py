"""The languages of content: how the names of files call them."""

import pytest

from culturecoop.languages import EU_LANGUAGES, language_words

#: ISO 639-2: the code of terminology and, where there is another one, of bibliography.
THREE_LETTERS = """
    bg bul, es spa, cs ces cze, da dan, de deu ger, et est, el ell gre, en eng, fr fra fre, ga gle,
    hr hrv, it ita, lv lav, lt lit, hu hun, mt mlt, nl nld dut, pl pol, pt por, ro ron rum,
    sk slk slo, sl slv, fi fin, sv swe
"""


def test_every_language_is_known_by_its_codes():
    lines = [line.split() for line in THREE_LETTERS.split(",")]
    assert {code for code, *_others in lines} == set(EU_LANGUAGES)
    words = language_words()
    for code, *others in lines:
        assert {words[word] for word in (code, *others)} == {code}


@pytest.mark.parametrize(
    ("word", "code"),
    [("français", "fr"), ("french", "fr"), ("französisch", "fr"), ("ελληνικά", "el"),
     ("grec", "el"), ("gaeilge", "ga"), ("čeština", "cs")],
)  # fmt: skip
def test_every_language_is_known_by_its_names(word, code):
    assert language_words()[word] == code
