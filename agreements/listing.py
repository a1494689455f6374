"""What the admin's list of agreements is read from: see `culturecoop/editions/listings.py`."""

from collections import defaultdict
from itertools import chain

from django.db import models
from django.db.models import Q, Value, prefetch_related_objects
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.lasttitles import read_ended, titled_by
from culturecoop.editions.listings import EditionListing, joined, published_last
from culturecoop.editions.models import ComputedRow
from culturecoop.parts_of_words import searchable_numbers

from .compilation import ALWAYS, pieces, standing_of
from .entries import LAST_DAY
from .parts import EDITION, AgreementParty, AgreementText, Reference
from .treaty import LegalLife, memberships_of


class AgreementListing(EditionListing):
    """A row of the list of agreements.

    Its words and parties are in an index besides (`listedwords.py`). A migration that makes the
    table anew on SQLite has to make the triggers of migration 0017 again.
    """

    copied = (*EditionListing.copied, "kind")

    edition = models.OneToOneField(
        EDITION, models.CASCADE, primary_key=True, related_name="listing"
    )
    kind = models.CharField(_("kind"), max_length=40)
    languages = models.CharField(_("languages"), max_length=200, blank=True)  # |de|en|
    themes = models.TextField(_("themes"), blank=True)  # their ids: |3|17|
    parties = models.TextField(_("parties"), blank=True)  # their ids
    #: Whether it has its ListedStandings: those of an imported draft are worked out when asked for.
    status_known = models.BooleanField(_("status known"))

    class Meta(EditionListing.Meta):
        indexes = [
            *EditionListing.Meta.indexes,
            models.Index(fields=["languages"], name="listed_languages"),
            models.Index(
                fields=["edition"], condition=Q(status_known=False), name="listed_waiting"
            ),
        ]
        verbose_name = _("row of the list of agreements")
        verbose_name_plural = _("rows of the list of agreements")

    @classmethod
    def compiled(cls, editions, later=()):
        parts = [*_parts_of(editions), _behind(editions)]
        waits = {edition.pk for edition in editions if not edition.live_from} & set(later)
        rows = [cls._row(e, e.pk not in waits, *(of[e.pk] for of in parts)) for e in editions]
        known = [edition for edition in editions if edition.pk not in waits]
        return {cls: rows, ListedStanding: _standings(known)}

    @classmethod
    def waiting(cls, identities):
        rows = cls.objects.filter(edition__agreement__in=identities, status_known=False)
        return set(rows.values_list("pk", flat=True))

    @classmethod
    def _row(cls, edition, status_known, texts, references, themes, parties, behind):
        words = [edition.agreement.slug]
        for _language, *titles in texts:
            words += titles
        return cls.of(
            edition,
            [*words, *searchable_numbers(chain.from_iterable(references))],
            status_known=status_known,
            languages="" if edition.withdrawal else joined(sorted(text[0] for text in texts)),
            themes=joined(sorted(chain.from_iterable(themes))),
            parties=joined(chain.from_iterable(parties)),
            behind=joined(sorted(behind)) or None,
        )


class ListedStanding(ComputedRow):
    """What stands for the whole agreement from a day until a day (exclusive), of drafts too."""

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="+", db_index=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    standing = models.CharField(_("status"), max_length=30)
    ending = models.BooleanField(_("in effect, but ending"))

    class Meta:
        verbose_name = _("listed status")
        verbose_name_plural = _("listed statuses")
        default_permissions = ()
        indexes = [
            models.Index(fields=["standing", "until", "since", "edition"], name="listed_standing"),
            models.Index(
                fields=["until", "since", "edition"], condition=Q(ending=True), name="listed_ending"
            ),
            # Where many have a status, it is asked of the newest rows, one after another.
            models.Index(
                fields=["edition", "until", "since", "standing", "ending"],
                name="listed_standing_of",
            ),
        ]

    def __str__(self):
        return f"{self.edition}: {self.standing} {self.since}–{self.until}"


def _standings(editions):
    """Return the ListedStandings of editions, from what is read of all of them at once."""
    drafts = [edition for edition in editions if not edition.live_from]
    prefetch_related_objects(drafts, "parties__party", "events")
    prefetch_related_objects([edition for edition in editions if edition.live_from], "periods")
    parties = {row.party_id for edition in drafts for row in edition.parties.all()}
    memberships = memberships_of(parties) if parties else {}
    return [row for edition in editions for row in standings_of(edition, memberships)]


def standings_of(edition, memberships):
    """Return the ListedStandings of an edition: from its stored periods, of a draft from its law.

    A withdrawal has none.
    """
    if edition.withdrawal:
        return []
    if edition.live_from:
        whole = [period for period in edition.periods.all() if period.party_id is None]
    else:
        whole = LegalLife(edition, memberships).periods_of_whole
    first = min((period.since for period in whole), default=LAST_DAY)
    return [
        ListedStanding(edition=edition, since=since, until=until, **standing_of(period))
        for since, until, period in pieces(whole, first, ALWAYS)
    ]


def _parts_of(editions):
    """Return [{edition: [columns of a row, …]}] of the parts that rows are made of.

    What was withdrawn is found by its last titles, and by nothing else of its content.
    """
    themes = AgreementListing._meta.get_field("edition").related_model.themes.through
    parts = (
        (AgreementText, "edition", "language", "title", "official_title"),
        (Reference, "edition", "value"),
        (themes, "agreementedition", "theme"),
        (AgreementParty, "edition", "party"),
    )
    pks = [edition.pk for edition in editions]
    texts, *others = [_grouped(model, pks, *columns) for model, *columns in parts]
    return [_with_last_titles(texts, editions), *others]


def _behind(editions):
    """Return {edition: [languages]} of the texts that follow an older one than readers see."""
    texts = AgreementText.objects.filter(
        published_last("edition__"), edition__agreement__in=[e.agreement_id for e in editions]
    )
    wordings = defaultdict(dict)
    for agreement, *wording in texts.values_list("edition__agreement", "language", "wording_no"):
        wordings[agreement].update([wording])
    found = defaultdict(list)
    for edition in editions:
        of = wordings[edition.agreement_id]
        source = of.get(edition.agreement.source_language, 0)
        found[edition.pk] = [language for language, number in of.items() if number < source]
    return found


def _with_last_titles(texts, editions):
    """Add the titles of what withdrawals have ended to those of editions."""
    ended = {e.pk: titled_by(e).pk for e in read_ended(editions) if e.withdrawal}
    columns = ("edition", "language", "title", "official_title")
    found = _grouped(AgreementText, ended.values(), *columns)
    return texts | {pk: found[last] for pk, last in ended.items()}


def _grouped(model, pks, edition, *columns):
    found = defaultdict(list)
    rows = model.objects.filter(**{f"{edition}__in": pks})
    for pk, *row in rows.values_list(edition, *columns):
        found[pk].append(row)
    return found


def listing_one(column, value):
    """Return the condition "is among the values of a column that holds several" of rows."""
    return GreaterThan(StrIndex(column, Value(f"|{value}|")), 0)
