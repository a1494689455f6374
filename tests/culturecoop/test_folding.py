"""How words are compared, after what readers and editors write."""

import pytest
from django.db import connection

from culturecoop.folding import as_written, bare_number, compounds, fold, plain_words, stem
from culturecoop.search.words import Content, Passage, words_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ÉDUCATION", "education"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("cœur", "coeur"),
        ("Ελλάς", "ελλασ"),
        ("co\u00adop\u200beration", "cooperation"),  # a soft hyphen, a space without width
        ("\u202bعربي\u202c", "عربي"),  # marks of direction
        ("ﬁlm", "film"),  # a ligature
    ],
)
def test_case_accents_and_invisible_letters(written, folded):
    assert fold(written) == folded


def test_hyphens_part_and_an_article_stands_alone():
    assert list(compounds("Co-operation")) == [("co", "operation")]
    assert plain_words("l’Éducation, l'équipement") == ["l", "education", "l", "equipement"]
    assert list(compounds("Member’s")) == [("member", "s")]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["agreement", "agreements"]),
        ("de", ["abkommen", "abkommens"]),
        ("fr", ["culturel", "culturelle", "culturels"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language, forms):
    assert len({stem(form, language) for form in forms}) == 1


def test_a_language_without_a_stemmer_keeps_its_words():
    assert stem("kultura", "hr") == "kultura"


def test_a_compound_is_stored_in_its_parts_and_as_one():
    words = words_of([Passage("en", "Co-operation")]).split()
    assert {"co", "operation", "cooperation"} <= set(words)


def test_numbers_without_their_labels():
    assert bare_number("OJ L 127, 14.5.2011, p. 1418") == bare_number(
        "L 127 vom 14.5.2011, S. 1418"
    )


def test_nothing_is_stored_of_nothing():
    assert set(Content().columns().values()) == {""}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite parts words by itself")
def test_postgresql_parts_no_word_otherwise():
    texts = [
        "22011A0514(04) 1e10 12abc x2 v1.5 10€",
        "Ελλάδα България كتاب שלום 日本語 ç",
        "a_b/c@d.eu",
    ]
    words = {word for text in texts for word in plain_words(text)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(to_tsvector('simple', %s))", [" ".join(sorted(words))]
        )
        assert set(cursor.fetchone()[0]) == words


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("republik korea", "Republik Korea"),
        ("cote d’ivoire", "Côte d’Ivoire"),
        ("strasse", "Straße"),
        ("film", "film"),  # as often "Film", at the head of a sentence
        ("zebra FILM", "zebra film"),  # no text has a zebra
    ],
)
def test_words_as_texts_write_them(words, written):
    texts = [
        "Film und Straße",
        "film",
        "Republik Korea",
        "REPUBLIK Korea",
        "Republik",
        "Co\u0302te d'Ivoire",
    ]
    assert as_written(words, texts) == written
