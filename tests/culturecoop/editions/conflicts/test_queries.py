"""What two people changed is told in as many queries, however many rows they changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Party
from culturecoop.editions.admin.conflicts import Conflicts
from tests.forms import add_row

pytestmark = pytest.mark.django_db

QUERIES = 21
CODES = ["PE", "CO", "EC", "CL", "MX", "CA"]


@pytest.fixture
def queries(monkeypatch):
    """The queries that telling a conflict took."""
    found, tell = [], Conflicts._told

    def counted(*args):
        with CaptureQueriesContext(connection) as captured:
            told = tell(*args)
        found.append(len(captured))
        return told

    monkeypatch.setattr(Conflicts, "_told", counted)
    return found


@pytest.mark.parametrize("number", [1, 6])
def test_rows_cost_no_queries(forms, draft, queries, number):
    parties = [Party.objects.create(code=code) for code in CODES]
    for party in parties[:number]:
        draft.events.create(kind="ratification", date="2011", party=party)
    mine, hers = forms(draft)
    for place, party in enumerate(parties[:number], start=1):
        hers.values[f"events-{place}-note"] = ["Hers"]
        mine.values[f"events-{place}-note"] = ["Mine"]
        add_row(hers.values, "parties", party=str(party.pk), position=str(place + 5))
        add_row(mine.values, "events", kind="signature", date="2012", party=str(party.pk))
    hers.save()
    mine.post()
    assert len(mine.told["both"]) == len(mine.told["theirs"]) == number
    assert queries == [QUERIES]
