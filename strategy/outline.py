"""The rich text of a page made ready for readers.

Headings get ids for the in-page navigation; a link to a document leads to its file and says its
type, size and other languages; a wide table scrolls by itself.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from lxml import html

from .blocks import Text

DOCUMENT_ADDRESS = re.compile(r"(?:/[a-z]{2})?/documents/([-\w]+)/")
sanitize = Text._meta.get_field("text").sanitize


@dataclass(frozen=True)
class Heading:
    """An entry of the in-page navigation."""

    id: str
    text: str
    level: int = 2
    own: bool = False  # the site's word, in the reader's language whatever the page's


class Outline:
    """The headings of a page in their order, each with an id that no other has."""

    def __init__(self):
        self.headings = []
        self._taken = set()

    def add(self, text, level=2, *, own=False):
        stem = number = slugify(text) or "section"
        count = 1
        while number in self._taken:
            count += 1
            number = f"{stem}-{count}"
        self._taken.add(number)
        heading = Heading(number, text, level, own)
        self.headings.append(heading)
        return heading

    @property
    def entries(self):
        """What the in-page navigation shows: the headings of the second level."""
        return [heading for heading in self.headings if heading.level == 2]


def documents_in(text):
    """The slugs of the documents that a rich text links to."""
    return set(DOCUMENT_ADDRESS.findall(text))


def ready(text, outline, lines):
    """The HTML of a rich text for readers; `lines` is {slug: DocumentLine}.

    It is sanitised here as well, because rows can also be written without the editor.
    """
    root = html.fragment_fromstring(sanitize(text) or "<p></p>", create_parent="div")
    for heading in root.iter("h2", "h3"):
        text = " ".join(heading.text_content().split())
        heading.set("id", outline.add(text, int(heading.tag[1])).id)
    for link in list(root.iter("a")):
        _show_document(link, lines)
    for table in list(root.iter("table")):
        _let_scroll(table)
    inner = [root.text or "", *(html.tostring(child, encoding="unicode") for child in root)]
    return mark_safe("".join(inner))


def _show_document(link, lines):
    match = DOCUMENT_ADDRESS.match(link.get("href", ""))
    if not match:
        return
    line = lines.get(match[1])
    if line and (line.main or line.is_withdrawn):
        _tell(link, line)
    if line and line.main:
        link.set("href", line.main.url)
    else:
        link.drop_tag()


def _tell(link, line):
    """Say behind a link what its document is: type, size, languages, or withdrawn."""
    rendered = render_to_string("components/file_meta.html", {"line": line}).strip()
    if rendered:
        meta = html.fragment_fromstring(rendered)
        meta.tail, link.tail = link.tail, " "
        link.addnext(meta)


def _let_scroll(table):
    attributes = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": _("Table")}
    box = html.Element("div", attributes)
    table.addprevious(box)
    box.tail, table.tail = table.tail, None
    box.append(table)
