"""What is in a download, read by other libraries than those that have written it."""

import csv
import io
import json

import openpyxl
from odf import opendocument, table, teletype
from odf.namespaces import TABLENS


def rows_of(response, kind):
    """Return the rows of a download as dicts of texts, without what is empty."""
    content = b"".join(response.streaming_content)
    return [{name: cell for name, cell in row.items() if cell} for row in READERS[kind](content)]


def _csv(content):
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def _xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def _ods(content):
    sheet = opendocument.load(io.BytesIO(content)).getElementsByType(table.Table)[0]
    headings, *rows = [_cells(row) for row in sheet.getElementsByType(table.TableRow)]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def _cells(row):
    found = []
    for cell in row.getElementsByType(table.TableCell):
        times = int(cell.attributes.get((TABLENS, "number-columns-repeated"), 1))
        found += [teletype.extractText(cell)] * times
    return found


def _json(content):
    rows = json.loads(content)["rows"]
    return [{name: _joined(value) for name, value in row.items()} for row in rows]


def _joined(value):
    return "; ".join(value) if isinstance(value, list) else value


READERS = {"csv": _csv, "xlsx": _xlsx, "ods": _ods, "json": _json}
