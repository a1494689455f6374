"""Rows that say what the register has already under another slug."""

import pytest

from culturecoop.imports import jobs
from tests.culturecoop.imports.plannedjobs import kinds, upload

COLUMNS = ["slug", "title_en", "signature", "parties"]
ROW = {"slug": "other", "title_en": "Korea", "signature": "2010-10-06", "parties": "KR; EU"}


@pytest.fixture(autouse=True)
def korea(make_agreement):
    return make_agreement(
        "korea", title="Korea", parties=["EU", "KR"], events=[("signature", "2010-10-06")]
    )


def test_the_same_title_signature_and_parties():
    job = upload("agreements", COLUMNS, [ROW])
    assert kinds(job) == ["duplicate"]
    assert "“korea”" in job.rows.get().notes[0][2]
    assert not job.can_apply


@pytest.mark.parametrize(
    "cells", [{"title_en": "Corea"}, {"signature": "2010"}, {"signature": ""}, {"parties": "KR"}]
)
def test_any_other_fact_makes_it_another_agreement(cells):
    assert kinds(upload("agreements", COLUMNS, [ROW | cells])) == ["new"]


def test_two_of_one_file_are_two():
    """A source with identifiers of its own knows them apart; the editor is told."""
    rows = [ROW | {"slug": slug, "signature": "2011"} for slug in ("a", "b")]
    job = upload("agreements", COLUMNS, rows)
    assert kinds(job) == ["new", "new"]
    first, second = job.rows.all()
    assert first.notes == []
    assert second.notes == [["slug", "b", "Row 2 has the same title, signature and parties."]]
    assert jobs.apply(job).counts == {"new": 2}
