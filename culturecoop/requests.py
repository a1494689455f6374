"""The request as the site reads it."""

from django.core.handlers.wsgi import WSGIRequest


class Request(WSGIRequest):
    """Django leaves out an encoding that nobody knows, and fails on one that is none of text."""

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, UnicodeError):
            self.encoding = None
