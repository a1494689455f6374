"""A cache in front of the site, as far as it is told to forget its pages."""

import http.server
import threading
from contextlib import contextmanager


class Cache:
    """Writes down what it is asked. It answers with `status`, and not before `may_answer`."""

    def __init__(self):
        self.asked, self.status, self.seen = [], 200, threading.Condition()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def note(self, handler):
        length = int(handler.headers.get("Content-Length", 0))
        found = (handler.command, handler.path, dict(handler.headers), handler.rfile.read(length))
        with self.seen:
            self.asked.append(found)
            self.seen.notify_all()
        self.may_answer.wait(60)
        handler.send_response(self.status)
        if self.status == 302:
            handler.send_header("Location", "/elsewhere")
        handler.end_headers()

    def wait_for(self, number):
        with self.seen:
            assert self.seen.wait_for(lambda: len(self.asked) >= number, timeout=60)


@contextmanager
def cache_in_front():
    """A Cache with its `address`."""
    cache = Cache()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

    for method in ("POST", "PURGE", "BAN", "PUT", "DELETE", "GET"):
        setattr(Handler, f"do_{method}", lambda self: cache.note(self))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    cache.address = f"http://127.0.0.1:{server.server_port}/purge?all=1"
    try:
        yield cache
    finally:
        cache.may_answer.set()
        server.shutdown()
        server.server_close()
