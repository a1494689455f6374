"""What readers do not see is in no download."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from agreements.downloads.columns import COLUMNS
from agreements.downloads.rows import RegisterRows
from agreements.filters import RegisterFilter
from agreements.models import AgreementEdition, Party
from agreements.register import DOWNLOADS
from agreements.resources import AgreementResource
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from tests.answering import publish

from .reading import rows_of

pytestmark = pytest.mark.django_db
INSIDE = {"internal_note"}

#: The user who did it; checksums hold these letters as well.
NAMED = re.compile(r"\bada\b")


@pytest.fixture
def planted(korea, make_agreement, make_file, ada):
    """A register in which “planted” stands wherever readers do not look."""
    Party.objects.get(code="KR").aliases.create(alias="planted")
    draft = verbs.new_draft(korea, by=ada)
    draft.internal_note = "planted note"
    draft.save()
    _say(draft, "Second edition")
    report = Document.objects.create(slug="report", title="Report")
    draft.documents.create(document=report)
    make_file(report, title="A file")
    second = publish(draft)
    make_file(report, language="de", title="planted waiting file")
    _say(verbs.new_draft(second, by=ada), "planted draft")
    make_agreement("planted-draft", title="planted", publish=False)
    gone = make_agreement("planted-gone", title="planted", parties=["EU", "KR"])
    verbs.withdraw(gone, reason="planted")
    later = make_agreement("planted-later", title="planted", parties=["EU"], publish=False)
    publish(later, at=timezone.now() + datetime.timedelta(days=1))
    return second


def _say(edition, title):
    text = edition.texts.get(language="en")
    text.title = title
    text.save()
    edition.texts.update_or_create(language="nl", defaults={"title": "Titel", "summary": "planted"})


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_the_register_is_what_is_live(planted, client, kind):
    rows = rows_of(client.get(f"/agreements/agreements.{kind}"), kind)

    assert [row["slug"] for row in rows] == ["korea"]
    assert rows[0]["title_en"] == "Second edition"
    assert rows[0]["title_nl"] == "Titel"
    assert rows[0]["base"] == "2"
    assert rows[0]["documents"] == "report"
    assert "planted" not in str(rows)
    assert not NAMED.search(str(rows))


def test_an_agreement_is_what_is_live(planted, get):
    text = get("/agreements/korea/data.json")

    assert "Second edition" in text
    assert "Titel" in text
    assert "/documents/report/en" in text
    assert "planted" not in text
    assert not NAMED.search(text)


@pytest.mark.parametrize("slug", ["planted-draft", "planted-later", "nothing"])
def test_there_is_nothing_of_what_is_not_live(planted, client, slug):
    assert client.get(f"/agreements/{slug}/data.json").status_code == 404


def test_what_was_withdrawn_is_gone(planted, client):
    response = client.get("/agreements/planted-gone/data.json")

    assert response.status_code == 410
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_what_is_scheduled_comes_with_its_moment(planted, client, kind):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2), tick=False):
        rows = rows_of(client.get(f"/agreements/agreements.{kind}"), kind)

    assert {row["slug"] for row in rows} == {"korea", "planted-later"}


def test_what_is_withdrawn_while_it_is_sent_was_live_when_it_was_asked_for(korea, client):
    response = client.get("/agreements/agreements.csv")
    verbs.withdraw(AgreementEdition.objects.get(pk=korea.pk), reason="Later")

    assert [row["slug"] for row in rows_of(response, "csv")] == ["korea"]


def test_no_list_of_editions_brings_out_what_is_not_live(planted):
    """Also where the entries that lists are read from were wrong."""
    rows = RegisterRows(RegisterFilter({}))
    rows.ids = list(AgreementEdition.objects.values_list("pk", flat=True))

    assert len(rows.ids) > 4
    assert [row[:2] for row in rows.rows()] == [["korea", "2"]]


def test_each_column_of_the_sheet_was_decided_on():
    """Whoever adds a column to the sheet says here or there whether it goes out."""
    assert {*COLUMNS, *INSIDE} == set(AgreementResource().fields)
