"""Parts of words, folded: what is stored and what is typed meet in every way to write a word."""

import pytest

from culturecoop.parts_of_words import asked, having, searchable, searchable_numbers


def finds(typed, written):
    return having(asked(typed), {1: searchable([written])}) == [1]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("equipement", "L’équipement"),
        ("ÉQUIPEMENT", "équipement"),
        ("cooperation", "Co-operation"),
        ("co-operation", "Cooperation"),
        ("co-operation", "Co‑operation"),
        ("strasse", "Straße"),
        ("straße", "STRASSE"),
        ("l'education", "L’éducation"),
        ("peoples", "People’s"),
        ("koop", "Kooperation"),
        ("peration", "Co-operation"),
        ("film\u200b", "Fi\u00adlm"),
        ("films lima", "Lima\tDeclaration on films"),
    ],
)
def test_a_word_is_found_however_it_is_written(typed, written):
    assert finds(typed, written)


@pytest.mark.parametrize("typed", ["films peru", "fi lms x", "limafilms"])
def test_every_word_has_to_be_there(typed):
    assert not finds(typed, "Lima: films")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("CELEX:22011A0514(04)", "22011A0514(04)"),
        ("22011a051404", "22011A0514(04)"),
        ("No 30822", "I-30822"),
        ("I30822", "I-30822"),
        ("UNTS I-30822", "I-30822"),
        ("L 127, 14.5.2011, p. 1418", "OJ L 127, 14.5.2011, p. 1418"),
        ("ABl. L 127 vom 14.5.2011, S. 1418", "OJ L 127, 14.5.2011, p. 1418"),
    ],
)
def test_a_number_is_found_with_and_without_its_collection(typed, number):
    texts = {1: searchable(searchable_numbers([number])), 2: searchable(["32008D0805"])}
    assert having(asked(typed), texts) == [1]


def test_no_word_reaches_from_one_text_to_the_next():
    texts = {1: searchable(["co", "operation"])}
    assert having(asked("co-operation"), texts) == []
