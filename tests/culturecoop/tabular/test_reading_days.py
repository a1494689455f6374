"""Dates of workbooks: the two calendars of Excel, and the day that only Excel has."""

import datetime
import struct

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from culturecoop.tabular.parsing.xls_errors import NUMBER, SHORT_NUMBER, numbers_of
from culturecoop.tabular.reading import CellError, as_text, open_spreadsheet

DAY = datetime.date(1900, 2, 28)


def cells(path, values, epoch=None, form="yyyy-mm-dd"):
    """What is read of the values, which stand in the second column of a workbook."""
    book = Workbook()
    if epoch:
        book.epoch = epoch
    for number, value in enumerate(values, 1):
        book.active.cell(number, 2, value).number_format = form
    book.save(path)
    return [row[-1] for _number, row in open_spreadsheet(path).rows()]


@pytest.mark.parametrize("serial", [60, 60.5, 60.99])
def test_the_day_that_only_excel_has_is_a_fault(tmp_path, serial):
    [error] = cells(tmp_path / "a.xlsx", [serial])
    assert isinstance(error, CellError)
    assert error == "1900-02-29"
    assert "29 February 1900" in str(error.message)


def test_the_days_before_and_after_are_read(tmp_path):
    days = [DAY, datetime.date(1900, 3, 1)]
    assert cells(tmp_path / "a.xlsx", [59, 61]) == days
    found = cells(tmp_path / "b.xlsx", [59.25, 59, 60])
    assert found[:2] == [datetime.datetime(1900, 2, 28, 6), DAY]
    assert isinstance(found[2], CellError)


def test_a_number_of_sixty_is_a_number(tmp_path):
    assert cells(tmp_path / "a.xlsx", [60, 59], form="0") == [60, 59]


def test_the_calendar_that_begins_in_1904(tmp_path):
    day = datetime.date(2007, 12, 16)
    found = cells(tmp_path / "a.xlsx", [day, 60, 59], epoch=CALENDAR_MAC_1904)
    assert found == [day, datetime.date(1904, 3, 1), datetime.date(1904, 2, 29)]


@pytest.mark.parametrize(
    ("kind", "content", "numbers"),
    [
        (NUMBER, struct.pack("<d", 60.5), [60.5]),
        (SHORT_NUMBER, struct.pack("<i", 60 << 2 | 2), [60]),
        (SHORT_NUMBER, struct.pack("<i", 6050 << 2 | 3), [60.5]),
        (SHORT_NUMBER, struct.pack("<d", 60.5)[4:], [60.5]),
        (0xBD, struct.pack("<iHiH", 59 << 2 | 2, 0, 60 << 2 | 2, 4), [59, 60]),
        (0x201, b"", []),
    ],
)
def test_numbers_of_the_old_format(kind, content, numbers):
    record = struct.pack("<HHH", 6, 3, 0) + content
    found = list(numbers_of(kind, record))
    assert found == [(7, 3 + place, number) for place, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("shown", "number", "expected"),
    [
        ("mmm-yy", 40148, "2009-12"),
        ("mmmm yyyy", 40148, "2009-12"),
        ("yyyy", 40179, "2010"),
        ("mmm-yy", 40161, "2009-12-14"),
        ("yyyy", 40148, "2009-12-01"),
        ("dd/mm/yyyy", 40148, "2009-12-01"),
        ('yyyy-mm-dd" in May"', 40148, "2009-12-01"),
        ("yyyy-mm-dd hh:mm", 40148, "2009-12-01"),
    ],
)
def test_a_month_or_a_year_that_is_shown_without_its_day(tmp_path, shown, number, expected):
    """Excel makes the first of the month of a typed 2009-12."""
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_number(0, 1, number, book.add_format({"num_format": shown}))
    [(_number, cells)] = open_spreadsheet(tmp_path / "a.xlsx").rows()
    assert [as_text(cell) for cell in cells] == ["", expected]


@pytest.mark.parametrize(
    ("number", "epoch", "expected"),
    [
        (-1, False, "1899-12-29"),
        (-100_000, False, "1626-03-16"),
        (-100_000.25, False, "1626-03-15"),
        (-100_000, True, "1630-03-17"),
    ],
)
def test_days_before_the_calendar_begins(tmp_path, number, epoch, expected):
    """LibreOffice writes them as negative numbers, of which the parser makes midnight."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": epoch}) as book:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_number(0, 0, number, form)
    [(_number, [cell])] = open_spreadsheet(path).rows()
    assert as_text(cell) == expected


def test_days_that_programs_count_differently(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_number(0, 0, -200_296, form)
    [(_number, [cell])] = open_spreadsheet(tmp_path / "a.xlsx").rows()
    assert isinstance(cell, CellError)
    assert "1582" in str(cell.message)


def test_times_stay_times(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        form = book.add_format({"num_format": "hh:mm"})
        book.add_worksheet().write_number(0, 0, 0.5, form)
    [(_number, [cell])] = open_spreadsheet(tmp_path / "a.xlsx").rows()
    assert as_text(cell) == "12:00:00"
