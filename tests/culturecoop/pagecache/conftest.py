"""What the tests of kept pages share."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from .sites import Site


@pytest.fixture
def one_connection():
    """Django closes connections at the start and the end of requests; a test has one of its own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(one_connection):
    return Site()


@pytest.fixture
def korea(make_agreement):
    return make_agreement(
        "korea", title="Protocol", parties=["EU", "KR"], events=[("signature", "2010-10-06")]
    )
