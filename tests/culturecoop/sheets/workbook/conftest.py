"""A small site in which every sheet has rows, and every kind of block."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture

from agreements.models import Agreement, AgreementEdition, Membership, Party, Theme
from culturecoop.dates import PartialDate
from culturecoop.documents.models import Document
from culturecoop.documents.verbs import add_file
from culturecoop.editions import verbs
from strategy.blocks import AgreementList, Image, Link, Milestone, Text
from strategy.models import Page, PageEdition
from tests.answering import publish


def png(colour, orientation=1):
    file, exif = io.BytesIO(), Picture.Exif()
    exif[0x0112] = orientation
    Picture.new("RGB", (40, 30), colour).save(file, "PNG", exif=exif)
    return file.getvalue()


@pytest.fixture
def rich_site(db):
    _reference_data()
    _agreements()
    _pages()


def _reference_data():
    eu = Party.objects.create(code="EU", kind="organisation")
    carib = Party.objects.create(code="CARIFORUM", kind="grouping", name="CARIFORUM")
    haiti = Party.objects.create(code="HT")
    haiti.aliases.create(alias="Hayti; the island")
    eu.names.create(language="fr", name="Union européenne")
    day = datetime.date
    Membership.objects.create(grouping=carib, member=haiti, since=day(1997, 7, 4))
    Membership.objects.create(grouping=carib, member=haiti, until=day(1990, 1, 1))
    trade = Theme.objects.create(slug="trade", name="Trade")
    trade.names.create(language="de", name="Handel")
    report = Document.objects.create(slug="report", title="The report")
    add_file(report, "fr", address="https://example.org/rapport.pdf", title="Le rapport")
    add_file(report, "en", upload=ContentFile(png("red"), name="Report of 2012.png"))


def _agreements():
    first = verbs.start(Agreement.objects.create(slug="a"), AgreementEdition, kind="protocol")
    first.themes.set(Theme.objects.all())
    first.texts.create(language="en", title="First", summary="In\nlines")
    first.texts.create(language="de", title="Erste", official_title="=1+1")
    for position, code in enumerate(("EU", "CARIFORUM")):
        first.parties.create(party=Party.objects.get(code=code), position=position)
    for kind, date, fields in (
        ("signature", "2008-10-15", {}),
        ("signature", "2009?", {"scope": "part", "part": "the trade part", "note": "later"}),
        ("provisional_application", "2008-12", {"source_address": "https://example.org/oj"}),
        ("ratification", "2010", {"party": Party.objects.get(code="HT")}),
    ):
        first.events.create(kind=kind, date=PartialDate.parse(date), **fields)
    first.documents.create(document=Document.objects.get(), position=0)
    for value in ("OJ L 289", "OJ L 290"):
        first.references.create(scheme="oj", value=value)
    first.references.create(scheme="celex", value="22008A1030(01)", address="https://example.org/")
    publish(first)
    second = verbs.start(Agreement.objects.create(slug="b", source_language="fr"), AgreementEdition)
    second.texts.create(language="fr", title="Deuxième")
    second.events.create(kind="signature", date=PartialDate.parse("2011"))
    second.relations.create(kind="part_of", agreement=first.agreement)
    publish(second)


def _page(path, language, title, **place):
    above, _stroke, slug = path.rpartition("/")
    parent = Page.objects.get(path=above) if path else None
    page = Page.objects.filter(path=path).first() or Page(slug=slug, parent=parent, **place)
    page.save()
    return verbs.start(page, PageEdition, language=language, title=title)


def _pages():
    home = _page("", "en", "Home", menu="header")
    document = Document.objects.get()
    home.strategy_text_set.create(
        text='<p>See <a href="/documents/report/">it</a> &amp; more</p>', region="main", ordering=10
    )
    home.strategy_agreementlist_set.create(
        theme=Theme.objects.get(), kinds=["protocol"], order="year", region="main", ordering=20
    )
    publish(home)
    publish(_page("", "de", "Zuhause"))
    trade = _page("trade", "en", "Trade", menu="footer", position=3)
    trade.lead = "What is\n\ndone"
    trade.save()
    Milestone.objects.create(
        parent=trade, date=PartialDate.parse("2008-05"), actor="Who", text="with",
        document=document, region="main", ordering=10,
    )  # fmt: skip
    Link.objects.create(
        parent=trade, page=Page.objects.get(path=""), heading="See", region="more", ordering=5
    )
    image = Image(parent=trade, alternative="Red", region="in_depth", ordering=10)
    image.file.save("red.png", ContentFile(png("blue")), save=False)
    image.save()
    publish(trade)
    music = _page("trade/music", "fr", "Musique", source_language="fr")
    Text.objects.create(parent=music, text="<p>é</p>", region="main", ordering=10)
    AgreementList.objects.create(parent=music, region="main", ordering=20)
    publish(music)
    publish(_page("trade/music", "en", "Music"))
