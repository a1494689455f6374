import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

DAYS = [
    ("en", datetime.date(2011, 7, 1), "1 July 2011"),
    ("de", datetime.date(2011, 7, 1), "1. Juli 2011"),
    ("fr", datetime.date(2011, 7, 1), "1er juillet 2011"),
    ("fr", datetime.date(2011, 7, 2), "2 juillet 2011"),
    ("fr", None, ""),
]


def shown(value):
    return Template("{% load site %}{{ value|day }}").render(Context({"value": value}))


@pytest.mark.parametrize(("language", "date", "text"), DAYS)
def test_a_day_is_written_as_the_language_writes_it(language, date, text):
    with translation.override(language):
        assert shown(date) == text


def test_of_a_moment_it_is_the_local_day(settings):
    settings.TIME_ZONE = "Europe/Brussels"
    late = datetime.datetime(2011, 6, 30, 22, 30, tzinfo=datetime.UTC)
    with translation.override("fr"):
        assert shown(late) == "1er juillet 2011"


def test_pages_write_the_day_of_the_legal_state_so(get, db):
    assert "1er juillet 2011" in get("/fr/agreements/?on=2011-07-01")
