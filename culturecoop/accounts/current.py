"""Who is at work: the request that the current thread answers, if it answers one."""

from contextlib import contextmanager
from contextvars import ContextVar

_request = ContextVar("request", default=None)


def current_request():
    return _request.get()


def current_user():
    """The account that is signed in to the current request, or None."""
    user = getattr(current_request(), "user", None)
    return user if user is not None and user.is_authenticated else None


@contextmanager
def answering(request):
    """Inside the block, `request` is the current one."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)
