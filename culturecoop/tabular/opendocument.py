"""The XML of an OpenDocument spreadsheet, in the pieces that writing.py puts together."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

from .parsing.places import column_letter

MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = (
    "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "number": "datastyle",
            "config": "config",
            "fo": "xsl-fo-compatible",
        }.items()
    )
    + ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
    + ' xmlns:ooo="http://openoffice.org/2004/office"'
)
MANIFEST = (
    f'{_HEAD}<manifest:manifest manifest:version="1.3"'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_DATE = '<number:year number:style="long"/>' + "".join(
    f'<number:text>-</number:text><number:{part} number:style="long"/>' for part in ("month", "day")
)
# The widest column, in characters.
WIDEST = 50
_WIDTHS = "".join(
    f'<style:style style:name="w{width}" style:family="table-column">'
    f'<style:table-column-properties style:column-width="{width * 0.21:.1f}cm"/></style:style>'
    for width in range(1, WIDEST + 1)
)
CONTENT_START = (
    f'{_HEAD}<office:document-content office:version="1.3"{_NAMES}><office:automatic-styles>'
    f"{_WIDTHS}"
    '<style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    f'<number:date-style style:name="iso">{_DATE}</number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="iso"/>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="wrapped" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
CONTENT_END = "</office:spreadsheet></office:body></office:document-content>"
TABLE_END = "</table:table>"
_BLANK = "<table:table-cell/>"
# White space that XML readers would fold: every blank but the first of a run, and at the ends.
_BLANKS = re.compile(r"^ +|  +| +$")


def table_start(name: str, widths: Iterable[int]) -> str:
    """Return the beginning of a table; `widths` in characters, one for each column."""
    kept = (max(1, min(width, WIDEST)) for width in widths)
    columns = "".join(f'<table:table-column table:style-name="w{width}"/>' for width in kept)
    return f"<table:table table:name={quoteattr(name)}>{columns}"


def hidden_table(name: str, columns: Iterable[Iterable[str]]) -> str:
    """Return a hidden table with these columns of texts."""
    rows = "".join(row(cells) for cells in zip_longest(*columns, fillvalue=""))
    return f'<table:table table:name={quoteattr(name)} table:style-name="hidden">{rows}{TABLE_END}'


def row(
    cells: Iterable, style: str = "", notes: Iterable[str] = (), choices: Iterable[str] = ()
) -> str:
    """Return a row of cells, all of the style called so, with annotations and drop-down lists."""
    style = f' table:style-name="{style}"' if style else ""
    written = "".join(
        _cell(cell, style + _choice(choice), note)
        for cell, note, choice in zip_longest(cells, notes, choices, fillvalue="")
    )
    return f"<table:table-row>{written}</table:table-row>"


def room(number: int, choices: Iterable[str]) -> str:
    """Return empty rows with drop-down lists."""
    cells = "".join(f"<table:table-cell{_choice(choice)}/>" for choice in choices)
    return f'<table:table-row table:number-rows-repeated="{number}">{cells}</table:table-row>'


def validations(choices: Mapping[str, Sequence[str]], table: str) -> str:
    """Return the drop-down lists {name: [text, …]}; their texts are columns of the table."""
    if not choices:
        return ""
    lists = "".join(
        f"<table:content-validation table:name={quoteattr(name)} "
        f"table:condition={quoteattr(_condition(table, column, len(texts)))} "
        'table:allow-empty-cell="true" table:display-list="unsorted">'
        '<table:error-message table:message-type="warning" table:display="true"/>'
        "</table:content-validation>"
        for column, (name, texts) in enumerate(choices.items())
    )
    return f"<table:content-validations>{lists}</table:content-validations>"


def _condition(table, column, number):
    """Return where the list stands: some programs cut lists written here after 255 signs."""
    letter = column_letter(column)
    return f"of:cell-content-is-in-list([${table}.${letter}$1:.${letter}${max(number, 1)}])"


def _choice(name):
    return f" table:content-validation-name={quoteattr(name)}" if name else ""


def settings(names: Iterable[str]) -> str:
    """Return the settings that freeze the first row of each of the tables called so."""
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>"
        '<config:config-item config:name="VerticalSplitMode" config:type="short">2'
        '</config:config-item><config:config-item config:name="VerticalSplitPosition"'
        ' config:type="int">1</config:config-item>'
        '<config:config-item config:name="PositionBottom" config:type="int">1'
        "</config:config-item></config:config-item-map-entry>"
        for name in names
    )
    return (
        f'{_HEAD}<office:document-settings office:version="1.3"{_NAMES}><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _cell(cell, attributes, note=""):
    if cell is None or cell == "":
        return f"<table:table-cell{attributes}/>" if "validation" in attributes else _BLANK
    kind, text = _typed(cell)
    if note:
        note = f"<office:annotation>{_paragraphs(note)}</office:annotation>"
    return f"<table:table-cell{attributes} {kind}>{note}{_paragraphs(text)}</table:table-cell>"


def _typed(cell):
    """Return the attributes that give a cell its type and value, and its text."""
    if isinstance(cell, str):
        return f'office:value-type="string"{_exact(cell)}', cell
    if isinstance(cell, bool):
        value = str(cell).lower()
        return f'office:value-type="boolean" office:boolean-value="{value}"', value.upper()
    if isinstance(cell, datetime.date):
        value = cell.isoformat()
        kind = f'table:style-name="date" office:value-type="date" office:date-value="{value}"'
        return kind, value
    return f'office:value-type="float" office:value="{cell}"', str(cell)


def _exact(text):
    """Return the attribute with a text whose tabs some programs do not read from its paragraphs."""
    return f" office:string-value={quoteattr(text)}" if "\t" in text else ""


def _paragraphs(text):
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))


def _line(line):
    return _BLANKS.sub(_spaces, escape(line)).replace("\t", " ")


def _spaces(match):
    return f'<text:s text:c="{len(match[0])}"/>'
