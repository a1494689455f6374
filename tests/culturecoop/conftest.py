"""What the tests of files and of imports share."""

import pytest

#: Ten times these are waited for at most, whatever else the machine has to do meanwhile.
SECONDS_TO_READ = 120


@pytest.fixture
def time_to_read(settings):
    """Samples are read also on a busy machine; one that hangs is still refused, only later."""
    settings.SPREADSHEET_MAX_SECONDS = SECONDS_TO_READ
