"""What comes in with the clipboard: of word processors, mail and web pages, to the public page.

`clipboard/` holds, for each program, what it puts on the clipboard, and what readers get of it.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .test_blocks import PAGES, save

FOLDER = Path(__file__).parent / "clipboard"
SAMPLES = sorted(path for path in FOLDER.glob("*.html") if ".expected" not in path.name)
BOX = "#strategy_text_set-0 [contenteditable=true]"

GIVE = """(box, [type, html, plain]) => {
    const data = new DataTransfer()
    if (html) data.setData("text/html", html)
    data.setData("text/plain", plain)
    const made = {bubbles: true, cancelable: true}
    if (type === "paste") {
        box.dispatchEvent(new ClipboardEvent("paste", {...made, clipboardData: data}))
    } else {
        const { left, bottom } = box.lastElementChild.getBoundingClientRect()
        const place = {clientX: left + 1, clientY: bottom - 4}
        box.dispatchEvent(new DragEvent("drop", {...made, ...place, dataTransfer: data}))
    }
}"""
# The preview adds ids to headings, and a box around a table.
SHOWN = """(text) => {
    for (const box of text.querySelectorAll(".scroll")) box.replaceWith(...box.childNodes)
    for (const heading of text.querySelectorAll("[id]")) heading.removeAttribute("id")
    return text.innerHTML
}"""


def compact(html):
    """The HTML without the blanks between its blocks."""
    return re.sub(r"\s*(</?(?:p|h2|h3|[uo]l|li|table|tbody|tr|t[hd]|blockquote)\b[^>]*>)\s*", r"\1",
                  html).strip()  # fmt: skip


@pytest.fixture
def opened(sign_in, draft):
    """The form of a draft, with the cursor in its text."""
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    page.locator(BOX).click()
    return page


def give(page, html, *, type="paste", plain="plain"):
    page.locator(BOX).evaluate(GIVE, [type, html, plain])


def shown(page, draft):
    save(page)
    page.goto(f"{PAGES}{draft.pk}/preview/")
    text = page.locator(".richtext")
    expect(text).to_be_visible()
    return compact(text.evaluate(SHOWN))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_was_there_comes_out(opened, draft, sample):
    opened.keyboard.press("Control+a")
    give(opened, sample.read_text(encoding="utf-8"))
    found = shown(opened, draft)
    expected = sample.with_suffix(".expected.html").read_text(encoding="utf-8")
    assert found == compact(expected)
    assert opened.faults == []


DOCS = '\n<b style="font-weight:normal" id="docs-internal-guid-1"><span style="{}">{}</span></b>\n'


def inside(page):
    """The HTML of the box as it is now."""
    return page.locator(BOX).inner_html()


def test_words_come_in_where_the_cursor_stands_and_it_goes_on_behind_them(opened, draft):
    opened.keyboard.press("End")
    give(opened, DOCS.format("font-weight:700", " and <i>five</i>"))
    opened.keyboard.type("!")
    assert shown(opened, draft) == "<p>Four<strong> and <em>five!</em></strong></p>"


def test_one_undo_takes_back_all_that_was_pasted(opened):
    before = inside(opened)
    opened.keyboard.press("End")
    give(opened, (FOLDER / "word-lists.html").read_text(encoding="utf-8"))
    assert "first number" in inside(opened)
    opened.keyboard.press("Control+z")
    assert inside(opened) == before
    assert opened.faults == []


def test_a_list_alone_keeps_its_number_in_an_empty_text(opened, draft):
    opened.keyboard.press("Control+a")
    opened.keyboard.press("Delete")
    give(opened, '<ol start="4" type="a"><li>fourth</li></ol>')
    found = shown(opened, draft)
    assert found == '<ol data-type="lower-alpha" start="4" type="a"><li><p>fourth</p></li></ol>'


LISTS = {
    '<ol><li value="7">a</li><li>b</li><li value="12">c</li></ol>': ["7 ab", "12 c"],
    '<ol reversed start="3"><li>a</li><li>b</li></ol>': ["3 a", "2 b"],
    "<ol reversed><li>a</li><li>b</li></ol>": ["2 a", "1 b"],
    '<ol start="2"><li value="2">a</li><li value="3">b</li></ol>': ["2 ab"],
    '<ol start="2"><li value="x" data-number="y">a</li><li>b</li></ol>': ["2 ab"],
    '<ol><li>a<ol><li value="4">b</li><li value="6">c</li></ol></li><li value="5">d</li></ol>': [
        "1 abc", "4 b", "6 c", "5 d",
    ],
}  # fmt: skip


@pytest.mark.parametrize("pasted", LISTS)
def test_no_item_of_a_list_gets_another_number(opened, draft, pasted):
    """A list whose numbers jump becomes several."""
    opened.keyboard.press("Control+a")
    give(opened, pasted)
    shown(opened, draft)
    lists = opened.locator(".richtext ol").evaluate_all(
        "lists => lists.map(list => `${list.start} ${list.textContent.replace(/\\s/g, '')}`)"
    )
    assert lists == LISTS[pasted]


def test_what_is_dropped_is_read_in_the_same_way(opened, draft):
    give(opened, DOCS.format("font-style:italic", "Dropped "), type="drop")
    assert "<em>Dropped </em>" in shown(opened, draft)
    assert opened.faults == []


def test_what_the_box_itself_has_copied_is_left_alone(opened, draft):
    opened.keyboard.press("End")
    give(opened, '<p data-pm-slice="1 1 []">, <b>five</b>&nbsp; <a href="#why">six</a></p>')
    assert shown(opened, draft) == (
        '<p>Four, <strong>five</strong>&nbsp; <a href="#why">six</a></p>'
    )  # fmt: skip


def test_text_without_marks_is_pasted_as_it_is(opened, draft):
    opened.keyboard.press("Control+a")
    give(opened, "", plain="(a) <b>one</b>\n(b) two")
    assert shown(opened, draft) == "<p>(a) &lt;b&gt;one&lt;/b&gt;</p><p>(b) two</p>"


def test_without_formatting_none_comes_in(opened, draft):
    """Ctrl+Shift+V: the browser says so by the key that is held."""
    opened.keyboard.press("Control+a")
    opened.keyboard.down("Shift")
    give(opened, "<p><b>bold</b></p>", plain="bold")
    opened.keyboard.up("Shift")
    assert shown(opened, draft) == "<p>bold</p>"


def test_after_a_fault_the_editor_reads_what_was_there(opened, draft):
    opened.evaluate("() => { DOMParser.prototype.parseFromString = () => { throw Error('away') } }")
    opened.keyboard.press("Control+a")
    give(opened, "<p>Some <b>bold</b> text</p>")
    assert shown(opened, draft) == "<p>Some <strong>bold</strong> text</p>"
    assert opened.faults == []


def test_numbers_are_drawn_as_they_were_pasted(opened, draft):
    """In the box, and for readers: (a), (i), A) and I."""
    opened.keyboard.press("Control+a")
    give(opened, (FOLDER / "word-lists.html").read_text(encoding="utf-8"))
    drawn = "lists => lists.map(list => getComputedStyle(list).listStyleType)"
    types = [
        *("lower-alpha-in-brackets", "lower-roman-in-brackets", "decimal", "decimal"),
        *("lower-alpha-in-brackets", "upper-alpha-with-bracket", "upper-roman", "decimal"),
    ]
    assert opened.locator(f"{BOX} ol").evaluate_all(drawn)[:8] == types
    shown(opened, draft)
    assert opened.locator(".richtext ol").evaluate_all(drawn)[:8] == types


SAFE = "https://eur01.safelinks.protection.outlook.com/?url="
DEFENSE = "https://urldefense.com/"
POINT = "https://urldefense.proofpoint.com/"
LINKS = {
    "https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D": "https://example.org/a?b=1",
    "https://www.google.co.uk/url?sa=t&url=https://example.org/": "https://example.org/",
    "https://www.google.com/search?q=https://example.org/": "",
    f"{SAFE}https%3A%2F%2Fexample.org%2F%3Futm_source%3Da": "https://example.org/?utm_source=a",
    f"{SAFE}https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fexample.org%252F": (
        "https://example.org/"
    ),
    f"{SAFE}javascript:alert(1)": "",
    f"{DEFENSE}v3/__https://example.org/a?b=1*c__;Iw!!AbC!d$": "https://example.org/a?b=1#c",
    f"{DEFENSE}v3/__https:/example.org/a**Ab__;w6nDqA!!AbC!d$": "https://example.org/a%C3%A9%C3%A8b",
    f"{DEFENSE}v3/__https://example.org/a*20b__;JQ!!AbC!d$": "https://example.org/a%20b",
    f"{DEFENSE}v3/__javascript:alert(1)__;!!AbC!d$": "",
    f"{DEFENSE}v3/__https://example.org/a": "",
    f"{POINT}v2/url?u=https-3A__example.org_a-3Fb-3D1-26c-2Dd&d=DwMF&c=x": (
        "https://example.org/a?b=1&c-d"
    ),
    f"{POINT}v2/url?u=https-3A__example.org_100-25ZZ-ZZ&d=DwMF": "",
    f"{POINT}v1/url?u=https://example.org/a&k=x": "https://example.org/a",
    f"{SAFE}https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fexample.org%2F__%3B!!a%24": (
        "https://example.org/"
    ),
    "https://www.linkedin.com/safety/go?url=https%3A%2F%2Fexample.org": "https://example.org",
    "https://www.youtube.com/redirect?q=https%3A%2F%2Fexample.org": "https://example.org",
    "https://example.org/url?q=https://example.com/": "",
    "https://notgoogle.example/url?q=https://example.com/": "",
    " https://example.org/a\n b ": "https://example.org/a%20b",
    "//example.org/a": "https://example.org/a",
    "/agreements/korea/": "",
    "mailto:ada@example.org": "",
    **dict.fromkeys(["file:///C:/a.docx", "javascript:x()", "JaVaScRiPt:x()", "data:,x", "a.htm"]),
    **dict.fromkeys(["#_Toc1", "tel:1", "ftp://example.org/", "", "https:", "mailto:"]),
}


def test_addresses_of_links(opened):
    """What each becomes: another address, "" when it stays, None when the link goes."""
    found = opened.evaluate(
        """async addresses => {
            const { addressOf } = await import("/static/admin_site/paste/links.js")
            return addresses.map(addressOf)
        }""",
        list(LINKS),
    )
    expected = [address if stays == "" and address else stays for address, stays in LINKS.items()]
    assert found == expected


NUMBERS = {
    "1.": ["decimal 1"],
    "12": ["decimal 12"],
    "(3)": ["decimal-in-brackets 3"],
    "b)": ["lower-alpha-with-bracket 2"],
    "C.": ["upper-alpha 3"],
    "iv.": ["lower-roman 4"],
    "XXXIX)": ["upper-roman-with-bracket 39"],
    "(i)": ["lower-roman-in-brackets 1", "lower-alpha-in-brackets 9"],
    "(l)": ["lower-alpha-in-brackets 12"],
    **{mark: [] for mark in ("o", "·", "1.1.", "Article 1", "(iiii)", "Iv.", "", "()", "§ 2")},
}


def test_numbers_before_items(opened):
    found = opened.evaluate(
        """async marks => {
            const { numbersIn } = await import("/static/admin_site/paste/numerals.js")
            return marks.map(mark => numbersIn(mark).map(({ type, number }) => `${type} ${number}`))
        }""",
        list(NUMBERS),
    )
    assert dict(zip(NUMBERS, found, strict=True)) == NUMBERS
