"""Error cells, numbers and encryption of the old XLS format (BIFF 8), from its record stream.

Used in the reading process only, see worker.py.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

BIFF8 = 0x0600
BOF, EOF, FILEPASS, SHEET, FORMULA, BOOL_OR_ERROR = 0x809, 0x0A, 0x2F, 0x85, 0x06, 0x205
DATE_MODE = 0x22
NUMBER, SHORT_NUMBER, SHORT_NUMBERS = 0x203, 0x27E, 0xBD
NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def is_encrypted(path: Path | str) -> bool:
    """Return whether the file is an encrypted XLS or XLSX, which have the same container."""
    with olefile.OleFileIO(path) as container:
        if container.exists("EncryptedPackage"):
            return True
        stream = _stream(container)
        return any(kind == FILEPASS for kind, _data in _records(stream, 0))


def find(path: Path | str, sheet: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield (row number, column index, {"e": shown text}) of the error cells of the sheet."""
    for kind, data in _sheet_records(path, sheet):
        code = _error_code(kind, data)
        if code is not None:
            row, column = struct.unpack_from("<HH", data)
            yield row + 1, column, {"e": NAMES.get(code, "#")}


def numbers(path: Path | str, sheet: str) -> Iterator[tuple[int, int, float]]:
    """Yield (row number, column index, number) of the cells with numbers of the sheet."""
    for kind, data in _sheet_records(path, sheet):
        yield from numbers_of(kind, data)


def numbers_of(kind: int, data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield (row number, column index, number) of one record."""
    if kind in (NUMBER, FORMULA) and len(data) >= 14:
        row, column, _style, number = struct.unpack_from("<HHHd", data)
        yield row + 1, column, number
    elif kind in (SHORT_NUMBER, SHORT_NUMBERS) and len(data) >= 10:
        row, column = struct.unpack_from("<HH", data)
        for index in range((len(data) - 4) // 6):
            yield row + 1, column + index, _short(data[6 + 6 * index : 10 + 6 * index])


def is_1904(path: Path | str) -> bool:
    """Return whether the dates of the workbook count from 1904."""
    with olefile.OleFileIO(path) as container:
        records = _records(_stream(container), 0)
        return any(kind == DATE_MODE and data[:1] == b"\x01" for kind, data in records)


def _short(data):
    """Return a number of four bytes: a whole one, or the upper half of eight; in hundredths."""
    bits = struct.unpack("<i", data)[0]
    if bits & 2:
        number = bits >> 2
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", bits & ~3))[0]
    return number / 100 if bits & 1 else number


def _sheet_records(path, sheet):
    with olefile.OleFileIO(path) as container:
        stream = _stream(container)
    start = _sheet_start(stream, sheet)
    if start is not None:
        yield from _records(stream, start)


def _stream(container):
    for name in ("Workbook", "Book"):
        if container.exists(name):
            return container.openstream(name).read()
    return b""


def _records(stream, start):
    """Yield (kind, data) from `start` to the end of that part of the stream."""
    place = start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == EOF:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _sheet_start(stream, sheet):
    for kind, data in _records(stream, 0):
        if kind == BOF and struct.unpack_from("<H", data)[0] != BIFF8:
            return None
        if kind == SHEET and _name(data) == sheet:
            return struct.unpack_from("<I", data)[0]
    return None


def _name(data):
    """Return the name of a sheet, after the number of its characters and a flag for two bytes."""
    count, wide = data[6], data[7] & 1
    return data[8 : 8 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _error_code(kind, data):
    if kind == BOOL_OR_ERROR and len(data) >= 8 and data[7] == 1:
        return data[6]
    # A formula's result of eight bytes: FF FF at its end and 2 at its start mean an error.
    if kind == FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff" and data[6] == 2:
        return data[8]
    return None
