"""Where the headings of a foreign sheet are, and what its columns are called."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from culturecoop import notations
from culturecoop.tabular.reading import (
    Cell,
    Row,
    Spreadsheet,
    as_text,
    column_letter,
    errors,
    storable,
)

#: The number of a row and its cells.
Numbered = tuple[int, Row]
PEEKED = 50
LONGEST_HEADING = 200


def text_of(cell: Cell) -> str:
    """Return the text of a heading: one line, single blanks."""
    return " ".join(storable(as_text(cell)).split())


def folded(heading: str) -> str:
    """Return the heading to compare: on one line, without case and blanks."""
    return "".join(text_of(heading).split()).casefold()


def named(rows: Sequence[list[Cell]]) -> list[str]:
    """Return a name for each column from the cells of the heading rows, each name once.

    A blank heading is “Column D”, a second one of the same name “Name (2)”. Of several rows the
    texts are joined, “Dates / Signature”, a merged cell's text standing for those right of it.
    The names stand in mappings, so they are the same in every language.
    """
    width = max((len(row) for row in rows), default=0)
    texts = [[text_of(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    for index in range(len(texts) - 2, -1, -1):
        texts[index] = _carried(texts[index], texts[index + 1 :])
    names = []
    for index in range(width):
        parts = list(dict.fromkeys(row[index] for row in texts if row[index]))
        names.append(" / ".join(parts) or f"Column {column_letter(index)}")
    return _unique(names)


def guess(rows: Iterable[Numbered]) -> tuple[int, int]:
    """Return (first, last) row number of the headings, from the first rows [(number, cells)]."""
    rows = list(rows)
    if not rows:
        return 1, 1
    widths = sorted(_filled(cells) for _number, cells in rows)
    usual = widths[len(widths) * 3 // 4]
    for index, (number, cells) in enumerate(rows[:-1]):
        (number_below, below), later = rows[index + 1], rows[index + 2 :]
        is_next = number_below == number + 1
        if _filled(cells) >= max(usual * 0.6, 1) and _looks_like_headings(cells):
            last = number_below if is_next and _goes_on(cells, below, later) else number
            return number, last
        if is_next and _is_group_row(cells, below, later, usual):
            return number, number_below
    return _without_headings(rows, usual)


def table_at(
    spreadsheet: Spreadsheet, sheet: str, heading_rows: tuple[int, int]
) -> tuple[list[str], Iterator[Numbered]]:
    """Return (headings, rows): `heading_rows` are the first and last row number of the headings.

    Rows are (number, cells) as they come, padded to the width of the headings; a row may be
    longer. Raises Unreadable, also late.
    """
    sheet = spreadsheet.sheet(sheet)
    first, last = heading_rows
    rows = iter(spreadsheet.rows(sheet))
    above, start = [], []
    for number, cells in rows:
        if number > last:
            start = [(number, cells)]
            break
        if number >= first:
            above.append(cells)
    if not above:
        reason = "no_row" if start or last > 1 else "no_rows"
        raise errors.unreadable(reason, sheet=sheet, row=first)
    start += islice(rows, PEEKED)
    width = _width(above, start)
    headings = named([row + [""] * (width - len(row)) for row in above])
    padded = ((number, row.widened(width)) for number, row in chain(start, rows))
    return headings, padded


def _width(above, rows):
    """Return the width of the headings, wider where most of the rows below are."""
    width = max(len(cells) for cells in above)
    longer = sorted(len(cells) for _number, cells in rows)
    return max(width, longer[len(longer) // 2]) if longer else width


def _carried(texts, below):
    """Return the texts of a heading row, each also for blank cells right of it with one below."""
    carried, last = [], ""
    for index, text in enumerate(texts):
        last = text or last
        has_below = any(row[index] for row in below)
        carried.append(text or (last if has_below else ""))
    return carried


def _unique(names):
    given, unique = set(names), []
    seen = set()
    for name in names:
        number, fresh = 2, name
        while fresh in seen or (fresh != name and fresh in given):
            fresh, number = f"{name} ({number})", number + 1
        seen.add(fresh)
        unique.append(fresh)
    return unique


def _filled(cells):
    return sum(cell != "" for cell in cells)


def _is_word(cell):
    """Return whether the cell could be a heading: a short text, neither a number nor a date."""
    if not isinstance(cell, str) or not 0 < len(cell.strip()) <= LONGEST_HEADING:
        return False
    text = cell.strip()
    return any(sign.isalpha() for sign in text) and not notations.is_date(text)


def _looks_like_headings(cells):
    words = [text_of(cell) for cell in cells if _is_word(cell)]
    filled = _filled(cells)
    return len(words) >= max(filled * 0.8, 1) and len(set(words)) >= len(words) * 0.7


def _goes_on(cells, below, later):
    """Return whether the row below belongs to the headings: it names what is blank above it."""
    blank = [i for i, cell in enumerate(below) if cell != "" and (i >= len(cells) or not cells[i])]
    words = all(_is_word(cell) for cell in below if cell != "")
    return bool(blank) and words and _differs(below, later)


def _is_group_row(cells, below, later, usual):
    """Return whether the row holds a few texts over a row of headings, as merged cells do."""
    few = 2 <= _filled(cells) < usual and all(_is_word(cell) for cell in cells if cell != "")
    full = _filled(below) >= usual * 0.6 and all(_is_word(cell) for cell in below if cell != "")
    return few and full and _differs(below, later)


def _differs(headings, rows):
    """Return whether some column under the words holds numbers or dates."""
    return any(
        cell != "" and not _is_word(cell)
        for _number, cells in rows
        for heading, cell in zip(headings, cells, strict=False)
        if heading != ""
    )


def _without_headings(rows, usual):
    """Return the first row that is wide enough, as nothing looks like headings."""
    wide = (number for number, cells in rows if _filled(cells) >= usual * 0.6)
    number = next(wide, rows[0][0])
    return number, number
