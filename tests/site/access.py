"""Reads the table of who may open what, `access.txt`, and asks every address of it."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from django.conf import settings
from django.db import transaction
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from lxml import etree

from tests.forms import fields

from .population import ROLES

TABLE = Path(__file__).with_name("access.txt")
WORDS = {200: "page", 400: "bad", 403: "no", 404: "none", 405: "405", 410: "gone"}

# What no answer may hold: the addresses of accounts, and the name of all that is a draft.
ACCOUNTS, DRAFTS = "@example.org", "secret"
HIDDEN = {role: [ACCOUNTS] for role in ("author", "publisher")}
HIDDEN |= {role: [ACCOUNTS, DRAFTS] for role in ("nobody", "staff")}


@dataclass
class Row:
    """An address with the names of things, what is posted beside its form, and who gets what."""

    address: str
    body: str = ""
    get: list = field(default_factory=list)
    post: list = field(default_factory=list)

    def __str__(self):
        asked = f"{self.address} < {self.body}" if self.body else self.address
        columns = [" ".join(f"{word:5}" for word in words) for words in (self.get, self.post)]
        return f"{asked:72} | {' | '.join(columns)}".rstrip()


def read_table():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line.startswith("/")]


def _row(line):
    asked, *words = line.split(" | ")
    address, _sign, body = asked.partition(" < ")
    return Row(address.strip(), body.strip(), *(group.split() for group in words))


class Asking:
    """Asks the addresses of a population; whatever a request writes is taken back after it."""

    def __init__(self, population, folder):
        self.population, self.folder, self.leaks = population, folder, []
        shutil.copytree(settings.PRIVATE_ROOT, folder)

    def found(self, row):
        """The row with what everybody is answered.

        Who sees no form sends the one that others see there, as somebody who means harm would.
        """
        found = Row(row.address, row.body)
        body = parse_qs(self.population.address(row.body), keep_blank_values=True)
        known = form_of(self.answer(row, "colleague", "get")) if "{their" in row.address else {}
        for role in reversed(ROLES):
            self.population.hand_over(role)
            page = self.answer(row, role, "get")
            form = form_of(page)
            known = known or form
            found.get.insert(0, word(page))
            found.post.insert(0, word(self.answer(row, role, "post", (form or known) | body)))
        return found

    def answer(self, row, role, method, data=None):
        """The answer to one request; `leaks` notes what it should not have said."""
        client, address = self.population.client(role), self.population.address(row.address)
        client.raise_request_exception = False
        with transaction.atomic():
            response = getattr(client, method)(address, data)
            text = response.getvalue().decode(errors="replace")
            transaction.set_rollback(True)
        if method == "post" and response.status_code == 302:
            shutil.copytree(self.folder, settings.PRIVATE_ROOT, dirs_exist_ok=True)
        hidden = (words for words in HIDDEN.get(role, ()) if words not in row.address)
        self.leaks += [f"{row.address}: {role} reads {w}" for w in hidden if w in text]
        return response


def form_of(page):
    """The largest form of a page as a browser would send it unchanged, {} without one."""
    if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
        return {}
    try:
        return fields(page)
    except (ValueError, etree.ParserError):
        return {}


def word(response):
    """The answer in a word of the table."""
    if 300 <= response.status_code < 400:
        return "login" if response.url.startswith("/admin/login/") else "on"
    if response.status_code == 200 and "html" not in response.headers["Content-Type"]:
        return "file"
    return WORDS.get(response.status_code, str(response.status_code))


def routes(resolver=None, prefix=""):
    """The routes of all addresses that there are, as the resolver writes them."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route
