"""The box of a date in the forms of editors, and the address that says what is understood."""

import pytest
from django.urls import reverse
from lxml import html

from culturecoop.dates import PartialDate
from culturecoop.editions.admin.dateinput import DateInput
from tests.forms import add_row, fields, said

from .addresses import change_url

DATE = reverse("admin:said-date")


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("16.12.2007", "en", "16 December 2007"),
        ("3/4/2009", "de", "3. April 2009"),
        ("12/2008", "fr", "décembre 2008"),
        ("", "en", ""),
    ],
)
def test_what_is_typed_is_said_in_the_language_of_the_editor(author, text, language, sentence):
    answer = author.get(DATE, {"text": text}, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.json() == {"said": sentence, "understood": True}


def test_why_nothing_is_understood_is_said_too(author):
    answer = author.get(DATE, {"text": "31.04.2010"})
    assert answer.json() == {
        "said": "There is no such day: April 2010 has 30 days.", "understood": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (PartialDate(2007, 12, 16), None),
        (PartialDate(2007, mark="?"), "2007 (uncertain)"),
        ("16.12.2007", "16 December 2007"),
        ("31.04.2010", None),
        (None, None),
    ],
)
def test_the_line_says_at_first_what_is_not_plain(value, sentence):
    tree = html.fromstring(DateInput().render("date", value, {"id": "id_date"}))
    box, line = tree.xpath("//input")[0], tree.xpath("//*[@aria-live]")[0]
    assert (line.text, line.get("class")) == (sentence, "date-said")
    assert box.get("aria-describedby") == line.get("id") == "id_date_said"


def test_the_line_stands_beside_the_help(author, draft):
    tree = html.fromstring(author.get(change_url(draft)).content.decode())
    described = tree.xpath("//*[@id='id_events-0-date']/@aria-describedby")[0]
    assert described.split()[-1] == "id_events-0-date_said"
    assert tree.xpath("//*[@id='id_events-0-date_said']/@aria-live") == ["polite"]


def test_a_date_in_words_is_stored_as_ever_and_shown_so(author, draft):
    values = fields(author.get(change_url(draft)))
    add_row(values, "events", kind="signature", date="le 16 décembre 2007", scope="whole")
    add_row(values, "events", kind="entry_into_force", date="31.04.2010", scope="whole")
    refused = author.post(change_url(draft), values)
    assert "There is no such day: April 2010 has 30 days." in said(refused)
    assert fields(refused)["events-1-date"] == ["le 16 décembre 2007"]
    author.post(change_url(draft), values | {"events-2-date": ["April 2010"]})
    assert [str(event.date) for event in draft.events.all()] == [
        "2007-12-16", "2010-04", "2010-10-06",
    ]  # fmt: skip
    assert fields(author.get(change_url(draft)))["events-0-date"] == ["2007-12-16"]
