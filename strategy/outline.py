"""The rich text of a page made ready for readers.

Headings get ids for the in-page navigation; a link to a document leads to its file and says its
type, size and other languages; a wide table scrolls by itself.
"""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from culturecoop.richtext import sanitized, sanitizer

DOCUMENT_ADDRESS = re.compile(r"(?:/[a-z]{2})?/documents/([-\w]+)/")
HEADINGS = ("h2", "h3")


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

    It is sanitised before, because rows can also be written without the editor, and once more
    when all is done to it: nothing comes after that.
    """
    reading = _Ready(outline, lines)
    reading.feed(sanitized(text))
    reading.close()
    return mark_safe(finished("".join(reading.written)))


#: What `ready` adds to the vocabulary of the editor, and nothing else.
finished = sanitizer(
    tags={"div", "span"},
    attributes={
        "h2": {"id"},
        "h3": {"id"},
        "a": {"lang", "hreflang"},
        "span": {"lang"},
        "div": {"aria-label"},
    },
    tag_attribute_values={"div": {"tabindex": {"0"}, "role": {"region"}}},
    allowed_classes={
        "div": {"scroll"},
        "span": {"file-meta", "file-meta__type", "file-meta__language"},
    },
)


class _Ready(HTMLParser):
    """Hands on what it reads, sound HTML of the sanitiser, with what readers get in addition."""

    def __init__(self, outline, lines):
        super().__init__(convert_charrefs=False)
        self.outline, self.lines = outline, lines
        self.written = []
        self._headings = []  # those that are open: (place of the start tag, words)
        self._links = []  # those that are open: what is written at their end

    def handle_starttag(self, tag, attributes):
        if tag in HEADINGS:
            self._headings.append((len(self.written), []))
        if tag == "a":
            self._open_link(dict(attributes))
        else:
            self.written.append(
                (_scroll_box() if tag == "table" else "") + self.get_starttag_text()
            )

    def handle_endtag(self, tag):
        if tag in HEADINGS:
            self._name_heading(tag, *self._headings.pop())
        if tag == "a":
            self.written.append(self._links.pop())
        else:
            self.written.append(f"</{tag}>" + ("</div>" if tag == "table" else ""))

    def handle_data(self, data):
        self.written.append(data)
        for _place, words in self._headings:
            words.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def _name_heading(self, tag, place, words):
        text = " ".join(unescape("".join(words)).split())
        named = f'<{tag} id="{self.outline.add(text, int(tag[1])).id}"'
        self.written[place] = self.written[place].replace(f"<{tag}", named, 1)

    def _open_link(self, attributes):
        found = DOCUMENT_ADDRESS.match(attributes.get("href") or "")
        if not found:
            start, end = self.get_starttag_text(), "</a>"
        else:
            start, end = _document_link(attributes, self.lines.get(found[1]))
        self.written.append(start)
        self._links.append(end)


def _document_link(attributes, line):
    """What is written before and after the words of a link to a document."""
    if line is None or not (line.main or line.is_withdrawn):
        return "", ""
    meta = render_to_string("components/file_meta.html", {"line": line}).strip()
    if line.main is None:
        return "", f" {meta}"
    start = f"<a{flatatt(attributes | {'href': line.main.url})}>"
    return start, f"</a> {meta}" if meta else "</a>"


def _scroll_box():
    start = '<div class="scroll" tabindex="0" role="region" aria-label="{}">'
    return format_html(start, _("Table"))
