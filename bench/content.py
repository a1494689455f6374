"""10,000 live agreements with three events each, beside the demonstration site."""

import datetime
from io import StringIO
from itertools import islice

from babel import Locale
from django.core.management import call_command
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
from culturecoop.editions import changes

COUNT = 10_000
KINDS = ("negotiations_concluded", "signature", "entry_into_force")
FIRST_YEAR, YEARS = 1960, 60


def make_register(count=COUNT):
    """Make the demonstration site and `count` agreements more, with their stored periods."""
    call_command("load_demonstration", stdout=StringIO())
    numbered = list(enumerate(make_editions(count)))
    for rows in parts(numbered, Party.objects.get(code="EU"), make_parties(), make_themes()):
        type(rows[0])._base_manager.bulk_create(rows, batch_size=2000)
    editions = [edition for _n, edition in numbered]
    store_periods(with_parts(editions))
    compilation.store(editions)
    changes.record()


def make_editions(count):
    """The live editions of `count` new agreements."""
    identities = Agreement.objects.bulk_create(
        Agreement(slug=f"agreement-{n:05}") for n in range(count)
    )
    now = timezone.now()
    return AgreementEdition.objects.bulk_create(
        AgreementEdition(
            agreement=agreement, kind=AgreementKind.values[n % 6], number=1, live_from=now
        )
        for n, agreement in enumerate(identities)
    )


def parts(numbered, own, parties, themes):
    """The rows that belong to the editions [(number, edition)], a list for each model."""
    through = AgreementEdition.themes.through
    yield [through(agreementedition=e, theme=themes[n % len(themes)]) for n, e in numbered]
    yield [text(n, edition) for n, edition in numbered]
    yield [AgreementParty(edition=edition, party=own) for _n, edition in numbered]
    yield [
        AgreementParty(edition=e, party=parties[n % len(parties)], position=1) for n, e in numbered
    ]
    yield [event for n, edition in numbered for event in events(n, edition)]


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


def text(n, edition):
    return AgreementText(
        edition=edition,
        language="en",
        title=f"Agreement {n} on cultural cooperation",
        line="is concluded with one country",
        wording_no=1,
    )


def events(n, edition):
    """Three in a row, a year apart; every third agreement is not in force yet."""
    first = datetime.date(FIRST_YEAR + n % YEARS, n % 12 + 1, n % 28 + 1)
    kinds = KINDS if n % 3 else ("negotiations_opened", *KINDS[:2])
    return [
        Event(edition=edition, kind=kind, date=PartialDate(first.year + i, first.month, first.day))
        for i, kind in enumerate(kinds)
    ]


def with_parts(editions, size=2000):
    """The editions with their events and parties read along, in batches."""
    pks = iter([edition.pk for edition in editions])
    rows = AgreementEdition.objects.prefetch_related("events", "parties__party")
    found = []
    while batch := list(islice(pks, size)):
        found += rows.filter(pk__in=batch)
    return found
