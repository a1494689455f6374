"""The status that a list states, beside its dates."""

import pytest

from culturecoop.imports import jobs
from tests.culturecoop.imports.plannedjobs import export, kinds, upload

pytestmark = pytest.mark.django_db
COLUMNS = ["slug", "title_en", "status", "signature", "entry_into_force", "termination"]
ROW = {"slug": "chile", "title_en": "Chile", "signature": "2001"}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"status": "in_force", "entry_into_force": "2003"}, ""),
        ({"status": "expired", "entry_into_force": "2003"}, "“expired”; by its dates"),
        ({"status": "expired", "entry_into_force": "2003", "termination": "2010"}, ""),
        ({"status": "in_force"}, "readers will see “signed”"),
        ({"status": "concluded"}, ""),
        ({"status": "in_force", "signature": ""}, "“no legal step recorded”"),
        ({"status": "in_force", "entry_into_force": "2999"}, "readers will see “signed”"),
        ({"status": "", "entry_into_force": "2003"}, ""),
    ],
)
def test_a_status_that_the_dates_deny_is_told(cells, told):
    job = upload("agreements", COLUMNS, [ROW | cells])
    assert kinds(job) == ["new"]
    notes = [message for _column, _value, message in job.rows.get().notes]
    assert bool(notes) == bool(told)
    assert told in "".join(notes)
    assert jobs.apply(job).counts == {"new": 1}


def test_an_unknown_status_is_an_error():
    job = upload("agreements", COLUMNS, [ROW | {"status": "alive"}])
    assert kinds(job) == ["error"]
    assert job.rows.get().errors[0][0] == "status"


def test_it_is_not_exported(make_agreement):
    make_agreement("korea", events=[("entry_into_force", "2015")])
    headings, [row] = export("agreements")
    assert "status" not in headings
    job = upload("agreements", [*headings, "status"], [row | {"status": "expired"}])
    assert kinds(job) == ["unchanged"]
