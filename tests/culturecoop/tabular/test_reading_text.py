"""CSV in the forms it comes in."""

import pytest

from culturecoop.tabular.reading import (
    CellError,
    Unreadable,
    as_text,
    column_letter,
    open_spreadsheet,
    table,
)

from .making import text_file, workbook

WORDS = "title,place\r\nTraité d’amitié – été,Curaçao\r\nAccord,Perú\r\n"


def read(path, **options):
    return list(open_spreadsheet(path, **options).rows())


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("utf-16", False),
        ("utf-32", False),
        ("utf-16-le", True),
        ("utf-16-be", True),
        ("cp1252", True),
        ("mac_roman", True),
    ],
)
def test_encodings(tmp_path, encoding, guessed):
    path = text_file(tmp_path / "a.csv", WORDS, encoding)
    sheet = open_spreadsheet(path)
    assert list(sheet.rows())[1] == (2, ["Traité d’amitié – été", "Curaçao"])
    assert sheet.encoding_guessed is guessed


def test_other_scripts_are_told_when_the_text_suffices(tmp_path):
    row = "Соглашение между Европейским союзом и Республикой Чили о сотрудничестве,Чили\n"
    path = text_file(tmp_path / "a.csv", "название,страна\n" + row * 3, "cp1251")
    assert read(path)[1][1][1] == "Чили"


def test_a_rash_guess_is_refused_until_an_editor_chooses(tmp_path):
    path = text_file(tmp_path / "a.csv", "id,name\n1,한국어 협정 및 조약\n2,중국과 일본\n", "cp949")
    with pytest.raises(Unreadable, match="encoding"):
        open_spreadsheet(path)
    assert read(path, encoding="cp949")[2] == (3, ["2", "중국과 일본"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path, delimiter, line_end):
    rows = [["a", "b", "c"], ["1", '"x, y; z | t"', "3"], ["4", "", "6"]]
    content = line_end.join(delimiter.join(row) for row in rows)
    path = text_file(tmp_path / "a.csv", content)
    assert read(path) == [
        (1, ["a", "b", "c"]),
        (2, ["1", "x, y; z | t", "3"]),
        (3, ["4", "", "6"]),
    ]
    assert open_spreadsheet(path).delimiter == delimiter


def test_the_separator_line_of_excel_is_no_row(tmp_path):
    path = text_file(tmp_path / "a.csv", "sep=;\r\nA;1,5\r\n2;3\r\n")
    assert read(path) == [(1, ["A", "1,5"]), (2, ["2", "3"])]


def test_row_numbers_count_records_and_blank_ones(tmp_path):
    path = text_file(tmp_path / "a.csv", 'a,b\n"two\nlines",1\n\n,,\nlast,2\n\n')
    assert read(path) == [(1, ["a", "b"]), (2, ["two\nlines", "1"]), (5, ["last", "2"])]


@pytest.mark.parametrize("more", [2, 50_000])  # as many as a cell can hold, and more
def test_a_mark_that_is_never_closed_spoils_its_row_alone(tmp_path, more):
    path = text_file(tmp_path / "a.csv", 'a,b\n1,2\n"open,3\n' + "x,y\n" * more)
    rows = read(path)
    assert rows[2] == (3, ["open,3"])
    assert "quotation mark" in rows[2][1][0].message
    assert rows[3:] == [(number, ["x", "y"]) for number in range(4, more + 4)]


def test_many_marks_that_are_never_closed_are_no_table(tmp_path):
    long = f"x,{'y' * 1000}\n" * 140  # more than a cell can hold
    rows = "".join(f'{number},"open\n{long}' for number in range(22))
    with pytest.raises(Unreadable, match="a quotation mark is opened"):
        read(text_file(tmp_path / "a.csv", "a,b\n" + rows))


def test_bytes_that_mean_nothing_spoil_their_row_alone(tmp_path):
    good = "".join(f"{number},café,3\n" for number in range(100)).encode()
    bad = "9,caf\xe9,4\n".encode("latin-1")
    path = text_file(tmp_path / "a.csv", b"a,b,c\n" + good + bad + good)
    rows = read(path)
    assert len(rows) == 202
    assert rows[101] == (102, ["9", "caf\ufffd", "4"])
    assert "bytes that mean nothing" in rows[101][1][1].message
    assert not [cell for _number, row in rows for cell in row if cell.__class__ is not str][1:]
    path = text_file(tmp_path / "b.csv", b"a,b,c\n" + good + bad * 9)
    with pytest.raises(Unreadable, match="row 102 are bytes"):
        read(path)


def test_a_blank_before_a_quotation_mark_does_no_harm(tmp_path):
    path = text_file(tmp_path / "a.csv", 'a, b,c\n1, "x, y",2\n')
    assert read(path) == [(1, ["a", "b", "c"]), (2, ["1", "x, y", "2"])]


@pytest.mark.parametrize("text", ['{\n  "a": 1}', '[\n {"a": 1}]', "[[1, 2]]", "{}"])
def test_json_is_told_as_such(tmp_path, text):
    with pytest.raises(Unreadable, match="looks like JSON"):
        read(text_file(tmp_path / "a.csv", text))
    assert read(text_file(tmp_path / "b.csv", "[a],b\n1,2\n"))


def test_a_first_sheet_without_rows_is_passed_over(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Cover": [], "List": [["a"], [1]]})
    sheet = open_spreadsheet(path)
    assert sheet.sheet() == "List"
    assert list(sheet.rows()) == [(1, ["a"]), (2, [1])]
    assert list(sheet.rows("Cover")) == []


def test_endless_line(tmp_path):
    path = text_file(tmp_path / "b.csv", "x," * 3 * 2**20)
    with pytest.raises(Unreadable):
        read(path)


def test_limits(tmp_path, settings):
    path = text_file(tmp_path / "a.csv", "a,b\n" * 20)
    settings.SPREADSHEET_MAX_ROWS = 10
    with pytest.raises(Unreadable, match="more than 10 rows"):
        read(path)
    settings.SPREADSHEET_MAX_ROWS, settings.SPREADSHEET_MAX_COLUMNS = 100, 1
    with pytest.raises(Unreadable, match="cell B1"):
        read(path)
    settings.SPREADSHEET_MAX_BYTES = 10
    with pytest.raises(Unreadable, match="too large"):
        read(path)


def test_too_long_a_cell_is_a_fault_of_its_row_only(tmp_path):
    path = text_file(tmp_path / "a.csv", f"a,b\n{'x' * 40_000},1\n2,3\n")
    rows = read(path)
    assert isinstance(rows[1][1][0], CellError)
    assert "more text" in str(rows[1][1][0].message)
    assert rows[2] == (3, ["2", "3"])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"<!DOCTYPE html><table><tr><td>1", "HTML"),
        (b"\n<html><body>", "HTML"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b'{"a": 1}', "JSON"),
        (bytes(range(256)) * 20, "damaged"),
        (b"\xff\xfea\0b", "damaged"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, what):
    with pytest.raises(Unreadable, match=what):
        open_spreadsheet(text_file(tmp_path / "a.csv", content))


def test_text_with_the_name_of_a_workbook(tmp_path):
    path = text_file(tmp_path / "stored", "a,b\n1,2\n")
    with pytest.raises(Unreadable, match="xls"):
        open_spreadsheet(path, name="Old list.XLS")


def test_table_pads_rows_and_strips_headings(tmp_path):
    path = text_file(tmp_path / "a.csv", " slug ,title,note\nkorea\nchile,x,,y\n")
    headings, rows = table(open_spreadsheet(path))
    assert headings == ["slug", "title", "note"]
    assert list(rows) == [(2, ["korea", "", ""]), (3, ["chile", "x", "", "y"])]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,,name\n1,2,3\n", "column B has no heading"),
        ("id,name,id\n1,2,3\n", "columns A, C have the same heading “id”"),
        (",,\n,,\n", "holds no rows"),
    ],
)
def test_headings_are_checked(tmp_path, content, message):
    with pytest.raises(Unreadable, match=message):
        table(open_spreadsheet(text_file(tmp_path / "a.csv", content)))


