"""The demonstration site: the content of `fixtures/demonstration/`, made through the verbs."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from agreements.models import (
    Agreement,
    AgreementEdition,
    Membership,
    Party,
    PartyAlias,
    PartyName,
    Theme,
    ThemeName,
)
from culturecoop.dates import PartialDate
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.verbs import add_file
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend

from .blocks import AgreementList, Link, Milestone, Text
from .models import Page, PageEdition

FIXTURES = settings.BASE_DIR / "fixtures"
BLOCK_TYPES = {
    "text": Text,
    "milestone": Milestone,
    "link": Link,
    "agreement_list": AgreementList,
}


def is_empty():
    """Whether the site has no page yet: only then is there room for the demonstration."""
    return not Page.objects.exists()


@transaction.atomic
def load(folder: Path = FIXTURES / "demonstration", by=None):
    """Make everything that the TOML files of `folder` describe, and publish it.

    With `FOUR_EYES`, `by` is the administrator who does so without approval. Returns {"parties":
    27, "documents": 5, …}: how many of each were made.
    """
    for name, tables in _CONTENT.items():
        content = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        for table, make in tables.items():
            for row in content[table]:
                if draft := make(**row):
                    publish(draft, by)
    return {
        model._meta.verbose_name_plural: model.objects.count()
        for model in (Party, Document, DocumentFile, Agreement, Page)
    }


def _theme(names, **fields):
    theme = Theme(**fields)
    amend(theme)
    for language, name in names.items():
        amend(ThemeName(theme=theme, language=language, name=name))


def _party(members=(), aliases=(), names=(), **fields):
    party = Party(**fields)
    amend(party)
    for language, name in dict(names).items():
        amend(PartyName(party=party, language=language, name=name))
    for alias in aliases:
        amend(PartyAlias(party=party, alias=alias))
    for code in members:
        member = Party.objects.filter(code=code).first() or Party(code=code)
        amend(member)
        amend(Membership(grouping=party, member=member))


def _document(files, **fields):
    document = Document(**fields)
    amend(document)
    for row in files:
        with (FIXTURES / "files" / row["file"]).open("rb") as file:
            add_file(document, row["language"], upload=File(file, name=row["file"]))


def _agreement(slug, themes, parties, text, events, documents=(), references=(), **fields):
    agreement = Agreement(slug=slug)
    amend(agreement)
    draft = verbs.start(agreement, AgreementEdition, **fields)
    draft.themes.set(Theme.objects.filter(slug__in=themes))
    _part(draft.texts, language="en", **text)
    for position, code in enumerate(parties):
        _part(draft.parties, party=Party.objects.get(code=code), position=position)
    for position, name in enumerate(documents):
        _part(draft.documents, document=Document.objects.get(slug=name), position=position)
    for row in references:
        _part(draft.references, **row)
    for row in events:
        _part(draft.events, **_event(**row))
    return draft


def _event(date, party=None, **fields):
    party = Party.objects.get(code=party) if party else None
    return {"date": PartialDate.parse(date), "party": party, **fields}


def _part(parts, **fields):
    """Add a valid row to the parts of a draft."""
    part = parts.model(edition=parts.instance, **fields)
    part.full_clean()
    part.save()


def _page(path, title, lead, block, menu="", language="en"):
    page = Page.objects.filter(path=path).first() or _new_page(path, menu)
    draft = verbs.start(page, PageEdition, language=language, title=title, lead=lead)
    for number, row in enumerate(block, start=1):
        _block(draft, number * 10, **row)
    return draft


def _new_page(path, menu):
    above, _, slug = path.rpartition("/")
    page = Page(slug=slug, menu=menu, parent=Page.objects.get(path=above) if path else None)
    amend(page)
    return page


def _block(draft, ordering, type, document=None, theme=None, text="", **fields):
    model = BLOCK_TYPES[type]
    if document:
        fields["document"] = Document.objects.get(slug=document)
    if theme:
        fields["theme"] = Theme.objects.get(slug=theme)
    if text:
        fields["text"] = text.strip()
    block = model(parent=draft, ordering=ordering, **fields)
    block.full_clean()
    block.save()


def publish(draft, by=None):
    """Publish a draft of the demonstration as it is, whatever is asked about it."""
    agreed = [question.code for question in draft.questions()]
    verbs.publish(draft, agreed=agreed, by=by, override="The content of the demonstration.")


#: {file: {table: what makes its rows, and returns the draft of it if there is one}}, in the order
#: in which they need each other.
_CONTENT = {
    "parties": {"party": _party, "theme": _theme},
    "documents": {"document": _document},
    "agreements": {"agreement": _agreement},
    "pages": {"page": _page},
}
