"""What the tests of imports share."""

import pytest

from agreements.models import Party


@pytest.fixture
def publisher(signed_in):
    for code, name in [("FR", "France"), ("DE", "Germany")]:
        Party.objects.create(code=code, name=name, kind="country")
    return signed_in("publisher")
