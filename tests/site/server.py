"""The site as readers have it: a server in a process of its own, and a browser without scripts."""

import http.client
import http.cookiejar
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

from django.conf import settings
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.http import urlencode

LONG = 120  # seconds after which a client gives up: far more than any limit of the product
#: A worker that is still loading passes over the signal to stop.
SERVER = ("-m", "granian", "--interface", "wsgi", "--workers-kill-timeout", "5")


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self):
        return " ".join(self.content.decode().split())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Browser:
    """One visitor, who keeps his cookies and is not led on."""

    url: str
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def ask(self, address, data=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(urljoin(self.url, address), data, headers)
        try:
            with self._opener().open(request, timeout=LONG) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers, answer.read())

    def send(self, address, values, **headers):
        """Post a form; with files when a value has a name."""
        if any(hasattr(value, "read") for value in values.values()):
            data = encode_multipart(BOUNDARY, values)
            return self.ask(address, data, Content_Type=MULTIPART_CONTENT, **headers)
        return self.ask(address, urlencode(values, doseq=True).encode(), **headers)

    def sign_in(self, name, password):
        self.ask("/admin/login/")
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        values = {"username": name, "password": password, "csrfmiddlewaretoken": token}
        assert self.send("/admin/login/?next=/admin/", values).status == 302

    def _opener(self):
        return urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), NotLedOn()
        )


class NotLedOn(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@dataclass
class Server:
    """The site in `folder`, in processes of its own; its address stays when it is started again."""

    folder: os.PathLike
    variables: dict = field(default_factory=dict)
    options: tuple = ("--backpressure", "8")
    port: int = field(default_factory=free_port)
    process: subprocess.Popen = None

    def __post_init__(self):
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115 – of all its processes

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [sys.executable, *SERVER, *self.options]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "culturecoop.wsgi:application"],
            cwd=settings.BASE_DIR,
            env=environment(self.folder) | self.variables,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LONG)

    def signal(self, number):
        """Send a signal to all its processes at once."""
        os.killpg(self.process.pid, number)

    def told(self):
        """What it has written so far, read without moving where it goes on."""
        file = self.output.fileno()
        return os.pread(file, os.fstat(file).st_size, 0).decode()

    def _wait(self):
        while self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/robots.txt", timeout=LONG).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.told())


@contextmanager
def served(folder, options=("--backpressure", "8"), **variables):
    """The site in `folder`, on a port of its own → Browser. Ends with the block."""
    server = Server(folder, variables, options)
    try:
        server.start()
        yield Browser(server.url)
    finally:
        server.stop()


def database_url(port=None):
    """The address of the database of these tests, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = ":".join(quote(database[key]) for key in ("USER", "PASSWORD") if database[key])
    return f"postgres://{who}@127.0.0.1:{port or database['PORT']}/{database['NAME']}"


def environment(folder):
    """That of production over plain http, with static files as they are in the checkout."""
    left_behind = ("DEBUG", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    inherited = {name: value for name, value in os.environ.items() if name not in left_behind}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "tests.site.uncollected",
        "VAR_ROOT": str(folder),
        "HTTPS": "false",
        "FOUR_EYES": "false",
    }
