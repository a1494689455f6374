"""Every address that the site links to answers, with one heading, a language and sound HTML."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import verbs
from strategy.models import PageEdition
from tests.answering import publish

#: They are made anew for each who asks: their headers tell whether they would be.
DOWNLOADS = "/agreements/agreements."
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Nesting(HTMLParser):
    """Collects end tags that close something else than what is open."""

    def __init__(self):
        super().__init__()
        self.open, self.errors = [], []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _value in attributes]
        self.errors += [f"<{tag}> has {n} twice" for n, c in Counter(names).items() if c > 1]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"</{tag}> at {self.getpos()} closes nothing")


def faults_of(text):
    """What is wrong with the HTML of a page, in sentences."""
    nesting = Nesting()
    nesting.feed(text)
    tree = html.fromstring(text)
    ids = Counter(tree.xpath("//@id"))
    wanted = [a.removeprefix("#") for a in tree.xpath("//a/@href") if a.startswith("#")]
    wanted += " ".join(tree.xpath("//@aria-labelledby | //label/@for")).split()
    return [
        *nesting.errors,
        *(f"<{tag}> is never closed" for tag in nesting.open),
        *(f"id {i} twice" for i, count in ids.items() if count > 1),
        *(f"nothing has the id {i}" for i in wanted if i and i not in ids),
        *([] if len(tree.xpath("//h1")) == 1 else ["not one h1"]),
        *([] if tree.get("lang") else ["no lang"]),
        *([] if tree.xpath("//title/text()")[0].strip() else ["no title"]),
        *(
            f"empty link to {a.get('href')}"
            for a in tree.xpath("//a")
            if not a.text_content().strip()
        ),
        *("image without alt" for _i in tree.xpath("//img[not(@alt)]")),
    ]


def links_of(address, text):
    """The addresses inside the site that a page leads to, without fragments."""
    for link in html.fromstring(text).xpath("//a/@href | //link/@href"):
        target = urlsplit(urljoin(f"http://testserver{address}", link))
        if target.netloc == "testserver" and not target.path.startswith(("/admin", "/static")):
            yield target.path + (f"?{target.query}" if target.query else "")


def crawl(client, start):
    """{address: faults} of all that can be reached from `start`."""
    found, waiting = {}, [start]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = (client.head if DOWNLOADS in address else client.get)(address)
        found[address] = [] if response.status_code == 200 else [f"status {response.status_code}"]
        if response.headers["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            found[address] += faults_of(text)
            waiting += links_of(address, text)
    return found


@pytest.fixture
def site(demonstration):
    """The demonstration site, with some history."""
    edition = AgreementEdition.objects.live().order_by("pk").first()
    draft = verbs.new_draft(edition)
    draft.relations.create(kind="amends", agreement=Agreement.objects.exclude(
        pk=edition.agreement_id).first())  # fmt: skip
    publish(draft, change_note="A relation was added")
    home = PageEdition.objects.live().get(page__path="")
    publish(verbs.new_draft(home), change_note="Read once more")


def test_every_link_of_the_site_leads_somewhere_sound(site, client):
    found = crawl(client, "/")

    assert {address: faults for address, faults in found.items() if faults} == {}
    assert len(found) > 50
    for address in ("/de/agreements/", "/agreements/?status=in_force", "/documents/"):
        assert any(found_one.startswith(address) for found_one in found)


def test_links_on_a_day_are_sound_too(site, client):
    for address in ("/?on=2012-12-31", "/agreements/?on=2012-12-31"):
        response = client.get(address)
        text = response.content.decode()
        assert faults_of(text) == []
        for link in links_of(address, text):
            assert client.get(link).status_code == 200


def test_faults_are_found():
    text = '<html lang="en"><title>T</title><h1 id="a">A<p id="a"><a href="#b">B</a></h1></html>'

    assert faults_of(text)[0].startswith("</h1>")
    assert "id a twice" in faults_of(text)
    assert "nothing has the id b" in faults_of(text)
