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
        "size": len(page.bodies[ENCODINGS[0]]),
    }
    return b"\n".join([json.dumps(head).encode(), b"".join(page.bodies[e] for e in ENCODINGS)])


def unpacked(content: bytes) -> Page:
    """Return the page of what `packed` has made: whose bytes they are, their seal has proved."""
    line, _newline, rest = content.partition(b"\n")
    head = json.loads(line)
    bodies = rest[: head["size"]], rest[head["size"] :]
    return Page(
        tuple(head["stamp"]),
        datetime.fromisoformat(head["until"]),
        [(name, value) for name, value in head["headers"]],
        head["etag"],
        dict(zip(ENCODINGS, bodies, strict=True)),
    )
