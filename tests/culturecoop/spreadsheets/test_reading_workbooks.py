"""Workbooks, read in a process of their own, also hostile ones."""

import contextlib
import datetime
import io
import struct
import time
import zipfile

import pytest

from culturecoop.spreadsheets.reading import (
    Fault,
    Unreadable,
    faults,
    open_spreadsheet,
    packages,
    table,
    worker,
    xlsfaults,
)

from .making import raw_ods, raw_xlsx, workbook


def cell(place, content, kind=""):
    return f'<row r="{place[1:]}"><c r="{place}"{kind}>{content}</c></row>'


def test_typed_cells_and_sheets(tmp_path):
    sheets = {
        "-Hidden": [["secret"]],
        "Agreements": [["a", 2007.0, 1.5, True], [], ["", "007"]],
        "Dates": [["d"]],
    }
    spreadsheet = open_spreadsheet(workbook(tmp_path / "a.xlsx", sheets))
    assert spreadsheet.sheets == ["Agreements", "Dates", "Hidden"]
    assert spreadsheet.hidden == ["Hidden"]
    rows = list(spreadsheet.rows())
    assert rows == [(1, ["a", 2007, 1.5, True]), (3, ["", "007"])]
    assert type(rows[0][1][1]) is int
    assert list(spreadsheet.rows("Hidden")) == [(1, ["secret"])]


def test_a_table_that_begins_in_the_middle(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", cell("C4", "<v>5</v>"))
    assert list(open_spreadsheet(path).rows()) == [(4, ["", "", 5])]


def test_errors_and_formulas_without_result_are_no_blanks(tmp_path):
    data = (
        cell("A1", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"')
        + cell("B2", "<f>A1+1</f>")
        + cell("A3", "<f>1+1</f><v>2</v>")
        + cell("D4", "<v>#N/A</v>", " t='e'")
    )
    rows = list(open_spreadsheet(raw_xlsx(tmp_path / "a.xlsx", data)).rows())
    assert rows == [(1, ["#DIV/0!"]), (2, ["", "="]), (3, [2]), (4, ["", "", "", "#N/A"])]
    assert isinstance(rows[0][1][0], Fault)
    assert "stored result" in str(rows[1][1][1].message)
    with pytest.raises(Unreadable, match="heading of column A"):
        table(open_spreadsheet(tmp_path / "a.xlsx"))


def test_errors_in_ods(tmp_path):
    error = (
        '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    )
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    many = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    rows = f"<table:table-row>{blank}{error}</table:table-row>"
    path = raw_ods(tmp_path / "a.ods", many + rows)
    [(number, cells)] = open_spreadsheet(path).rows()
    assert (number, cells) == (4, ["", "", "#REF!"])
    assert isinstance(cells[2], Fault)


def test_tabs_breaks_and_indentation_in_ods(tmp_path):
    table_xml = """
    <table:table-row>
        <table:table-cell office:value-type="string">
            <text:p>a<text:tab/>b<text:line-break/>c</text:p>
            <text:p>d</text:p>
        </table:table-cell>
    </table:table-row>"""
    path = raw_ods(tmp_path / "a.ods", table_xml, mimetype=False)
    assert list(open_spreadsheet(path).rows()) == [(1, ["a\tb\nc\nd"])]


def test_entities_are_refused(tmp_path):
    head = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with pytest.raises(Unreadable, match="damaged"):
        open_spreadsheet(raw_ods(tmp_path / "a.ods", "", head=head))


def test_a_cell_far_away_ends_the_reading_process_only(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = cell("A1", "<v>1</v>") + far
    start = time.monotonic()
    with pytest.raises(Unreadable, match=r"memory|rows|columns"):
        list(open_spreadsheet(raw_xlsx(tmp_path / "a.xlsx", data)).rows())
    assert time.monotonic() - start < 10


def test_a_small_far_cell_is_named(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="XFD1"><v>1</v></c></row>')
    with pytest.raises(Unreadable, match="cell XFD1"):
        list(open_spreadsheet(path).rows())


def test_a_zip_bomb_is_seen_in_its_directory(tmp_path):
    bomb = {"xl/media/zeros.bin": b"\0" * 2**20 * 40}
    path = raw_xlsx(tmp_path / "a.xlsx", "", extra=bomb)
    assert path.stat().st_size < 200_000
    from django.test import override_settings

    with (
        override_settings(SPREADSHEET_MAX_UNPACKED_BYTES=20 * 2**20),
        pytest.raises(Unreadable, match="unpacks to 40 MB"),
    ):
        open_spreadsheet(path)


def test_a_million_rows_of_nothing(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"/>' * 1_000_000)
    with contextlib.suppress(Unreadable):
        assert list(open_spreadsheet(path).rows()) == []


def test_time_is_limited(tmp_path, settings):
    settings.SPREADSHEET_MAX_SECONDS = 0
    with pytest.raises(Unreadable, match="within 0 seconds"):
        open_spreadsheet(workbook(tmp_path / "a.xlsx", {"A": [["x"]]}))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"word/document.xml": "<a/>"}, "DOCX"),
        ({"xl/workbook.bin": "x"}, "XLSB"),
        ({"data.csv": "a,b"}, "ZIP"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "Open"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "damaged"),
    ],
)
def test_other_packages_are_named(tmp_path, entries, message):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in entries.items():
            package.writestr(name, content)
    with pytest.raises(Unreadable, match=message):
        open_spreadsheet(path)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"\0" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_broken_containers(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="damaged"):
        open_spreadsheet(path)


def test_cut_off_workbook(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"A": [["x"] * 50] * 50})
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(Unreadable, match="damaged"):
        open_spreadsheet(path)


def test_stopping_early_ends_the_process(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"A": [[n] for n in range(20_000)]})
    rows = open_spreadsheet(path).rows()
    assert next(rows) == (1, [0])
    rows.close()


