"""Workbooks, read in a process of their own, also hostile ones."""

import contextlib
import os
import resource
import zipfile

import pytest

from culturecoop.tabular.reading import CellError, Unreadable, open_spreadsheet, table, workbooks

from .making import raw_ods, raw_xlsx, workbook


def cell(place, content, kind=""):
    return f'<row r="{place[1:]}"><c r="{place}"{kind}>{content}</c></row>'


@pytest.fixture
def many_open_files():
    """More open files than `select` can tell apart, as a busy server may have."""
    number = 1_100
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < 2 * number:
        if hard != resource.RLIM_INFINITY and hard < 2 * number:
            pytest.skip(f"left out: {number} open files, of which this machine allows {hard}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (2 * number, hard))
    with contextlib.ExitStack() as stack:
        for _number in range(number):
            stack.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


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


def test_read_by_a_server_with_many_open_files(tmp_path, many_open_files):
    path = workbook(tmp_path / "a.xlsx", {"Agreements": [["slug"], ["korea"]]})
    assert list(open_spreadsheet(path).rows()) == [(1, ["slug"]), (2, ["korea"])]


def test_a_sheet_with_an_endless_name(tmp_path):
    for length, fits in [(255, True), (256, False)]:
        path = raw_ods(tmp_path / "a.ods", "", name="S" * length)
        with contextlib.nullcontext() if fits else pytest.raises(Unreadable, match="shorter"):
            open_spreadsheet(path)


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
    assert isinstance(rows[0][1][0], CellError)
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
    assert isinstance(cells[2], CellError)


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
    with pytest.raises(Unreadable, match=r"memory|rows|columns"):
        list(open_spreadsheet(raw_xlsx(tmp_path / "a.xlsx", data)).rows())


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


class TestTime:
    """A reading process may take a second of the processor; it does `before` the work."""

    @pytest.fixture
    def reads(self, tmp_path, settings, monkeypatch):
        path = workbook(tmp_path / "a.xlsx", {"A": [["x"]]})
        settings.SPREADSHEET_MAX_SECONDS = 1

        def read(before, patience):
            monkeypatch.setattr(workbooks, "WORKER", "tests.culturecoop.tabular.slow_worker")
            monkeypatch.setattr(workbooks, "PATIENCE", patience)
            monkeypatch.setattr(workbooks, "KEPT", (*workbooks.KEPT, "BEFORE"))
            monkeypatch.setenv("BEFORE", before)
            return [cells for _number, cells in open_spreadsheet(path).rows()]

        return read

    def test_one_that_works_for_ever_is_stopped(self, reads):
        with pytest.raises(Unreadable, match="within 1 second"):
            reads("work", 10_000)

    def test_one_that_sleeps_for_ever_is_stopped(self, reads):
        with pytest.raises(Unreadable, match="within 1 second"):
            reads("sleep", 1)

    def test_one_that_has_to_wait_for_the_processor_is_not_stopped(self, reads):
        assert reads("wait", 10_000) == [["x"]]


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
