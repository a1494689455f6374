"""The demonstration site as a stranger finds it, and pages written by a test."""

import re

import pytest
from django.utils import timezone
from lxml import html

from culturecoop.documents.models import Document
from tests.answering import publish


def plain(text):
    """Text as it is compared: one blank between words, one kind of dash, no doubled sizes."""
    text = re.sub(r"\[\s*\d+\s*KB\s*\]", " ", text)
    text = text.replace("’", "'").replace("–", "-").replace("•", " ")
    text = " ".join(text.split())
    return re.sub(r"\s+([.,;:])", r"\1", text).casefold()


def visible_text(response):
    """What a reader sees of a page, from its head to its foot."""
    tree = html.fromstring(response.content.decode())
    for element in tree.xpath("//head | //script | //style"):
        element.drop_tree()
    return plain(" ".join(tree.itertext()))


@pytest.fixture
def write(make_page):
    """write("", (Text, {"text": "…"}), …) → the published edition with these blocks."""

    def write_(path, *blocks, region="main", **fields):
        draft = make_page(path, publish=False, **fields)
        for ordering, (model, values) in enumerate(blocks):
            model.objects.create(
                **{"parent": draft, "ordering": ordering, "region": region, **values}
            )
        return publish(draft)

    return write_


@pytest.fixture
def report(make_file):
    """A document in English and French whose files are public."""
    document = Document.objects.create(slug="report", title="The report")
    for language in ("en", "fr"):
        make_file(document, language=language, pages=2)
    document.files.update(live_from=timezone.now())
    return document
