"""Spreadsheet files made by hand, for the reading tests."""

import zipfile

from xlsxwriter import Workbook

from culturecoop.tabular import opendocument

SHEET_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text_file(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def workbook(path, sheets):
    """An XLSX with {name: rows}; a name beginning with "-" is a hidden sheet."""
    book = Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.lstrip("-"))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name.startswith("-"):
            sheet.hide()
        else:
            sheet.activate()
            sheet.set_first_sheet()
    book.close()
    return path


def raw_xlsx(path, sheet_data, extra=None):
    """An XLSX whose <sheetData> is given as XML."""
    base = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{base}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{base}/relationships"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {SHEET_NS} xmlns:r="{REL}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{base}/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {SHEET_NS}>"
        f"<sheetData>{sheet_data}</sheetData></worksheet>",
    } | (extra or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def raw_ods(path, table, *, mimetype=True, head="", name="Data"):
    """An ODS with one table whose rows are given as XML."""
    start = opendocument.CONTENT_START.replace("<office:doc", f"{head}<office:doc", 1)
    start = start.replace(" xmlns:fo=", ' xmlns:calcext="urn:calcext" xmlns:fo=')
    with zipfile.ZipFile(path, "w") as package:
        if mimetype:
            package.writestr("mimetype", opendocument.MIME_TYPE)
        package.writestr("META-INF/manifest.xml", opendocument.MANIFEST)
        content = f'<table:table table:name="{name}">{table}</table:table>'
        package.writestr("content.xml", start + content + opendocument.CONTENT_END)
    return path
