"""A small site whose every field holds payloads, made through the verbs."""

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone

from agreements import models as register
from culturecoop.dates import PartialDate
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.editions import verbs
from strategy import blocks
from strategy.models import Page, PageEdition
from tests.answering import publish
from tests.culturecoop.documents.samples import pdf

from . import PAYLOADS
from .filling import Filling

MANY = 12  # as many objects as the shortest field needs to hold all payloads in turn
REGIONS = ("main", "in_depth", "more")


class Site:
    """Themes, parties, documents, agreements, pages, users: MANY of each, and drafts of all."""

    def __init__(self, png):
        self.filling = Filling()
        self.png = png
        self.numbers = range(MANY)
        self.users = [self._user(n) for n in self.numbers]
        self.themes = [self._theme(n) for n in self.numbers]
        self.parties = [self._party(n) for n in self.numbers]
        register.Membership.objects.create(grouping=self.parties[0], member=self.parties[1])
        self.documents = [self._document(n) for n in self.numbers]
        self.home = self._page("", 0)
        self.agreements = [self._agreement(n) for n in self.numbers]
        self.pages = [self._page(f"page-{n}", n) for n in self.numbers]
        self.requests = [self._request(n) for n in self.numbers]
        self._withdraw()
        editions = [self.home, *self.agreements[:-1], *self.pages[:-1]]
        self.drafts = [verbs.new_draft(edition, by=self.users[0]) for edition in editions]

    def _make(self, model, number, **given):
        return model.objects.create(**self.filling.values(model, number, **given))

    def _user(self, number):
        given = {"username": f"user-{number}", "email": "", "is_staff": True}
        self._make(Group, number)
        return self._make(User, number, **given)

    def _theme(self, number):
        theme = self._make(register.Theme, number, slug=f"theme-{number}")
        self._make(register.ThemeName, number, theme=theme, language="fr")
        return theme

    def _party(self, number):
        party = self._make(register.Party, number, code=f"X{number}", kind="organisation")
        self._make(register.PartyName, number, party=party, language="fr")
        self._make(register.PartyAlias, number, party=party)
        return party

    def _request(self, number):
        given = {"code": f"R{number}", "kind": "organisation", "asked_by": self.users[0]}
        return self._make(register.PartyRequest, number, **given)

    def _document(self, number):
        document = self._make(Document, number, slug=f"document-{number}")
        content = pdf(pages=number + 1)
        for language in ("en", "fr"):
            file = DocumentFile(
                **self.filling.values(
                    DocumentFile, number, document=document, language=language, address="",
                    file="", size=len(content), sha256="0" * 63 + language[0], extension="pdf",
                    media_type="application/pdf", pages=1, live_from=timezone.now(),
                )
            )  # fmt: skip
            file.file.save("a.pdf", ContentFile(content), save=False)
            file.save()
        return document

    # Agreements ------------------------------------------------------------------------------

    def _agreement(self, number):
        identity = self._make(register.Agreement, number, slug=f"agreement-{number}")
        model = register.AgreementEdition
        draft = verbs.start(identity, model, by=self.users[0], **self._content(model, number))
        draft.themes.set(self.themes)
        for place, language in enumerate(("en", "de", "fr")):
            self._part(draft, register.AgreementText, number + place * 4, language=language)
        for other in [number] if number else self.numbers:
            self._of_agreement(draft, other)
        if number:
            given = {"kind": "amends", "agreement": self.home_agreement}
            self._part(draft, register.Relation, number, **given)
        else:
            self.home_agreement = identity
        return publish(draft, change_note=self.filling.text(model, "change_note", number))

    def _of_agreement(self, draft, number):
        party, document = self.parties[number], self.documents[number]
        self._part(draft, register.AgreementParty, number, party=party, position=number)
        self._part(draft, register.AgreementDocument, number, document=document)
        self._part(draft, register.Reference, number)
        date = PartialDate.parse(f"20{number + 10}")
        given = {"kind": "signature", "party": party, "date": date, "until": None}
        self._part(draft, register.Event, number, scope="part", **given)

    def _part(self, draft, model, number, **given):
        given[model.edition_field().name] = draft
        return self._make(model, number, **given)

    def _content(self, model, number):
        values = self.filling.values(model, number)
        by_verb = ("change_note", "reason", "redirect_to")
        return {name: value for name, value in values.items() if name not in by_verb}

    # Pages -----------------------------------------------------------------------------------

    def _page(self, path, number):
        parent = Page.objects.get(path="") if path else None
        page = self._make(Page, number, slug=path, parent=parent, menu="header")
        draft = verbs.start(
            page, PageEdition, by=self.users[0],
            **self._content(PageEdition, number) | {"language": "en"},
        )  # fmt: skip
        if not path:
            self._raw_texts(draft)
        for other in [number] if path else self.numbers:
            self._blocks(draft, number, other)
        return publish(draft, change_note=self.filling.text(PageEdition, "change_note", number))

    def _raw_texts(self, draft):
        """What no form or import lets in: the rich text as somebody would write it by program."""
        for ordering, payload in enumerate(PAYLOADS):
            blocks.Text.objects.create(parent=draft, region="main", ordering=ordering, text=payload)

    def _blocks(self, draft, number, other):
        place = {"region": REGIONS[other % 3], "ordering": 100 + other}
        self._part(draft, blocks.Text, other, **place)
        document = self.documents[other]
        given = {"date": PartialDate.parse("2010"), "document": document, "address": ""}
        self._part(draft, blocks.Milestone, other, **place, **given)
        self._part(draft, blocks.Link, other, **place, address="https://example.org/")
        if other == number:
            self._part(draft, blocks.Link, other, **place | {"title": ""}, document=document)
            self._part(draft, blocks.AgreementList, other, **place)
        values = self.filling.values(blocks.Image, other, parent=draft, **place)
        image = blocks.Image(**values)
        image.file.save("a.png", ContentFile(self.png), save=False)
        image.save()

    def _withdraw(self):
        for edition in (self.agreements[-1], self.pages[-1]):
            reason = self.filling.text(type(edition), "reason", 0)
            verbs.withdraw(edition, reason=reason, by=self.users[0])
