"""What every request of an account needs: that it is known who asks, and a session that lasts."""

from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from .current import CURRENT

RENEW_AFTER = 60 * 60  # seconds; a session is written at most once in that time


class CurrentRequestMiddleware:
    """Keeps the request at hand for the log."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = CURRENT.set(request)
        try:
            return self.get_response(request)
        finally:
            CURRENT.reset(token)


class RenewSessionMiddleware(MiddlewareMixin):
    """A session ends after SESSION_COOKIE_AGE without use: use renews it, once an hour.

    SESSION_SAVE_EVERY_REQUEST would write with every page. Sessions that a page did not look
    at are left alone; of readers, who have none, public pages look at nothing. What a page asks
    by itself, as long as it is open, is no use: the view says so with `asks_by_itself`.
    """

    def process_response(self, request, response):
        if getattr(request, "asks_by_itself", False):
            return response
        session = request.session
        if session.accessed and not session.is_empty():
            now = int(timezone.now().timestamp())
            if now - session.get("renewed", 0) >= RENEW_AFTER:
                session["renewed"] = now
        return response
