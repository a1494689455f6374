"""Those who upload, publish and save, by the forms of the admin, and keep what was acknowledged.

`once` does the work one time; `missing` says what was acknowledged and is not there; `half` what
is there, but not as a whole.
"""

import hashlib
import io
import random
import time
from itertools import count

from django.db import connection
from lxml import html

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document, DocumentFile
from tests.culturecoop.documents.samples import pdf
from tests.forms import fields

from .site import PASSWORD, NoAnswer, TurnedAway

KB = 1024
DRAFT, DOCUMENT = "/admin/agreements/agreementedition/", "/admin/documents/document/"
TEXT = "texts-0-summary"
PAUSE = 0.05  # seconds, after an answer that leads nowhere


class Actor:
    """Somebody with one kind of work. `acknowledged` is what the site said it has done.

    `sent_to` is what the addresses have in common to which he sends what is to be acknowledged.
    """

    what = sent_to = ""

    def __init__(self, site, name=""):
        self.name = name or self.what
        self.visitor = site.visitor(self.name)
        self.acknowledged = []
        self.numbers = count(1)

    def sign_in(self):
        self.visitor.sign_in(self.name, PASSWORD)

    def keep_on(self, ended):
        """Work until the end, in a thread of one's own."""
        try:
            self._keep_on(ended)
        finally:
            connection.close()

    def _keep_on(self, ended):
        while not ended.is_set():
            try:
                self.once()
            except (TurnedAway, NoAnswer) as told:
                self.note(told)
                time.sleep(PAUSE)
            except Exception as fault:
                self.visitor.faults.append(f"{self.name}: {fault!r}")
                time.sleep(PAUSE)

    def note(self, told):
        """What an answer, or none, means that leads nowhere: nothing, when there is trouble."""

    def new_name(self):
        return f"{self.name}-{next(self.numbers)}"

    def missing(self):
        return []

    def half(self):
        return []


class Uploader(Actor):
    """Adds documents, each with a file that was never there before."""

    what, sent_to = "upload", "document/add/"

    def once(self):
        slug, content = self.new_name(), self._content()
        file = io.BytesIO(content)
        file.name = f"{slug}.pdf"
        values = fields(self.visitor.open(f"{DOCUMENT}add/"), "document_form")
        values |= {"title": slug, "slug": slug, "files-0-language": "en", "files-0-upload": file}
        self.visitor.submit(f"{DOCUMENT}add/", values)
        self.acknowledged.append((slug, hashlib.sha256(content).hexdigest()))

    def _content(self):
        """Some are kept in memory on their way in, some in a file."""
        size = random.choice([200, 1500, 4000]) * KB
        return pdf() + b"\n%" + random.randbytes(size // 2).hex().encode()

    def missing(self):
        stored = set(DocumentFile.objects.values_list("document__slug", "sha256"))
        return [
            f"the file of {slug}" for slug, sha in self.acknowledged if (slug, sha) not in stored
        ]

    def half(self):
        found = Document.objects.filter(slug__startswith=f"{self.name}-", files=None)
        return [f"the document {document.slug} has no file" for document in found]


class Publisher(Actor):
    """Makes drafts of an agreement again and again, saves words in them and publishes them."""

    what, sent_to = "publication", "publish/do/"
    address = ""

    def once(self):
        page = self.visitor.open(self._address())
        values = fields(page, "agreementedition_form")
        if TEXT not in values:
            self.address = self.visitor.submit(verb(self.address, "edit"), token(page))
            return
        word = self.new_name()
        values[TEXT] = [f"{values[TEXT][0].strip()} {word}".strip()]
        self.visitor.submit(self.address, values)
        publish(self.visitor, self.address)
        self.acknowledged.append(word)

    def _address(self):
        self.address = self.address or added(self.visitor, self.new_name())
        return self.address

    def missing(self):
        published = AgreementEdition.objects.published().filter(
            texts__summary__contains=f"{self.name}-"
        )
        words = set(" ".join(published.values_list("texts__summary", flat=True)).split())
        return [f"the publication of {word}" for word in self.acknowledged if word not in words]

    def half(self):
        found = AgreementEdition.objects.published().filter(texts=None, withdrawal=False)
        return [f"{edition!r} is published without a text" for edition in found]


class Writer(Publisher):
    """Saves words in a draft of its own, and never publishes."""

    what, sent_to = "save", "change/"

    def once(self):
        values = fields(self.visitor.open(self._address()), "agreementedition_form")
        word = self.new_name()
        values[TEXT] = [f"{values[TEXT][0].strip()} {word}".strip()]
        self.visitor.submit(self.address, values)
        self.acknowledged.append(word)

    def missing(self):
        texts = AgreementEdition.objects.filter(texts__summary__contains=f"{self.name}-")
        words = set(" ".join(texts.values_list("texts__summary", flat=True)).split())
        return [f"the word {word}" for word in self.acknowledged if word not in words]


def added(visitor, slug):
    """The address of the first draft of a new agreement."""
    values = fields(visitor.open(f"{DRAFT}add/"), "agreementedition_form")
    values |= {"slug": slug, "texts-0-language": "en", "texts-0-title": slug}
    return visitor.submit(f"{DRAFT}add/", values)


def verb(address, name):
    """The address of a verb, from that of the edition."""
    return address.replace("change/", f"{name}/do/")


def token(page):
    """What a form with nothing but a button sends."""
    return {"csrfmiddlewaretoken": fields(page)["csrfmiddlewaretoken"]}


def publish(visitor, address):
    """Read the page that asks before a draft is published, tick all it asks, and confirm."""
    address = verb(address, "publish")
    visitor.submit(address, ticked(visitor.open(address)))


def ticked(page):
    """What a page that asks before something is published sends when all is agreed to, now."""
    asked = html.fromstring(page.content.decode()).xpath(
        "//input[starts-with(@name, 'answer_')][@type='checkbox']/@name"
    )
    return fields(page) | dict.fromkeys(asked, "on") | {"when": "now"}
