"""A page as bytes: a line of JSON that says what it is, and its bodies one after the other."""

import json
from datetime import datetime

from .pages import ENCODINGS, Page


def packed(page: Page) -> bytes:
    """Return a page as bytes."""
    number, codes = page.stamp
    head = {
        "stamp": [number, int(codes)],  # PostgreSQL adds up to a Decimal
        "until": page.until.isoformat(),
        "headers": page.headers,
        "etag": page.etag,
        "sizes": [len(page.bodies[encoding]) for encoding in ENCODINGS],
    }
    return b"\n".join([json.dumps(head).encode(), b"".join(page.bodies[e] for e in ENCODINGS)])


def unpacked(content: bytes) -> Page | None:
    """Return the page of some bytes, None where they are none."""
    line, _newline, rest = content.partition(b"\n")
    try:
        head = json.loads(line)
        br, gzip = head["sizes"]
        number, codes = head["stamp"]
        headers = [(str(name), str(value)) for name, value in head["headers"]]
        until = datetime.fromisoformat(head["until"])
        whole = br >= 0 and gzip >= 0 and br + gzip == len(rest) and until.tzinfo is not None
    except (LookupError, TypeError, ValueError):
        return None
    bodies = dict(zip(ENCODINGS, (rest[:br], rest[br:]), strict=True))
    return Page((number, codes), until, headers, str(head["etag"]), bodies) if whole else None
