import pytest

from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file

from .pressing import add


@pytest.fixture
def report(db):
    return Document.objects.create(slug="report", title="The report")


@pytest.fixture
def file(report):
    """A file that readers see."""
    file = add(report)
    publish_file(file)
    return file


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def administrator(signed_in):
    return signed_in("administrator")


def pytest_make_parametrize_id(config, val, argname):
    """Contents are numbered: they differ from run to run, and parallel runs compare the names."""
    return argname if isinstance(val, bytes) else None