def test_unknown_sheet_names_those_there_are(tmp_path):
    spreadsheet = open_spreadsheet(text_file(tmp_path / "a.csv", "a,b\n"))
    with pytest.raises(Unreadable, match=r"no sheet “Parties”.*Table"):
        spreadsheet.rows("Parties")


def test_column_letters():
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16383)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_cells_as_text():
    import datetime

    day = datetime.date(2012, 12, 31)
    moment = datetime.datetime(2012, 12, 31, 8, 30)
    cells = [2007, 0.1 + 0.2, True, day, datetime.datetime(2012, 12, 31), moment, "a\r\nb\rc"]
    assert [as_text(cell) for cell in cells] == [
        "2007", "0.3", "TRUE", "2012-12-31", "2012-12-31", "2012-12-31 08:30:00", "a\nb\nc",
    ]  # fmt: skip


def test_a_stray_quotation_mark_is_told_where_it_stands(tmp_path):
    """It is closed by the next one: what stands between may be other cells and rows."""
    beta = "\"'=Beta"  # what looks escaped is an error as well
    text = f'id,title,year\n1,Alpha,2000\n2,{beta},2001\n3,"Gamma",2002\n4,Delta,2003\n'
    rows = read(text_file(tmp_path / "a.csv", text))
    assert [cells[0] for _number, cells in rows] == ["id", "1", "2", "4"]
    assert [type(cell) for cell in rows[2][1]] == [str, CellError, str]
    assert "quotation mark" in str(rows[2][1][1].message)


def test_a_blank_behind_a_quotation_mark_does_no_harm(tmp_path):
    text = 'id,title,year\n"1" ,"Alpha, Beta"\t,2000\n'
    rows = read(text_file(tmp_path / "a.csv", text, encoding="utf-8"))
    assert rows[1] == (2, ["1", "Alpha, Beta", "2000"])
