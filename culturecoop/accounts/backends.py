"""Signing in with a name and a password, within the limits."""

from django.contrib.auth.backends import ModelBackend
from django.views.decorators.debug import sensitive_variables

from . import audit, limits
from .addresses import client_network
from .current import current_user


class LimitedBackend(ModelBackend):
    """Every attempt of a request counts; without a request (commands) there is no limit.

    An attempt over the limit is refused without a look at the password, for names that exist
    and names that do not.
    """

    @sensitive_variables("password")
    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is None or not username or password is None:
            return super().authenticate(request, username, password, **kwargs)
        attempt = limits.count(client_network(request), username)
        details = {"by": current_user(), "name": username, "request": request}
        if attempt.refused:
            if attempt.first:
                audit.record(audit.Kind.LIMIT, **details)
            return None
        user = super().authenticate(request, username, password, **kwargs)
        if user is None:
            audit.record(audit.Kind.FAILED, **details)
        return user
