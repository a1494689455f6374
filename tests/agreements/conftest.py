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
