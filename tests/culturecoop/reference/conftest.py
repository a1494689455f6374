"""Documents that readers see."""

import pytest
from django.utils import timezone

from culturecoop.documents.models import Document
from culturecoop.reference.verbs import amend


@pytest.fixture
def make_document(db, make_file):
    """make_document("report", public=True) → a document with a file that readers see."""

    def make(slug, *, public=True, **fields):
        document = Document(slug=slug, **{"title": f"The {slug}", **fields})
        amend(document)
        make_file(document)
        if public:
            document.files.update(live_from=timezone.now())
        return document

    return make
