"""The demonstration site as a stranger finds it, and pages written by a test."""

import re

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from lxml import html

from culturecoop.documents.models import Document
from strategy.models import Image
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


@pytest.fixture
def illustrate(make_page):
    """illustrate(bytes, name) → the image of a page that is published, unless told otherwise."""

    def illustrate(content, name="photo.jpg", live=True, **fields):
        draft = make_page("", publish=False)
        image = Image(parent=draft, region="main", ordering=1, alternative="A", **fields)
        image.file.save(name, ContentFile(content))
        if live:
            publish(draft)
        return image

    return illustrate


@pytest.fixture
def body(client):
    """body(address) → what a stranger gets there."""

    def body(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return b"".join(response.streaming_content)

    return body