# The parts that run in the reading process, called here where they can be measured


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def test_error_cells_of_biff():
    name = b"Data"
    sheet_head = struct.pack("<IBB", 0, 0, 0) + bytes([len(name), 0]) + name
    head = (
        record(0x809, struct.pack("<HH", 0x600, 5)) + record(0x85, sheet_head) + record(0x0A, b"")
    )
    head = head.replace(
        struct.pack("<I", 0) + b"\0\0\x04", struct.pack("<I", len(head)) + b"\0\0\x04"
    )
    place = struct.pack("<HHH", 6, 2, 0)
    cells = (
        record(0x205, place + b"\x2a\x01")
        + record(0x205, place + b"\x01\x00")
        + record(0x06, place + b"\x02\0\x07\0\0\0\xff\xff" + b"\0" * 8)
        + record(0x06, place + struct.pack("<d", 4.5) + b"\0" * 8)
    )
    stream = head + cells + record(0x0A, b"")
    start = xlsfaults._sheet_start(stream, "Data")
    codes = [xlsfaults._error_code(*found) for found in xlsfaults._records(stream, start)]
    assert [code for code in codes if code is not None] == [0x2A, 0x07]
    assert xlsfaults._sheet_start(stream, "Other") is None


def test_cells_are_found_across_pieces(monkeypatch):
    cells = "".join(f'<c r="A{n}" t="e"><v>#N/A</v></c>' for n in range(1, 200))
    for size in (40, 97, 1000):
        monkeypatch.setattr(faults, "CHUNK", size)
        found = list(faults._in_xml(io.BytesIO(cells.encode())))
        assert [row for row, _column, _fault in found] == list(range(1, 200))
        prefixed = cells.replace("<c ", "<x:c ").replace("</c>", "</x:c>").encode()
        assert len(list(faults._in_xml(io.BytesIO(prefixed)))) == 199


