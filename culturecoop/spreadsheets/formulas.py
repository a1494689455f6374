"""Text that a spreadsheet program would run as a formula, in CSV, where cells have no type.

Writing puts an apostrophe before such text, reading takes it away. Text that already looks
escaped gets one more, so that every text comes back as it was; other leading apostrophes are
left alone in both directions.
"""

import re

# The last four are the full-width forms, which East Asian versions of Excel run as well.
_RUNS = r"[=+\-@\t\r\n＝＋－＠]"
_TO_ESCAPE = re.compile(f"'*{_RUNS}")
_ESCAPED = re.compile(f"'+{_RUNS}")


def escaped(text):
    """The text as a CSV cell that is never run."""
    return "'" + text if _TO_ESCAPE.match(text) else text


def unescaped(cell):
    """The text that `escaped` was given."""
    return cell[1:] if _ESCAPED.match(cell) else cell
