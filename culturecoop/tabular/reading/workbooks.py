"""Rows of a workbook (XLSX, XLSM, XLS, ODS), read in a process that may die."""

import contextlib
import datetime
import json
import math
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import errors
from .cells import CellError, Merged, Row, Struck, storable
from .limits import LONGEST_SHEET_NAME, check_width, limit

ROOT = Path(__file__).resolve().parents[3]
WORKER = "culturecoop.tabular.parsing.worker"
#: How many times the seconds of the processor are waited for, on a machine that is busy.
PATIENCE = 10
# What the process may use of the environment: nothing but where libraries are.
KEPT = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SYSTEMROOT")
UNPACK = {
    "d": datetime.date.fromisoformat,
    "t": datetime.datetime.fromisoformat,
    "h": datetime.time.fromisoformat,
    "e": lambda text: CellError(text, "error"),
    "f": lambda text: CellError(text, "formula"),
    "n": lambda text: CellError(text, "never"),
    "b": lambda text: CellError(text, "early"),
    "x": lambda text: CellError(text, "digits"),
}
OTHER_KINDS = {
    "docx": "DOCX",
    "pptx": "PPTX",
    "xlsb": "XLSB",
    "opendocument": "OpenDocument",
}


class Workbook:
    """A workbook file; opening it reads the names of its sheets."""

    encoding, encoding_guessed, delimiter = "", False, ""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        # What opening took of the processor is subtracted from what reading a sheet may take.
        self.seconds_left: float = limit("SECONDS")
        self.sheets: list[str] = []
        self.hidden: list[str] = []
        self.indexes: dict[str, int] = {}
        with contextlib.closing(self._messages(-1)) as messages:
            for message in messages:
                self._note(message.get("sheets", []))
                self.seconds_left -= message.get("seconds", 0)

    def rows(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """Yield (row number, cells) of each row of the sheet that is not blank."""
        most_rows = limit("ROWS")
        with contextlib.closing(self._messages(self.indexes[sheet])) as messages:
            for message in messages:
                for number, cells, *marks in message.get("rows", []):
                    if number > most_rows:
                        raise errors.unreadable("too_many_rows", sheet=sheet, most=most_rows)
                    row = self._checked(sheet, number, cells)
                    yield number, _marked(row, **marks[0]) if marks else row

    def _note(self, sheets):
        for index, (name, visible) in enumerate(sheets):
            name = storable(name)
            if len(name) > LONGEST_SHEET_NAME:
                raise errors.unreadable("long_sheet_name", name=name[:50], most=LONGEST_SHEET_NAME)
            (self.sheets if visible else self.hidden).append(name)
            self.indexes[name] = index

    def _checked(self, sheet, number, cells):
        check_width(sheet, number, len(cells))
        return Row(_value(cell) for cell in cells)

    def _messages(self, index):
        """Yield the messages of the reading process; raises Unreadable when it refuses or dies."""
        seconds = max(math.ceil(self.seconds_left), 1)
        with _reader(self.path, index, seconds) as process:
            for line in _lines(process.stdout, seconds * PATIENCE):
                message = json.loads(line)
                if "refused" in message:
                    raise _refusal(message.pop("refused"), **message)
                if "end" in message:
                    return
                yield message
            if process.wait() == -signal.SIGXCPU:
                raise _too_slow()
        raise _refusal("memory")


@contextlib.contextmanager
def _reader(path, index, seconds):
    limits = {
        "memory": limit("MEMORY"),
        "seconds": seconds,
        "unpacked": limit("UNPACKED_BYTES"),
    }
    with subprocess.Popen(
        [sys.executable, "-m", WORKER, os.path.abspath(path), str(index), json.dumps(limits)],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _lines(pipe, left):
    """Yield the lines of the pipe; only the `left` seconds spent waiting for them count."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            start = time.monotonic()
            if not selector.select(left):
                raise _too_slow()
            left = max(left - (time.monotonic() - start), 0)
            chunk = os.read(pipe.fileno(), 2**16)
            if not chunk:
                return
            *lines, rest = chunk.split(b"\n")
            for line in lines:
                yield b"".join([*parts, line])
                parts = []
            parts.append(rest)


def _too_slow():
    return errors.unreadable("too_slow", seconds=limit("SECONDS"))


def _value(cell):
    if type(cell) is not dict:
        return cell
    [(tag, text)] = cell.items()
    return UNPACK[tag](text)


def _marked(row, hidden="", merged=None, struck=None):
    """Give a row its marks, as the reading process tells them; returns it."""
    row.hidden = hidden
    row.struck = {int(column): Struck(*texts) for column, texts in (struck or {}).items()}
    row.merged = {
        int(column): Merged(name, from_above, _value(cell), struck and Struck(*struck))
        for column, (name, from_above, cell, struck) in (merged or {}).items()
    }
    return row


def _refusal(reason, **details):
    """Return why the reading process has refused the file, from its code and figures."""
    if reason == "memory":
        details = {"size": limit("MEMORY") // 2**20}
    elif reason == "unpacked":
        most = limit("UNPACKED_BYTES") // 2**20
        details = {"size": details["bytes"] // 2**20, "most": most}
    elif reason == "kind" and details["kind"] == "zip":
        reason = "no_workbook"
    elif reason == "kind":
        details = {"what": OTHER_KINDS[details["kind"]]}
    elif reason == "damaged":
        return errors.damaged(**details)
    return errors.unreadable(reason, **details)
