"""Who is at work: the request that the current thread answers, if it answers one."""

from contextvars import ContextVar

CURRENT = ContextVar("request", default=None)  # set by the middleware


def current_request():
    return CURRENT.get()


def current_user():
    """The account that is signed in to the current request, or None."""
    user = getattr(current_request(), "user", None)
    return user if user is not None and user.is_authenticated else None
