"""What pages keep of agreements is told apart by all that it depends on, while nothing changes."""

import pytest

from agreements.models import Agreement
from culturecoop.editions import verbs
from tests.answering import publish

pytestmark = pytest.mark.django_db
LEFT = [
    ("signature", "1994-12-17"), ("entry_into_force", "1998-04-16"),
    ("denunciation_notified", "2014-12-31", "IT"), ("denunciation_effective", "2016-01-01", "IT"),
]  # fmt: skip


def rows(text):
    return text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]


def test_the_status_of_a_party_is_not_that_of_the_whole(make_agreement, get):
    make_agreement("ect", parties=["EU", "IT", "JP"], events=LEFT, kind="convention")

    assert "in force" in rows(get("/agreements/"))
    assert "withdrawn" in rows(get("/agreements/?party=IT"))
    assert "in force" in rows(get("/agreements/"))


def test_the_status_of_one_day_is_not_that_of_another(make_agreement, get):
    make_agreement("ect", parties=["EU", "IT", "JP"], events=LEFT, kind="convention")

    assert "in force" in rows(get("/agreements/"))
    assert "signed" in rows(get("/agreements/?on=1995-01-01"))


def test_a_title_is_in_the_language_of_whoever_reads(make_agreement, get):
    draft = make_agreement("films", title="Protocol on films", publish=False)
    draft.texts.create(language="de", title="Protokoll über Filme")
    publish(draft)

    assert "Protocol on films" in rows(get("/agreements/"))
    assert "Protokoll über Filme" in rows(get("/de/agreements/"))


def test_an_older_edition_knows_nothing_of_what_followed(make_agreement, get):
    first = make_agreement("films", title="Protocol on films")
    other = make_agreement("music", title="Protocol on music")
    publish(verbs.new_draft(first), change_note="The second edition")
    amending = verbs.new_draft(other)
    amending.relations.create(kind="amends", agreement=Agreement.objects.get(slug="films"))
    publish(amending)

    text = get("/agreements/films/")
    assert "The second edition" in text
    assert "Protocol on music" in text
    text = get("/agreements/films/editions/1/")
    assert "The second edition" not in text
    assert "Protocol on music" not in text
