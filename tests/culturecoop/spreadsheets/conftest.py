"""What the tests of imports share."""

import pytest

from agreements.models import Party

#: The usual eight are counted by the clock, whatever else the machine has to do meanwhile.
SECONDS_TO_READ = 120


@pytest.fixture
def time_to_read(settings):
    """Samples are read also on a busy machine; one that hangs is still refused, only later."""
    settings.SPREADSHEET_MAX_SECONDS = SECONDS_TO_READ


@pytest.fixture
def publisher(signed_in):
    for code, name in [("FR", "France"), ("DE", "Germany")]:
        Party.objects.create(code=code, name=name, kind="country")
    return signed_in("publisher")
