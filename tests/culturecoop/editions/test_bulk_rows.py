"""Rows that are inserted and written together are those that Django writes one by one."""

import datetime

import pytest
from django.db import DataError, connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementEdition, RegisterTitle, StatusPeriod
from culturecoop.dates import PartialDate
from culturecoop.editions import bulk
from culturecoop.editions.bulk import insert, write

pytestmark = pytest.mark.django_db
DAY = datetime.date(2012, 2, 29)


@pytest.fixture
def edition(make_agreement):
    return make_agreement("korea", parties=["EU", "KR"], publish=False)


def periods(edition, count):
    return [
        StatusPeriod(
            edition=edition, status="in_force", since=DAY + datetime.timedelta(days=number),
            began=PartialDate(2012, 2), uncertain=bool(number % 2),
        )
        for number in range(count)
    ]  # fmt: skip


def test_inserted_rows_are_those_that_save_makes(edition):
    def stored():
        return [model_to_dict(row) | {"id": None} for row in StatusPeriod.objects.order_by("since")]

    insert(periods(edition, 3))
    inserted = stored()
    StatusPeriod.objects.all().delete()
    for row in periods(edition, 3):
        row.save()
    assert inserted == stored()


def test_odd_text_is_stored_as_it_is(edition):
    odd = ["", "NULL", 'a "b", {c}', "it’s \\ 100 %s", "ü\n\t"]
    languages = ["bg", "de", "en", "fr", "sv"]
    made = insert(
        [RegisterTitle(edition=edition, language=language, key=key)
         for language, key in zip(languages, odd, strict=True)]
    )  # fmt: skip
    assert list(RegisterTitle.objects.order_by("pk").values_list("key", flat=True)) == odd
    for row in made:
        row.key = row.key[::-1]
    write(made, ["key"])
    stored = dict(RegisterTitle.objects.values_list("pk", "key"))
    assert stored == {row.pk: key[::-1] for row, key in zip(made, odd, strict=True)}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite knows no lengths")
def test_what_is_too_long_is_refused_and_not_cut_off(edition):
    row = RegisterTitle(edition=edition, language="en", key="x" * 1000)
    with pytest.raises(DataError), transaction.atomic():
        insert([row])
    row.key = "x"
    insert([row])
    row.key = "x" * 1000
    with pytest.raises(DataError), transaction.atomic():
        write([row], ["key"])


@pytest.mark.parametrize("at_once", [2, 500])
def test_inserted_rows_know_their_keys(edition, monkeypatch, at_once):
    monkeypatch.setattr(bulk, "AT_ONCE", at_once)
    StatusPeriod(edition=edition, status="signed", since=DAY.replace(day=1)).save()
    rows = insert(periods(edition, 4))
    stored = {row.pk: row.since for row in StatusPeriod.objects.filter(status="in_force")}
    assert {row.pk: row.since for row in rows} == stored
    assert not any(row._state.adding for row in rows)
    assert insert([]) == []


def test_written_columns_are_those_of_each_row(edition, make_agreement):
    other = make_agreement("peru", publish=False)
    edition.answers, other.answers = [{"code": "no_source", "answer": "ü"}], []
    edition.kind, other.kind = "protocol", "declaration"
    edition.internal_note = other.internal_note = "not written"
    write([edition, other], ["answers", "kind"])
    rows = AgreementEdition.objects.in_bulk([edition.pk, other.pk])
    for row in (edition, other):
        stored = rows[row.pk]
        assert (stored.answers, stored.kind) == (row.answers, row.kind)
        assert stored.internal_note == ""
    write([], ["kind"])


@pytest.mark.parametrize("count", [1, 500])
def test_many_rows_take_no_more_questions_than_one(edition, count):
    rows = periods(edition, count)
    with CaptureQueriesContext(connection) as asked:
        insert(rows)
        write(rows, ["uncertain"])
    assert len(asked) <= 3
