"""A register of hundreds of agreements, made in bulk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def make_many(db):
    """make_many(500) → the demonstration site and 500 agreements more."""
    from bench.content import make_register

    return make_register


@pytest.fixture
def queries(client):
    """queries("/agreements/") → the number of queries that the page took."""

    def count(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def korea(make_agreement):
    from agreements.models import Party

    Party.objects.create(code="KR")
    return make_agreement(
        "korea", title="Protocol on films", kind="protocol", parties=["EU", "KR"],
        events=[("signature", "2010-10-06"), ("ratification", "2011", "KR"),
                ("provisional_application", "2011-07-01"), ("entry_into_force", "2015-12-13")],
    )  # fmt: skip


@pytest.fixture
def editing(make_agreement):
    """A draft of an agreement with Korea that readers see in force."""
    from culturecoop.editions import verbs

    from .panel import KOREA

    live = make_agreement("korea", kind="protocol", parties=["EU", "KR"], events=KOREA)
    return verbs.new_draft(live)
