"""Rich text made ready for readers: it reads as it was stored, and holds nothing beyond."""

from html.parser import HTMLParser

from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.documents.lines import DocumentLine, FileLine
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.richtext import sanitized
from strategy.outline import Outline, finished, ready

EVERYWHERE = {"lang", "title"}
ALLOWED = {
    "a": {"href", "rel", "hreflang"},
    "blockquote": {"dir"}, "br": set(), "em": set(), "li": set(), "p": {"dir"}, "strong": set(),
    "sub": set(), "sup": set(), "table": {"dir"}, "tbody": set(), "thead": set(), "tr": set(),
    "ul": {"dir"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "h2": {"id", "dir"},
    "h3": {"id", "dir"},
    "ol": {"start", "type", "data-type", "dir"},
    "span": {"class"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan"},
}  # fmt: skip

TAGS = [
    *ALLOWED, "h1", "script", "style", "svg", "math", "mi", "mtext", "mglyph", "annotation-xml",
    "foreignObject", "desc", "title", "textarea", "noscript", "iframe", "template", "select",
    "option", "form", "img", "input", "plaintext", "xmp", "noembed", "frameset", "caption", "col",
    "button", "body", "html", "base", "meta", "link", "object", "embed", "details",
]  # fmt: skip
ATTRIBUTES = [
    "", ' id="x"', ' class="scroll"', ' class="file-meta evil"', ' style="color:red"',
    ' onclick="x()"', ' href="/documents/report/"', ' href="/documents/none/"',
    ' href="javascript:x()"', ' href="//evil.example"', ' href="www.example.org"',
    ' href="/a/?b=c&amp;d"', ' title="<b>&quot;"', ' tabindex="5"', ' role="alert"',
    ' aria-label="x"', ' lang="de"', ' src=x onerror=x()', ' xlink:href="javascript:x()"',
    ' encoding="text/html"', ' colspan="2"', ' start="3"', ' dir="rtl"', " a=`", ' href="/admin/"',
]  # fmt: skip
SEEDS = [
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=x()>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
    "<noscript><p title='</noscript><img src=x onerror=x()>'>",
    "<![CDATA[<img src=x onerror=x()>]]>", "<!--><img src=x onerror=x()>-->", "<!--", "-->", "<!",
    "<?xml version='1.0' encoding='utf-16'?>", "&lt;img src=x onerror=x()&gt;", "&amp;lt;b&amp;gt;",
    "&nbsp;", "&#60;script&#62;", "&#x3c;", "&lt", "&", "<", ">", '"', "'", "`", "</", "<a", "<a ",
    "\x0b\x0c", "\x85", "\u2028", "\ufeff", "\ufffe", "𝔘", "<table>a<td>b", "<a><table><a>c",
    "<h2><strong><h3>d", "<p><p>", "<li><ul>", "<scr<script>ipt>", "</div></div></article>",
]  # fmt: skip

pieces = st.one_of(
    st.sampled_from(SEEDS),
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8),
)
nasty = st.lists(pieces, max_size=25).map("".join)


class Reader(HTMLParser):
    """What a text says: its words, its links, its elements with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.words, self.elements = "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.elements.append(("a comment", {}))

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def links(self):
        return [attributes.get("href") for tag, attributes in self.elements if tag == "a"]


def line_of(slug):
    """A document with files of the reader and in a foreign language."""
    document = Document(slug=slug, title="<The report>", source_language="en")
    files = [
        DocumentFile(document=document, language=code, extension="pdf", size=5_000)
        for code in ("en", "fr")
    ]
    return DocumentLine(document, [FileLine(f, f.get_absolute_url()) for f in files])


@given(nasty)
def test_what_is_rendered_reads_as_what_was_stored(text):
    stored, rendered = sanitized(text), ready(text, Outline(), {})

    links = [link for link in Reader(stored).links if not (link or "").startswith("/documents/")]
    assert Reader(rendered).words == Reader(stored).words
    assert Reader(rendered).links == links
    assert sanitized(stored) == stored


@given(nasty)
def test_nothing_comes_after_the_sanitiser_and_nothing_is_beyond_its_list(text):
    rendered = ready(text, Outline(), {"report": line_of("report")})

    assert isinstance(rendered, SafeString)
    assert finished(rendered) == rendered
    for tag, attributes in Reader(rendered).elements:
        assert tag in ALLOWED
        assert set(attributes) <= ALLOWED[tag] | EVERYWHERE
        assert (attributes.get("href") or "/").startswith(("/", "https://"))
        assert set((attributes.get("class") or "scroll").split()) <= {
            "scroll", "file-meta", "file-meta__type", "file-meta__language",
        }  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
def test_plain_words_stay_words(words):
    """Text before the first element too: it is text, whatever is in it."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    rendered = ready(f"{escaped}<p>and</p>", Outline(), {})
    assert Reader(rendered).words == f"{words}and"
    assert [tag for tag, _attributes in Reader(rendered).elements] == ["p"]


def test_a_link_to_a_document_says_what_its_files_are():
    text = '&lt;b&gt; <a href="/documents/report/" title="T">Our &amp; <em>r</em></a>, so'

    rendered = ready(text, Outline(), {"report": line_of("report")})
    assert " ".join(rendered.split()) == (
        '&lt;b&gt; <a href="/documents/report/en" title="T">Our &amp; <em>r</em></a> '
        '<span class="file-meta"><span class="file-meta__type">PDF – 5 KB</span> '
        '<a href="/documents/report/fr" lang="fr" hreflang="fr">français (fr)</a></span>, so'
    )


def test_tables_scroll_and_headings_have_names():
    text = "<h2>One &amp; <em>two</em></h2><h3>One</h3><table><tbody></tbody></table>"
    outline = Outline()

    rendered = ready(text, outline, {})
    assert '<h2 id="one-two">One &amp; <em>two</em></h2><h3 id="one">' in rendered
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>' in rendered
    assert [heading.text for heading in outline.headings] == ["One & two", "One"]


def test_numbers_of_lists_and_the_direction_of_writing_reach_readers():
    text = (
        '<h2 dir="rtl">a</h2><p dir="rtl">b</p><ol dir="rtl" data-type="lower-alpha-in-brackets" '
        'start="4"><li><p>c</p></li></ol><ol data-type="lower-roman" type="i"><li>d</li></ol>'
    )
    assert sanitized(text) == text
    assert ready(text, Outline(), {}) == text.replace("<h2", '<h2 id="a"')


def test_what_is_nested_deeply_is_there_to_the_last_word():
    deep = "<ol><li>" * 2_000 + "deep"

    assert "deep" in ready(deep, Outline(), {})
