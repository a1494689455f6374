"""What runs in the reading process, called here in the process of the tests."""

import datetime
import io
import struct
import zipfile

import pytest

from culturecoop.tabular.parsing import cell_errors, packages, worker, xls_errors

from .making import raw_ods, raw_xlsx, workbook


def cell(place, content, kind=""):
    return f'<row r="{place[1:]}"><c r="{place}"{kind}>{content}</c></row>'


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
    start = xls_errors._sheet_start(stream, "Data")
    codes = [xls_errors._error_code(*found) for found in xls_errors._records(stream, start)]
    assert [code for code in codes if code is not None] == [0x2A, 0x07]
    assert xls_errors._sheet_start(stream, "Other") is None


def _faults(xml):
    pieces = cell_errors._in_xml(io.BytesIO(xml.encode()))
    return [error for piece in pieces for error in cell_errors._in_piece(piece)]


def test_cells_are_found_across_pieces(monkeypatch):
    cells = "".join(f'<c r="A{n}" t="e"><v>#N/A</v></c>' for n in range(1, 200))
    for size in (40, 97, 1000):
        monkeypatch.setattr(cell_errors, "CHUNK", size)
        assert [row for row, _column, _fault in _faults(cells)] == list(range(1, 200))
        prefixed = cells.replace("<c ", "<x:c ").replace("</c>", "</x:c>")
        assert len(_faults(prefixed)) == 199


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


@pytest.mark.parametrize("size", [40, 97, 1000, 2**20])
def test_mending_does_not_depend_on_the_pieces(tmp_path, monkeypatch, size):
    row = (
        '<table:table-row>\n  <table:table-cell office:value-type="string">\n   '
        "<text:p>a<text:tab/>b  c</text:p>\n </table:table-cell>\n </table:table-row>\n"
    )
    path = raw_ods(tmp_path / "a.ods", row * 30)
    monkeypatch.setattr(packages, "CHUNK", size)
    with zipfile.ZipFile(packages.mended_ods(path)) as package:
        content = package.read("content.xml").decode()
        assert package.infolist()[0].filename == "mimetype"
    assert content.count("<text:p>a&#9;b  c</text:p></table:table-cell></table:table-row>") == 30
    assert "tab/" not in content
