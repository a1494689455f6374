"""Text that a spreadsheet program would run as a formula, in CSV, where cells have no type.

A program whose separator is another than ours begins new cells, and at line ends new rows, also
inside of quotation marks (OWASP, “CSV Injection”). So writing puts an apostrophe before what would
run, at the beginning of a text and after such a separator; reading removes it. Text that
already looks escaped gets one more, so that every text comes back as it was; other apostrophes
are left alone in both directions. What reads like a value that a program has spoilt (`spoilt.py`)
is marked in the same way.
"""

import re

from . import spoilt

# The last four are the full-width forms, which East Asian versions of Excel run as well.
_RUNS = r"=+\-@＝＋－＠"
_TO_ESCAPE = re.compile(rf"'*[{_RUNS}\t\r\n]")
_ESCAPED = re.compile(rf"'+[{_RUNS}\t\r\n]")
_SEPARATOR = re.compile(r"[;|\t\r\n]")
_TO_ESCAPE_INSIDE = re.compile(rf"([;|\t\r\n])('*[{_RUNS}])")
_ESCAPED_INSIDE = re.compile(rf"([;|\t\r\n])'('*[{_RUNS}])")


def escaped(text: str) -> str:
    """Return the text as a CSV cell of which no program runs anything."""
    if _SEPARATOR.search(text):
        text = _TO_ESCAPE_INSIDE.sub(r"\1'\2", text)
    return "'" + text if _TO_ESCAPE.match(text) or spoilt.reason(text.lstrip("'")) else text


def unescaped(cell: str) -> str:
    """Return the text that `escaped` was given."""
    is_escaped = _ESCAPED.match(cell) or (cell[:1] == "'" and spoilt.reason(cell.lstrip("'")))
    text = cell[1:] if is_escaped else cell
    return _ESCAPED_INSIDE.sub(r"\1\2", text)
