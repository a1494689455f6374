"""10,000 live agreements with three events each, beside the demonstration site.

What they say is a class: `Plain` here, all alike; `Varied` in variety.py.
"""

import datetime
from io import StringIO
from itertools import islice

from babel import Locale
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from agreements import compilation
from agreements.models import (
    Agreement,
    AgreementEdition,
    AgreementKind,
    AgreementParty,
    AgreementText,
    Event,
    Party,
    Theme,
)
from agreements.publication import store_periods
from culturecoop.dates import PartialDate
from culturecoop.editions import changes, listings

from .copies import multiply

COUNT = MADE = 10_000
PORTION = 2_000  # agreements that are made, and held in memory, at once
KINDS = ("negotiations_concluded", "signature", "entry_into_force")
FIRST_YEAR, YEARS = 1960, 60


class Plain:
    """What agreement `n` says: one like another, each tenth of the theme of the home page."""

    def editions(self, n, agreement, now):
        """Its editions, in which only what readers see of them differs."""
        yield AgreementEdition(agreement=agreement, kind=self.kind(n), number=1, live_from=now)

    def kind(self, n):
        return AgreementKind.values[n % 6]

    def themes(self, n, themes):
        """Those of the list of all themes that it has."""
        return [themes[n % len(themes)]]

    def partners(self, n, parties):
        """Those of the list of all parties that it is with."""
        return [parties[n % len(parties)]]

    def texts(self, n):
        """{language: (title, line)}"""
        title = f"Agreement {n} on cultural cooperation"
        return {"en": (title, "is concluded with one country")}

    def events(self, n):
        """[(kind, date)]: three in a row, a year apart; every third is not in force yet."""
        year, month, day = FIRST_YEAR + n % YEARS, n % 12 + 1, n % 28 + 1
        kinds = KINDS if n % 3 else ("negotiations_opened", *KINDS[:2])
        return [(kind, datetime.date(year + i, month, day)) for i, kind in enumerate(kinds)]


PLAIN = Plain()


def make_register(count=COUNT, content=PLAIN):
    """Make the demonstration site and `count` agreements more, with what lists read of them."""
    call_command("load_demonstration", stdout=StringIO())
    add_agreements(count, content)


def add_agreements(count, content=PLAIN):
    """Add so many to the demonstration site.

    What is over MADE is copies of the others, so that their number is rounded.
    """
    own, parties, themes = Party.objects.get(code="EU"), make_parties(), make_themes()
    made = min(count, MADE)
    for first in range(0, made, PORTION):
        numbers = range(first, min(first + PORTION, made))
        with transaction.atomic():
            make_agreements(numbers, own, parties, themes, content)
    multiply(round(count / made) if made else 1)
    sum(listings.rebuild(AgreementEdition))
    changes.record()


def make_agreements(numbers, own, parties, themes, content):
    """Make agreements with all that is stored of published editions, but for their words."""
    numbered = numbered_editions(numbers, content)
    for rows in parts(numbered, own, parties, themes, content):
        type(rows[0])._base_manager.bulk_create(rows, batch_size=PORTION)
    published = with_parts([edition for _n, edition in numbered if edition.live_from])
    store_periods(published)
    compilation.store(published)


def make_editions(count):
    """The live editions of `count` new agreements."""
    return [edition for _n, edition in numbered_editions(range(count))]


def numbered_editions(numbers, content=PLAIN):
    """[(number, edition)] of new agreements."""
    identities = Agreement.objects.bulk_create(Agreement(slug=f"agreement-{n:05}") for n in numbers)
    now = timezone.now()
    numbered = [
        (n, edition)
        for n, agreement in zip(numbers, identities, strict=True)
        for edition in content.editions(n, agreement, now)
    ]
    for _n, edition in numbered:
        edition.published_at = edition.live_from and min(edition.live_from, now)
    AgreementEdition.objects.bulk_create(edition for _n, edition in numbered)
    return numbered


def parts(numbered, own, parties, themes, content=PLAIN):
    """The rows that belong to the editions [(number, edition)], a list for each model."""
    through = AgreementEdition.themes.through
    yield [
        through(agreementedition=e, theme=theme)
        for n, e in numbered for theme in content.themes(n, themes)
    ]  # fmt: skip
    yield [
        AgreementText(edition=e, language=code, title=title, line=line, wording_no=1)
        for n, e in numbered for code, (title, line) in content.texts(n).items()
    ]  # fmt: skip
    yield [AgreementParty(edition=edition, party=own) for _n, edition in numbered]
    yield [
        AgreementParty(edition=e, party=party, position=position)
        for n, e in numbered for position, party in enumerate(content.partners(n, parties), 1)
    ]  # fmt: skip
    yield [
        Event(edition=e, kind=kind, date=PartialDate(date.year, date.month, date.day))
        for n, e in numbered for kind, date in content.events(n)
    ]  # fmt: skip


def make_parties():
    """The countries of the world, as parties."""
    names = Locale("en").territories
    countries = sorted(code for code in names if len(code) == 2 and code.isalpha())
    known = set(Party.objects.values_list("code", flat=True))
    Party.objects.bulk_create(Party(code=code) for code in countries if code not in known)
    return list(Party.objects.filter(code__in=countries).exclude(code="EU"))


def make_themes():
    """Ten themes: each tenth agreement is of the theme that the home page lists."""
    Theme.objects.bulk_create(Theme(slug=f"theme-{n}", name=f"Theme {n}") for n in range(1, 10))
    return [
        Theme.objects.get(slug="international-trade"),
        *Theme.objects.filter(name__startswith="Theme"),
    ]


def with_parts(editions, size=2000):
    """The editions with their agreements, events and parties read along, in batches."""
    pks = iter([edition.pk for edition in editions])
    rows = AgreementEdition.objects.select_related("agreement")
    rows = rows.prefetch_related("events", "parties__party")
    found = []
    while batch := list(islice(pks, size)):
        found += rows.filter(pk__in=batch)
    return found
