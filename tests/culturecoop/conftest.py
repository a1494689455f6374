"""What the tests of files, of imports and of Redis share."""

import pytest

from tests import redisservers

#: Ten times these are waited for at most, whatever else the machine has to do meanwhile.
SECONDS_TO_READ = 120


@pytest.fixture
def time_to_read(settings):
    """Samples are read also on a busy machine; one that hangs is still refused, only later."""
    settings.SPREADSHEET_MAX_SECONDS = SECONDS_TO_READ


@pytest.fixture
def redis_url():
    """The address of the Redis on this machine."""
    return redisservers.running()
