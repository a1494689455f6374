"""The XML of an OpenDocument spreadsheet, in the pieces that writing.py puts together."""

import datetime
import re
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

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
CONTENT_START = (
    f'{_HEAD}<office:document-content office:version="1.3"{_NAMES}><office:automatic-styles>'
    '<style:style style:name="narrow" style:family="table-column">'
    '<style:table-column-properties style:column-width="3cm"/></style:style>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="9cm"/></style:style>'
    f'<number:date-style style:name="iso">{_DATE}</number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="iso"/>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
CONTENT_END = "</office:spreadsheet></office:body></office:document-content>"
TABLE_END = "</table:table>"
_BLANK = "<table:table-cell/>"
# From how many characters a column gets the wide style.
_WIDE = 30
# White space that XML readers would fold: every blank but the first of a run, and at the ends.
_BLANKS = re.compile(r"^ +|  +| +$")


def table_start(name, widths):
    """The beginning of a table; `widths` in characters, one for each column."""
    styles = ("wide" if width >= _WIDE else "narrow" for width in widths)
    columns = "".join(f'<table:table-column table:style-name="{style}"/>' for style in styles)
    return f"<table:table table:name={quoteattr(name)}>{columns}"


def row(cells, style="", notes=(), choices=()):
    """A row of cells, all of the style called so, with annotations and drop-down lists."""
    style = f' table:style-name="{style}"' if style else ""
    written = "".join(
        _cell(cell, style + _choice(choice), note)
        for cell, note, choice in zip_longest(cells, notes, choices, fillvalue="")
    )
    return f"<table:table-row>{written}</table:table-row>"


def room(number, choices):
    """Empty rows with drop-down lists."""
    cells = "".join(f"<table:table-cell{_choice(choice)}/>" for choice in choices)
    return f'<table:table-row table:number-rows-repeated="{number}">{cells}</table:table-row>'


def validations(choices):
    """The drop-down lists {name: [text, …]} that the sheets have."""
    if not choices:
        return ""
    lists = "".join(
        f"<table:content-validation table:name={quoteattr(name)} "
        f"table:condition={quoteattr(_condition(texts))} "
        'table:allow-empty-cell="true" table:display-list="unsorted">'
        '<table:error-message table:message-type="warning" table:display="true"/>'
        "</table:content-validation>"
        for name, texts in choices.items()
    )
    return f"<table:content-validations>{lists}</table:content-validations>"


def _condition(texts):
    quoted = ";".join('"{}"'.format(text.replace('"', '""')) for text in texts)
    return f"of:cell-content-is-in-list({quoted})"


def _choice(name):
    return f" table:content-validation-name={quoteattr(name)}" if name else ""


def settings(names):
    """The settings that freeze the first row of each of the tables called so."""
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
    """The attributes that give a cell its type and value, and its text."""
    if isinstance(cell, str):
        return 'office:value-type="string"', cell
    if isinstance(cell, bool):
        value = str(cell).lower()
        return f'office:value-type="boolean" office:boolean-value="{value}"', value.upper()
    if isinstance(cell, datetime.date):
        value = cell.isoformat()
        kind = f'table:style-name="date" office:value-type="date" office:date-value="{value}"'
        return kind, value
    return f'office:value-type="float" office:value="{cell}"', str(cell)


def _paragraphs(text):
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))


def _line(line):
    line = _BLANKS.sub(_spaces, escape(line))
    return line.replace("\t", "<text:tab/>")


def _spaces(match):
    return f'<text:s text:c="{len(match[0])}"/>'
