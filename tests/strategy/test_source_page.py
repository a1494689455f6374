"""The home page carries the source page: every statement, in its order, true on its day."""

import re

import pytest

from .conftest import plain, visible_text

pytestmark = pytest.mark.django_db
ON_ITS_DAY = "/?on=2012-12-31"

# What a stranger without the source text can compare: the beginnings of its main statements.
MAIN_STATEMENTS = [
    "Navigation path",
    "International cultural cooperation",
    "The EU fosters cultural cooperation with individual countries outside the EU",
    "Developing a strategy",
    "Since the adoption of the European Agenda for Culture in 2007",
    "2008 Council Conclusions on cultural diversity & intercultural dialogue pdf - 149 KB",
    "2011 Resolution on the cultural dimensions of the EU external action",
    "Summary report of the group pdf - 32 KB Deutsch (de) français (fr)",
    "The EU is party to the, UNESCO Convention on cultural diversity",
    "first 4-year implementation report pdf - 630 KB français (fr)",
    "International Trade",
    "In 2007, Protocol on Cultural Cooperation pdf - 27 KB is concluded with the CARIFORUM",
    "In 2010, Protocol on Cultural Cooperation is concluded with the countries of Central America "
    "but is not yet in force.",
    "In 2011, Agreement on Cultural Cooperation pdf - 47 KB español (es) is concluded with Peru "
    "and Colombia but is not yet in force.",
    "In 2009, Protocol on Cultural Cooperation with the Republic of Korea is negotiated and built "
    "around reciprocal treatment notably in the audio-visual field. The protocol is provisionally "
    "applied since 1 July 2011.",
    "In depth",
    "More information",
    "Preparatory action",
    "Pilot project on the economy of cultural diversity",
    "@diversity: innovative ideas for cultural and creative sectors in Europe",
]


def statements(source):
    """The statements of the source text: its lines, cut at bullets that stand inside a line."""
    lines = re.split(r"\n|•", source)
    return [line for line in (plain(re.sub(r"^\s*-\s", "", line)) for line in lines) if line]


def as_said_now(statement):
    """A statement of the source in good English, and with the extent that it left out.

    COM(2012) 463, recital 4, names the articles of the protocol with Korea that are not applied.
    """
    return plain(statement).replace(
        "is provisionally applied since 1 july 2011",
        "has been provisionally applied since 1 july 2011, in part",
    )


def missing(wanted, text):
    """The statements of `wanted` that are not in `text`, or not after the one before them."""
    lost, start = [], 0
    for statement in wanted:
        found = text.find(plain(statement), start)
        if found < 0:
            lost.append(statement)
        else:
            start = found + len(plain(statement))
    return lost


def test_every_statement_of_the_source_is_there_in_its_order(shared, demonstration, client):
    source = (shared / "source-page.txt").read_text(encoding="utf-8")

    wanted = [as_said_now(statement) for statement in statements(source)]
    text = visible_text(client.get(ON_ITS_DAY))

    assert len(wanted) > 30
    assert missing(wanted, text) == []


def test_the_main_statements_are_there_in_their_order(demonstration, client):
    wanted = [as_said_now(statement) for statement in MAIN_STATEMENTS]
    assert missing(wanted, visible_text(client.get(ON_ITS_DAY))) == []


def test_a_statement_that_is_missing_or_misplaced_is_found():
    text = plain("One. Two. Three.")

    assert missing(["One.", "Three."], text) == []
    assert missing(["One.", "Four."], text) == ["Four."]
    assert missing(["Two.", "One."], text) == ["One."]


def test_cariforum_says_what_the_source_left_out(demonstration, client):
    text = visible_text(client.get(ON_ITS_DAY))

    assert (
        plain(
            "EU-CARIFORUM EPA. The protocol has been provisionally applied for some parties "
            "since 29 December 2008."
        )
        in text
    )


def test_without_a_day_the_same_list_tells_today(demonstration, client):
    text = visible_text(client.get("/"))

    assert "the protocol has been in force since 1 may 2024." in text
    assert "the protocol has been in force since 13 december 2015." in text
    assert "not yet in force" not in text


@pytest.mark.parametrize(
    ("day", "statement"),
    [
        (
            "2009-12-31",
            "The protocol has been provisionally applied for some parties since 29 December 2008.",
        ),
        (
            "2013-04-01",
            "The agreement has been provisionally applied for some parties "
            "since March 2013 (uncertain).",
        ),
        (
            "2013-09-01",
            "The agreement has been provisionally applied since March 2013 (uncertain).",
        ),
        (
            "2013-08-15",
            "The protocol has been provisionally applied for some parties "
            "since 1 August 2013, in part.",
        ),
        (
            "2014-01-01",
            "The protocol has been provisionally applied since 1 August 2013, in part.",
        ),
    ],
)
def test_the_statements_follow_the_day(demonstration, client, day, statement):
    assert plain(statement) in visible_text(client.get(f"/?on={day}"))


def test_agreements_without_an_event_by_the_day_are_left_out(demonstration, client):
    text = visible_text(client.get("/?on=2008-01-01"))

    assert "cariforum" in text
    assert "korea" not in text
