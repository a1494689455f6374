"""The pages that all sites are asked for: what they say, and how often they are answered."""

import gzip
import html
import re
import subprocess
import urllib.request
from dataclasses import dataclass
from typing import ClassVar

import brotli

ACCEPTED = "gzip, br"
READERS = 16  # at once, each on a connection that stays open
DECODED = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
PATIENCE = 30  # seconds that a reader waits, as one of many does for a page that is rendered
TIMES = 8  # so often a page is asked for before it is measured: by then each worker has it


class Wrong(Exception):
    """A site does not answer with what is measured."""


@dataclass(frozen=True)
class Page:
    """A page by its path, and words that stand on it."""

    NAMES: ClassVar = ("home", "register", "agreement")
    name: str
    path: str
    words: list

    def at(self, url):
        return f"{url}{self.path}"

    def verify(self, who, address):
        """Raise Wrong where an address does not answer 200 with these words."""
        for _time in range(TIMES):
            text = said(asked(address)[1])
        missing = [words for words in self.words if words not in text]
        if missing:
            raise Wrong(f"{self.name}, {who}: does not say “{missing[0]}”")


def pages_of(content):
    """Return the Pages of a site that says this: home, the register, its longest agreement."""
    home = next(page for page in content["pages"] if not page["path"])
    blocks, agreements = home["blocks"], content["agreements"]
    titles = [block["title"] for block in blocks if block.get("title")]
    longest = max(agreements, key=lambda row: len(row["parties"]) + len(row["events"]))
    said_of_it = [event["date_text"] for event in longest["events"]]
    lines = [row["clause"] for row in agreements if row.get("clause")]
    found = {
        "home": ("/", [home["title"], home["lead"], *titles, *lines]),
        "register": ("/agreements/", [row["title"] for row in agreements]),
        "agreement": (f"/agreements/{longest['slug']}/", [longest["sentence"], *said_of_it]),
    }
    return [Page(name, *found[name]) for name in Page.NAMES]


def asked(address):
    """Return what was sent for an address, and the text in it. Raises for all but 200."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": ACCEPTED})
    with urllib.request.urlopen(request, timeout=60) as answer:
        if answer.status != 200:
            raise Wrong(f"{address} answers {answer.status}")
        sent = answer.read()
        return sent, DECODED[answer.headers.get("Content-Encoding", "")](sent).decode()


def said(text):
    """Return the text of a page with its spaces put together."""
    return " ".join(html.unescape(text).split())


def rate(address, seconds):
    """Return how often a second a page is answered. Raises Wrong when one answer was none."""
    command = ["wrk", "-t1", f"-c{READERS}", f"-d{seconds}s", "--timeout", f"{PATIENCE}s"]
    command += ["-H", f"Accept-Encoding: {ACCEPTED}", address]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    fault = re.search(r"Socket errors: .*|Non-2xx or 3xx responses: .*", done.stdout)
    if fault:
        raise Wrong(f"{address}: {fault[0]}")
    return float(re.search(r"Requests/sec: +([\d.]+)", done.stdout)[1])
