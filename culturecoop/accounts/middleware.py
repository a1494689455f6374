"""What every request needs: that the log knows who asks."""

from .current import answering


class CurrentRequestMiddleware:
    """Keeps the request at hand for the log."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with answering(request):
            return self.get_response(request)
