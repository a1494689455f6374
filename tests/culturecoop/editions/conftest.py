"""Who edits, and what there is to edit."""

import pytest

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def draft(make_agreement):
    return make_agreement("korea", title="Korea", publish=False, **SOUND)


@pytest.fixture
def live(make_agreement):
    return make_agreement("peru", title="Peru", **SOUND)


@pytest.fixture
def ana(signed_in):
    return signed_in("publisher", "ana").user


@pytest.fixture
def ben(signed_in):
    return signed_in("publisher", "ben").user


@pytest.fixture
def root(signed_in):
    return signed_in("administrator", "root").user
