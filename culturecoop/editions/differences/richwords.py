"""The words of a rich text with their marks: a bold word is another one than a plain one."""

from html.parser import HTMLParser

from .words import WORD, Word

#: What stands inside a line; every other element is a block.
MARKS = {"a", "b", "code", "em", "i", "s", "span", "strong", "sub", "sup", "u"}
EMPTY = {"br", "hr", "img", "wbr"}


def rich_words_of(html: str) -> list[Word]:
    """Return the words of a text of sanitised HTML, with a Word where a block begins."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.words


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self._blocks, self._marks, self._is_begun = [], [], [], False

    def handle_starttag(self, tag, attributes):
        name = " ".join([tag, *(f"{key}={value or ''}" for key, value in sorted(attributes))])
        if tag in EMPTY:
            self._add(["\n" if tag == "br" else f"[{name}]"])
        elif tag in MARKS:
            self._marks.append(name)
        else:
            self._blocks.append(name)
            self._is_begun = False

    def handle_endtag(self, tag):
        opened = self._marks if tag in MARKS else self._blocks
        if opened and opened[-1].partition(" ")[0] == tag:
            opened.pop()
        if tag not in MARKS and tag not in EMPTY:
            self._is_begun = False

    def handle_data(self, data):
        if self._is_begun or data.strip():
            self._add(WORD.findall(data))

    def _add(self, texts):
        if not self._is_begun:
            self.words.append(Word("", block=" ".join(self._blocks) or "p"))
            self._is_begun = True
        marks = tuple(self._marks)
        self.words += [Word(text, marks) for text in texts]
