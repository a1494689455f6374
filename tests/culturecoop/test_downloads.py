"""The places of downloads: given back, however somebody goes away."""

import pytest

from culturecoop import downloads


def pieces():
    yield b"first"
    yield b"second"


def test_who_goes_away_leaves_his_place():
    """Closed before it was read, closed in the middle, never closed, failed, and read."""
    kept = []
    for _number in range(downloads.AT_ONCE + 1):
        unread, begun = downloads.Held(pieces), downloads.Held(pieces)
        kept += [unread, begun]
        unread.close()
        assert next(begun) == b"first"
        begun.close()
        begun.close()
        downloads.Held(pieces)
        with pytest.raises(ZeroDivisionError):
            downloads.Held(lambda: 1 / 0)
        kept.append(downloads.Held(pieces))
        assert list(kept[-1]) == [b"first", b"second"]


def test_pieces_that_fail_leave_their_place():
    def failing():
        yield b"first"
        raise OSError("No room")

    held = []
    for _number in range(downloads.AT_ONCE + 1):
        held.append(downloads.Held(failing))
        with pytest.raises(OSError, match="No room"):
            list(held[-1])
