"""The request as the site reads it."""

from django.core.handlers.wsgi import WSGIRequest


class Request(WSGIRequest):
    """Django leaves out an encoding that nobody knows, and fails on one that is none of text."""

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, UnicodeError):
            self.encoding = None


def is_framed(request):
    """Whether a browser asks for a page to show it in a frame of another one."""
    return request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")
