"""A stored file over HTTP: the right type and name, safe headers, conditions and ranges.

Django answers no ranges, and no kept library does for stored files: django-ranged-response rests
since 2016, WhiteNoise knows only files that are there at start-up.
"""

import re

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

INLINE_TYPES = {"application/pdf", "image/png", "image/jpeg", "image/webp"}
POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
LOST = (FileNotFoundError, IsADirectoryError, NotADirectoryError)  # no file is there
NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]+")


class Part:
    """`length` bytes of an open file from `start` on, for a response to stream and to close."""

    def __init__(self, file, start, length):
        file.seek(start)
        self.file, self.left, self.close = file, length, file.close

    def read(self, size):
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk


class PartResponse(FileResponse):
    block_size = 1 << 16


def file_response(request, fieldfile, *, media_type, download_name, etag, last_modified=None):
    """The answer to a GET or HEAD request for a stored file.

    `etag` is the hash of its content, unquoted; `last_modified` an aware datetime. Raises Http404
    when the storage has lost the file. How long the answer may be kept is for the caller to say.
    """
    moment = int(last_modified.timestamp()) if last_modified else None
    headers = lasting_headers(quote_etag(etag), moment)
    response = get_conditional_response(request, headers["ETag"], moment)
    if response is None:
        try:
            response = content(request, fieldfile, headers, media_type, download_name)
        except LOST as error:
            raise Http404 from error
    for name, value in headers.items():
        response.headers[name] = value
    return response


def lasting_headers(etag, moment):
    """What every answer about the file carries."""
    modified = {} if moment is None else {"Last-Modified": http_date(moment)}
    return modified | {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
    }


def content(request, fieldfile, headers, media_type, download_name):
    """200 with the whole file, 206 with a part of it, or 416."""
    size = fieldfile.size
    span = wanted_span(request, size, headers)
    start, end = span or (0, size)
    if span and start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    sent = end - start if request.method == "GET" else 0
    response = PartResponse(
        Part(fieldfile.storage.open(fieldfile.name), start, sent),
        status=206 if span else 200,
        content_type=media_type,
        filename=NOT_IN_NAMES.sub("-", download_name),
        as_attachment=media_type not in INLINE_TYPES,
    )
    response.headers["Content-Length"] = str(end - start)
    if span:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def part_of(whole, request):
    """The part that is asked for of a FileResponse with its length and its ETag, else the whole."""
    size = int(whole.headers["Content-Length"])
    span = wanted_span(request, size, whole.headers)
    if span is None:
        return whole
    start, end = span
    if start >= end:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = PartResponse(Part(whole.file_to_stream, start, end - start), status=206)
    for name, value in whole.headers.items():
        part.headers[name] = value
    part.headers["Content-Length"] = str(end - start)
    part.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return part


def wanted_span(request, size, headers):
    """(start, end) of the one range that is asked for, or None for the whole file.

    What is malformed, asks for several ranges or for a part of an older file gets the whole, as
    RFC 9110 allows.
    """
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    known = (headers["ETag"], headers.get("Last-Modified"))
    current = request.headers.get("If-Range", headers["ETag"]) in known
    if request.method != "GET" or not found or not current:
        return None
    first, last = found.groups()
    if first:
        end = min(int(last) + 1, size) if last else size
        return None if last and int(last) < int(first) else (int(first), end)
    return (max(size - int(last), 0), size) if last else None
