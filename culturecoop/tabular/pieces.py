"""A sheet in pieces, as its rows come: whoever reads it does so while it is written.

CSV and JSON alone: a workbook is a ZIP, which is written as a whole (`writing.py`).
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .writing import CsvWriter

JSON = "json"
JSON_TYPE = "application/json"
Portions = Iterable[Sequence[Sequence]]


def csv_pieces(headings: Sequence[str], portions: Portions) -> Iterator[bytes]:
    """Yield a CSV file, a piece for each portion of rows; the headings come first."""
    file = io.BytesIO()
    with CsvWriter(file) as writer:
        writer.add_sheet("", headings, ())
        writer.text.flush()
        yield _taken(file)
        for rows in portions:
            writer.add_rows(rows)
            writer.text.flush()
            yield _taken(file)


def json_pieces(about: Mapping, headings: Sequence[str], portions: Portions) -> Iterator[bytes]:
    """Yield an object with all that is said `about` the rows, and the rows as objects.

    What a row has nothing in, it does not name.
    """
    yield json_text({**about, "rows": []}).removesuffix("]}").encode()
    between = "\n"
    for rows in portions:
        written = [json_text(_named(headings, row)) for row in rows]
        if written:
            yield (between + ",\n".join(written)).encode()
            between = ",\n"
    yield b"\n]}\n"


def _named(headings, row):
    return {name: cell for name, cell in zip(headings, row, strict=True) if cell}


def json_text(value: object) -> str:
    """Return a value in JSON, in the letters that people read."""
    return json.dumps(value, ensure_ascii=False)


def _taken(file):
    """Return what was written since the last time."""
    found = file.getvalue()
    file.seek(0)
    file.truncate()
    return found
