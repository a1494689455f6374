"""What somebody finds, told by the addresses of the results."""

import pytest
from django.utils import translation

from culturecoop.search.results import Results


@pytest.fixture
def find(db):
    """find("korea", "de") → the addresses of what is found, the best first.

    What is counted shows: no number tells of what does not.
    """

    def search(text, language="en"):
        with translation.override(language):
            results = Results(text)
            assert results.count == len(results.rows)
            return [row.result.url for row in results.rows]

    return search
