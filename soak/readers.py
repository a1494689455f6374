"""Those who read all the time: pages, searches, and the exports of the admin."""

import random
import time
from itertools import product
from urllib.parse import urlencode, urlsplit

from lxml import etree, html

from bench.variety import SUBJECTS
from tests.forms import fields

from .actors import Actor
from .site import UNAVAILABLE, NoAnswer, Visitor

LANGUAGES = ("", "/de", "/fr")
SHOWN, UNCHANGED, GONE = 200, 304, 410
REGISTER = "/agreements/"
SITEMAP = "/sitemap.xml"
ALWAYS = ("/", "/search/", REGISTER, SITEMAP, "/robots.txt", "/about/")
# Of each choice of the register so many are asked for: the pages that can be asked for have an end.
CHOICES = 6
FILTERS = (
    {"on": "1999-12-31"}, {"on": "2012-12-31"}, {"year_from": "1990", "year_to": "2000"},
    {"year_from": "2010"}, {"page": "2"}, {"page": "3"}, {"page": "2", "sort": "title"},
    {"status": "signed", "kind": "agreement"},
)  # fmt: skip
WORDS = (
    *SUBJECTS, "Korea", "Südkorea", "Corée", "Japan", "cooperation", "heritage", "archvies",
    "protocol on cultural cooperation", "EU 2005", "museums and libraries", "nothing of the kind",
)  # fmt: skip
READING, EXPORTING = 0.1, 2  # seconds between two requests, at most


class Strict(Actor):
    """Somebody whom nothing keeps from his work: whatever leads nowhere is a fault.

    Only a site that says that it is busy is not at fault.
    """

    def note(self, told):
        if isinstance(told, NoAnswer):
            self.visitor.faults.append(f"{self.name} was not answered: {told}")
            return
        answer = told.args[0]
        if answer.status != UNAVAILABLE:
            self.visitor.faults.append(f"{self.name} was answered {answer.status}: {shown(answer)}")


class Reader(Strict):
    """Opens page after page, in three languages; every other time with the tag of the last time."""

    what = "reader"

    def __init__(self, site, name=""):
        self.name, self.visitor = name or self.what, Visitor(site.server.url)
        self.acknowledged, self.tags, self.addresses = [], {}, []

    def sign_in(self):
        """Readers do not; they look what there is."""
        self.addresses = addresses(self.visitor)

    def once(self):
        address = random.choice(self.addresses)
        tag = self.tags.get(address) if random.random() < 0.5 else None
        answer = self.visitor.ask(address, **({"If_None_Match": tag} if tag else {}))
        self._judge(address, tag, answer)
        self.tags[address] = answer.headers["ETag"]
        self.acknowledged.append(answer.status)
        time.sleep(random.uniform(0, READING))

    def _judge(self, address, tag, answer):
        """An agreement of a list may have been withdrawn; all others are there."""
        expected = {SHOWN, UNAVAILABLE} | ({UNCHANGED} if tag else set())
        expected |= {GONE} if f"{REGISTER}list-" in address else set()
        if answer.status not in expected:
            self.visitor.faults.append(f"{address} answered {answer.status}")


class Searcher(Reader):
    """Asks for words, on the page of all that is found and in the register."""

    what = "searcher"

    def sign_in(self):
        pages = [("/search/", "q"), (REGISTER, "words"), ("/search/", "q")]
        self.addresses = [
            f"{language}{page}?{urlencode({name: word})}"
            for language, (page, name), word in product(LANGUAGES, pages, WORDS)
        ]


class Exporter(Strict):
    """Takes the register out as a file, and now and then the whole site."""

    what = "exporter"
    REGISTER = "/admin/agreements/agreementedition/"
    EVERYTHING = "/admin/spreadsheets/importjob/everything/"

    def once(self):
        self.visitor.open(f"{self.REGISTER}?{urlencode({'q': random.choice(WORDS)})}")
        if random.random() < 1 / 6:
            values = {"format": random.choice(["xlsx", "ods"]), "live": random.choice(["", "1"])}
            self._take(self.EVERYTHING, values)
        else:
            self._take(f"{self.REGISTER}export/", {"format": random.choice("012")})
        time.sleep(random.uniform(0, EXPORTING))

    def _take(self, address, values):
        answer = self.visitor.send(address, fields(self.visitor.open(address)) | values)
        self._expect_file(address, answer)
        self.acknowledged.append(len(answer.content))

    def _expect_file(self, address, answer):
        """Refuse what is no download."""
        self.visitor.expect(SHOWN, answer)
        if "attachment" not in answer.headers.get("Content-Disposition", ""):
            self.visitor.faults.append(f"{address} answered no file: {shown(answer)}")


def addresses(visitor):
    """The addresses that a site names in its sitemap, and some of what can be asked in each form.

    Documents are read as files too. What has no address in a language is read in another one.
    """
    named = [urlsplit(place).path for file in places(visitor, SITEMAP) for place in
             places(visitor, file)]  # fmt: skip
    files = [f"{path}en" for path in named if path.startswith("/documents/")]
    asked = [f"{REGISTER}?{urlencode(values)}" for values in [*FILTERS, *choices(visitor)]]
    paths = {*ALWAYS, *named, *asked}
    translated = {
        f"{language}{path}" for language, path in product(LANGUAGES, paths)
        if path.startswith(("/agreements/", "/search/", "/parties/")) or path == "/"
    }  # fmt: skip
    return sorted(paths | translated | set(files))


def places(visitor, address):
    """What a sitemap names."""
    return etree.fromstring(visitor.open(address).content).xpath("//*[local-name()='loc']/text()")


def choices(visitor):
    """Yield what the lists of choices in the form of the register can be set to, some of each."""
    form = html.fromstring(visitor.open(REGISTER).content.decode())
    for select in form.xpath("//select[@name]"):
        values = [value for value in select.xpath("./option/@value") if value]
        for value in values[:: max(1, len(values) // CHOICES)]:
            yield {select.get("name"): value}


def shown(answer):
    """What a page says on top and what it finds wrong, shortly."""
    tree = html.fromstring(answer.content or b"<p></p>")
    found = tree.xpath("//title | //*[contains(@class, 'errorlist') or @role='alert']")
    return "; ".join(" ".join(element.text_content().split()) for element in found)[:400]
