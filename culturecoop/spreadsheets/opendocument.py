"""The XML of an OpenDocument spreadsheet, in the pieces that writing.py puts together."""

import datetime
import re
from xml.sax.saxutils import escape, quoteattr

MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "".join(
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
# From how many characters a column gets the wide style.
_WIDE = 30
# White space that XML readers would fold: every blank but the first of a run, and at the ends.
_BLANKS = re.compile(r"^ +|  +| +$")


def table_start(name, widths):
    """The beginning of a table; `widths` in characters, one for each column."""
    styles = ("wide" if width >= _WIDE else "narrow" for width in widths)
    columns = "".join(f'<table:table-column table:style-name="{style}"/>' for style in styles)
    return f"<table:table table:name={quoteattr(name)}>{columns}"


def row(cells, style=""):
    """A row of cells, all of the style called so."""
    style = f' table:style-name="{style}"' if style else ""
    return f"<table:table-row>{''.join(_cell(cell, style) for cell in cells)}</table:table-row>"


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


def _cell(cell, style):
    if cell is None or cell == "":
        return "<table:table-cell/>"
    kind, text = _typed(cell)
    return f"<table:table-cell{style} {kind}>{_paragraphs(text)}</table:table-cell>"


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
