"""The folder of odd and hostile files: each is read or refused with a clear message."""

import subprocess
import sys

import pytest
from django.conf import settings

from culturecoop.tabular.reading import Unreadable, open_spreadsheet, table
from tests.culturecoop.conftest import SECONDS_TO_READ

pytestmark = [
    pytest.mark.shared,
    pytest.mark.usefixtures("time_to_read"),
]

LARGEST = "large.ods"
# Beginnings of file names → what the message has to say.
REFUSED = {
    "OOM_alloc3.xls": "damaged",
    "XEETest": "XML",
    "attack_": "damaged",
    "corrupted.ods": "damaged",
    "csv_zero_bytes": "empty",
    "encrypted": "password",
    "invalid_xml_chars": "damaged",
    "pass_protected": "password",
    "pwtest": "password",
    "simple.zip": "ZIP",
    "too_small.xls": "plain text",
    "wide.csv": "columns",
}
HEADINGS = {
    "duplicate-headers.csv": "same heading “id”",
    "sheet_with_no_cells.ods": "no rows",
    "errors.xlsx": "spreadsheet error",
    "starts_col_b.xlsx": "column A has no heading",
}


def expected(table, name):
    return next((text for start, text in table.items() if name.startswith(start)), None)


def test_every_file_is_read_or_refused(shared):
    """None with the message that reading takes too long."""
    for path in sorted((shared / "data" / "spreadsheets").iterdir()):
        if path.name != LARGEST:
            check(path)


@pytest.mark.thorough
def test_the_largest_file_is_read(shared):
    check(shared / "data" / "spreadsheets" / LARGEST)


def check(path):
    """Read all rows of a file, or see it refused with its message."""
    message = ""
    try:
        spreadsheet = open_spreadsheet(path, name=path.name)
        for sheet in spreadsheet.sheets:
            assert all(cells for _number, cells in spreadsheet.rows(sheet)), path.name
    except Unreadable as refusal:
        message = str(refusal)
    wanted = expected(REFUSED, path.name)
    assert (wanted in message) if wanted else not message, (path.name, message)


def test_headings_of_the_files(shared):
    for path in sorted((shared / "data" / "spreadsheets").iterdir()):
        wanted = expected(HEADINGS, path.name)
        if wanted:
            with pytest.raises(Unreadable, match=wanted):
                table(open_spreadsheet(path, name=path.name))


@pytest.mark.parametrize(
    ("name", "sheet", "number", "start"),
    [
        ("bad_dimensions.xlsx", "", 4, None),
        ("crafted_huge_dimension.xlsx", "", 2, ["Treaty of X", "Chile"]),
        ("hidden_sheet.ods", "Sheet2", 1, ["ods—sheet1--11", "ods—sheet2–12"]),
        ("csv_utf32le_bom.csv", "", 3, ["csv--31", "csv--32", "csv--33"]),
        ("sheet_with_number_rows_repeated.ods", "", 2, ["foo", 10.43]),
        ("tablib_errors.xls", "", 2, ["#DIV/0!", "#NAME?", "#N/A", "#N/A"]),
        ("sep.csv", "", 2, ["2", "3"]),
        ("table-infer-iso-8859-7.csv", "", 5, ["4", "28", "Ευστοργιος"]),
        ("crafted_bom_utf16_no_comma.csv", "", 2, ["Traité", "Côte d’Ivoire"]),
    ],
)
def test_last_rows(shared, name, sheet, number, start):
    path = shared / "data" / "spreadsheets" / name
    last = list(open_spreadsheet(path, name=name).rows(sheet))[-1]
    assert last[0] == number
    assert start is None or last[1] == start


@pytest.mark.thorough  # every file in one process
def test_memory_stays_small(shared):
    """The reading process and the one that reads its rows, together under 300 MB."""
    program = (
        "import resource, sys\n"
        "from django.conf import settings\n"
        "settings.configure(USE_I18N=False, SPREADSHEET_MAX_SECONDS=int(sys.argv[1]))\n"
        "from culturecoop.tabular.reading import Unreadable, open_spreadsheet\n"
        "for path in sys.argv[2:]:\n"
        "    try:\n"
        "        for sheet in (book := open_spreadsheet(path)).sheets:\n"
        "            for row in book.rows(sheet): pass\n"
        "    except Unreadable: pass\n"
        "try:  # getrusage counts the memory of the process that started this one as well\n"
        "    lines = open('/proc/self/status').readlines()\n"
        "    own = int(next(line for line in lines if line.startswith('VmHWM')).split()[1])\n"
        "except OSError:\n"
        "    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "print((own + child) // 1024)\n"
    )
    paths = sorted(map(str, (shared / "data" / "spreadsheets").iterdir()))
    done = subprocess.run(
        [sys.executable, "-c", program, str(SECONDS_TO_READ), *paths],
        capture_output=True, text=True, check=True, cwd=settings.BASE_DIR,
    )  # fmt: skip
    assert int(done.stdout) < 300
