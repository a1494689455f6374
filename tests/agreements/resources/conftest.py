"""Two agreements and two editors."""

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", is_superuser=True)


@pytest.fixture
def bo(db):
    return get_user_model().objects.create_user("bo", is_superuser=True)


@pytest.fixture
def korea(make_agreement):
    return make_agreement(
        "korea",
        title="Agreement with Korea",
        parties=["EU", "KR"],
        events=[("signature", "2010-10-06"), ("provisional_application", "2013-03", "KR")],
        themes=["trade"],
    )


@pytest.fixture
def colombia(make_agreement):
    return make_agreement(
        "colombia",
        parties=["EU", "CO"],
        events=[("signature", "2012-06-26"), ("signature", "2016-11-11")],
    )


@pytest.fixture
def publisher(signed_in):
    """The client of a publisher."""
    return signed_in("publisher")
