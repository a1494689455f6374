"""Differences as HTML: what went and what came, and nothing that a text could smuggle in."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from culturecoop.editions.differences.comparison import FieldChange
from culturecoop.richtext import RichTextField
from culturecoop.texts import PlainTextField

PLAIN, RICH = PlainTextField("text"), RichTextField("text")
TEXTS = st.text("<>&\"' abp/=\n", max_size=40)


def visible(found):
    """The text of some HTML, as another parser reads it, without the words for screen readers."""
    tree = lxml_html.fragment_fromstring(str(found), create_parent="div")
    for hidden in tree.xpath('//*[@class="visually-hidden"]'):
        hidden.drop_tree()
    return tree.text_content()


@given(TEXTS, TEXTS)
def test_each_side_is_read_again_as_it_was(before, after):
    change = FieldChange(PLAIN, before, after)
    assert visible(change.older_text) == before
    assert visible(change.newer_text) == after
    names = set(re.findall(r"<(\w+)", str(change.in_one_text)))
    assert names <= {"div", "del", "ins", "span"}


def test_marks_and_addresses_are_shown():
    before = '<p>See <a href="/x/?a=1&amp;b=2">the report</a>.</p>'
    after = "<p>See <strong>the report</strong>.</p><script>alert(1)</script>"
    change = FieldChange(RICH, before, after)
    assert "/x/?a=1&amp;b=2" in change.older_text
    assert "<strong>the report</strong>" in change.newer_text
    assert "<script" not in change.in_one_text


def test_screen_readers_hear_what_went_and_what_came():
    found = str(FieldChange(PLAIN, "one", "two").in_one_text)
    assert '<del><span class="visually-hidden">removed: </span>one</del>' in found
    assert '<ins><span class="visually-hidden">added: </span>two</ins>' in found
