"""What the tests of the whole site share."""

import pytest

from .population import populate


@pytest.fixture
def population(made_once, make_agreement, make_page, make_file):
    """A small site with one of everything, and somebody in every role."""
    return made_once(populate, make_agreement, make_page, make_file)