def test_inspection_names_the_kind(tmp_path):
    path = raw_xlsx(tmp_path / "a", "")
    assert packages.inspect(path, 2**20) == "xlsx"
    assert packages.inspect(raw_ods(tmp_path / "b", ""), 2**20) == "ods"
    with pytest.raises(packages.Refused) as refusal:
        packages.inspect(path, 10)
    assert refusal.value.code == "unpacked"


def said(path, index=0, most=2**30):
    """What the reading process says of a file, put together."""
    found = {"rows": []}
    for message in worker.messages(str(path), index, most):
        found["rows"] += message.pop("rows", [])
        found |= message
    return found


def test_the_reader_tells_sheets_and_rows(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"A": [["x", 1.0, True]] * 450, "-B": [["y"]]})
    found = said(path)
    assert found["sheets"] == [["A", True], ["B", False]]
    assert len(found["rows"]) == 450
    assert found["rows"][-1] == [450, ["x", 1, True]]
    assert found["end"]
    assert said(path, -1)["rows"] == []


def test_the_reader_finds_faults(tmp_path):
    data = cell("B2", "<v>#N/A</v>", ' t="e"') + cell("A9", "<f>B2</f>")
    found = said(raw_xlsx(tmp_path / "a.xlsx", data))
    assert found["rows"] == [[2, ["", {"e": "#N/A"}]], [9, [{"f": "="}]]]
    error = (
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
    )
    found = said(raw_ods(tmp_path / "a.ods", error))
    assert found["rows"] == [[1, ["", "", {"e": "#REF!"}]]]


def test_the_reader_mends_ods(tmp_path):
    tab = (
        '<table:table-row><table:table-cell office:value-type="string">'
        "<text:p>a<text:tab/>b<text:line-break/>c</text:p></table:table-cell></table:table-row>"
    )
    assert said(raw_ods(tmp_path / "a.ods", tab))["rows"] == [[1, ["a\tb\nc"]]]
    indented = tab.replace("><table", ">\n <table").replace("<text:tab/>", " ")
    indented = indented.replace("<text:line-break/>", "").replace("</text:p>", "</text:p>\n")
    path = raw_ods(tmp_path / "b.ods", indented, mimetype=False)
    assert said(path)["rows"] == [[1, ["a bc"]]]


def test_the_reader_refuses(tmp_path, monkeypatch):
    path = raw_xlsx(tmp_path / "a.xlsx", "")
    assert said(path, most=10)["refused"] == "unpacked"
    broken = raw_xlsx(tmp_path / "b.xlsx", "<row")
    assert said(broken)["refused"] == "damaged"
    encrypted = tmp_path / "c.ods"
    with zipfile.ZipFile(encrypted, "w") as package:
        package.writestr("mimetype", packages.ODS)
        package.writestr("content.xml", b"<office:spreadsheet><\xe1\x00")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert said(encrypted)["refused"] == "password"
    monkeypatch.setattr(worker, "_open", lambda *args: [0] * 10**18)
    assert said(path)["refused"] == "memory"


def test_cells_are_packed_for_json():
    time_of_day, moment = datetime.time(8, 30), datetime.datetime(2012, 1, 2, 3)
    assert worker._packed(2007.0) == 2007
    assert worker._packed(1.5) == 1.5
    assert worker._packed(moment) == {"t": "2012-01-02T03:00:00"}
    assert worker._packed(moment.date()) == {"d": "2012-01-02"}
    assert worker._packed(time_of_day) == {"h": "08:30:00"}
    assert worker._packed(datetime.timedelta(hours=30)) == "1 day, 6:00:00"


@pytest.mark.shared
def test_old_workbooks(shared):
    folder = shared / "data" / "spreadsheets"
    assert said(folder / "tablib_errors.xls")["rows"][1][1][0] == {"e": "#DIV/0!"}
    for name in ("pwtest.xls", "encrypted_no_password.xls", "pass_protected.xlsx"):
        assert said(folder / name)["refused"] == "password"
