"""Fill the peer with what our site says: `python -m bench.peer.fill CONTENT.json`."""

import json
import re
import sys
from itertools import groupby
from pathlib import Path
from uuid import uuid4

import django

DOCUMENT = re.compile(r'<a href="/documents/([a-z0-9-]+)/">')
HEADING = re.compile(r"<h2>(.*?)</h2>")


def main(path):
    django.setup()
    content = json.loads(Path(path).read_text(encoding="utf-8"))
    from .register import Party, Theme

    for row in content["parties"]:
        Party.objects.create(**row)
    for row in content["themes"]:
        Theme.objects.create(**row)
    for row in content["documents"]:
        publication(**row)
    for row in content["agreements"]:
        agreement(**row)
    pages(content["pages"])


def publication(slug, title, files):
    from django.core.files import File
    from wagtail.documents import get_document_model

    from .register import Publication

    made = Publication.objects.create(slug=slug, title=title)
    for position, row in enumerate(files):
        source = Path(row.pop("path"))
        with source.open("rb") as opened:
            file = File(opened, name=source.name)
            document = get_document_model().objects.create(
                title=title, file=file, file_size=file.size
            )
        made.files.create(document=document, position=position, **row)


def agreement(parties, events, references, themes, documents, **fields):
    from .register import Agreement, Party, Publication, Theme

    made = Agreement.objects.create(**fields)
    for position, row in enumerate(parties):
        party = Party.objects.get(code=row.pop("code"))
        made.parties.create(party=party, position=position, **row)
    for position, row in enumerate(events):
        party = Party.objects.filter(code=row.pop("party")).first()
        made.events.create(party=party, position=position, **row)
    for row in references:
        made.references.create(**row)
    made.themes.set(Theme.objects.filter(slug__in=themes))
    made.publications.set(Publication.objects.filter(slug__in=documents))


def pages(rows):
    """Put our pages, and the register, in the place of the page that Wagtail comes with."""
    from wagtail.models import Page, Site

    from .models import RegisterPage

    root, welcome = Page.objects.get(depth=1), Page.objects.get(depth=2)
    home = next(row for row in rows if not row["path"])
    home_page = _page(root, home, "our-home")
    Site.objects.update(root_page=home_page)
    for row in rows:
        if row is not home:
            _page(home_page, row, row["path"])
    register = RegisterPage(title="Agreements", slug="agreements", show_in_menus=True)
    home_page.add_child(instance=register)
    welcome.delete()


def _page(parent, row, slug):
    """Publish a page below another one."""
    from .models import StandardPage

    page = StandardPage(
        title=row["title"],
        slug=slug,
        lead=row["lead"],
        body=json.dumps(list(body(row["blocks"]))),
        show_in_menus=bool(row["menu"]),
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def body(blocks):
    """Yield the blocks of a page as StreamField stores them."""
    for kind, rows in groupby(blocks, key=lambda row: row["type"]):
        yield from MAKE[kind](list(rows))


def heading(rows):
    for row in rows:
        yield {"type": "heading", "value": row["text"]}


def text(rows):
    """Yield headings by themselves, as an editor of Wagtail would enter them."""
    for row in rows:
        for number, part in enumerate(HEADING.split(row["html"])):
            if number % 2:
                yield {"type": "heading", "value": part}
            elif part.strip():
                yield {"type": "text", "value": DOCUMENT.sub(_document, part.strip())}


def _document(match):
    from .register import Publication

    publication = Publication.objects.get(slug=match[1])
    return f'<a linktype="document" id="{publication.main.document_id}">'


def milestones(rows):
    yield {"type": "milestones", "value": [_item(row) for row in rows]}


def links(rows):
    for title, items in groupby(rows, key=lambda row: row.pop("heading")):
        value = {"heading": title, "links": [_item(row) for row in items]}
        yield {"type": "links", "value": value}


def _item(row):
    from .register import Publication

    chosen = Publication.objects.filter(slug=row.pop("document")).first()
    value = {name: text for name, text in row.items() if name != "type"}
    value["publication"] = chosen and chosen.pk
    return {"type": "item", "id": str(uuid4()), "value": value}


def agreements(rows):
    from .register import Theme

    for row in rows:
        theme = Theme.objects.get(slug=row["theme"])
        yield {"type": "agreements", "value": {"theme": theme.pk}}


MAKE = {
    "heading": heading,
    "text": text,
    "milestone": milestones,
    "link": links,
    "agreementlist": agreements,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
