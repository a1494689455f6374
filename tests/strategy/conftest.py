"""The demonstration site, as a stranger finds it after `make run`."""

import re

import pytest
from django.core.management import call_command
from lxml import html


@pytest.fixture
def demonstration(db):
    call_command("load_demonstration", verbosity=0)


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
