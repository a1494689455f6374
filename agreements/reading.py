"""Reading agreements: what a page needs of them, in a fixed number of queries."""

from django.conf import settings
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import get_language

from culturecoop.texts import sort_key

from .law import Period
from .models import (
    AgreementDocument,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    Party,
    StatusPeriod,
)
from .parts import period_on
from .publication import SAME_IN_LAW
from .treaty import periods_of
from .vocabulary import YEAR_KINDS, Form, Remark, stored_status


def with_event_by(editions, day):
    """Return those of `editions` that have a legal fact by `day`: they have a status then."""
    periods = StatusPeriod.objects.filter(period_on(day), edition=OuterRef("pk"))
    return editions.filter(Exists(periods))


def as_periods(rows):
    """StatusPeriod rows as the Periods that `law.periods` gives."""
    return [
        Period(
            row.party_id,
            stored_status(row.status),
            remark=Remark(row.remark) if row.remark else None,
            event=row.event_id,
            notice=row.notice_id,
            unsure=row.unsure_id,
            **{name: getattr(row, name) for name in SAME_IN_LAW},
        )
        for row in rows
    ]


def periods_for(edition):
    """Return the Periods of an edition: stored ones; of what is not published, computed ones."""
    computed = edition.live_from is None
    return periods_of(edition) if computed else as_periods(edition.periods.all())


def read_law(editions):
    """Prefetch parties, events, their names and stored periods: what was typed stays as it is."""
    prefetch_related_objects(
        editions,
        Prefetch("parties", AgreementParty.objects.select_related("party")),
        Prefetch("events", Event.objects.select_related("party")),
        "periods",
    )
    rows = [row for e in editions for row in (*e.parties.all(), *e.events.all())]
    prefetch_related_objects([row.party for row in rows if row.party], "names")


def first_partner():
    """Return the id of the first party of an edition that is not the site's own."""
    partners = AgreementParty.objects.filter(edition=OuterRef("pk"))
    partners = partners.exclude(party__code=settings.OWN_PARTY).order_by("position", "pk")
    return Subquery(partners.values("party")[:1])


def first_year():
    """`AgreementEdition.year` for the database, as text of four digits."""
    dates = Event.objects.filter(edition=OuterRef("pk")).order_by("date")
    known = [Subquery(dates.filter(kind=kind).values("date")[:1]) for kind in YEAR_KINDS]
    return Substr(Coalesce(*known, Subquery(dates.values("date")[:1])), 1, 4)


def chosen_for(lists, reading):
    """Return {list: [ids of editions]} of AgreementList blocks, up to one more than their limit.

    One query a list, and two for the names of the partners of all.
    """
    rows = {wanted: _candidates(wanted, reading) for wanted in lists}
    names = _partner_names(partner for found in rows.values() for _pk, partner in found)
    for wanted, found in rows.items():
        if wanted.order == wanted.Order.PARTNER:
            found.sort(key=lambda row: names.get(row[1], (1, "")))
    return {wanted: [pk for pk, _p in found[: wanted.LIMIT + 1]] for wanted, found in rows.items()}


def _candidates(wanted, reading):
    """Return [(edition id, id of its first partner or None)] in the order of the list.

    Names of partners come from CLDR, which the database does not know: a list in their order
    reads all its candidates, but just these two columns of them.
    """
    editions = with_event_by(AgreementEdition.objects.live(reading.at), reading.day)
    if wanted.theme_id:
        editions = editions.filter(themes=wanted.theme_id)
    if wanted.kinds:
        editions = editions.filter(kind__in=wanted.kinds)
    if wanted.order == wanted.Order.PARTNER:
        editions = editions.order_by("agreement__slug")
        return list(editions.values_list("pk", first_partner()))
    year = first_year()
    direction = year.desc() if wanted.order == wanted.Order.NEWEST else year.asc()
    ids = editions.order_by(direction, "agreement__slug").values_list("pk", flat=True)
    return [(pk, None) for pk in ids[: wanted.LIMIT + 1]]


def _partner_names(ids):
    ids = set(ids) - {None}
    parties = Party.objects.filter(pk__in=ids).prefetch_related("names") if ids else []
    return {party.pk: (0, sort_key(party.display_name)) for party in parties}


def editions_for_lines(ids, day):
    """Return {id: edition} with all that the lines of lists on pages say. Seven queries."""
    editions = AgreementEdition.objects.filter(pk__in=ids).select_related("agreement")
    documents = AgreementDocument.objects.select_related("document")
    return editions.prefetch_related(
        short_texts(), "events", Prefetch("documents", documents), periods_on(day), sides()
    ).in_bulk()


def sides(prefix=""):
    """Prefetches the parties and their names, but of what is open to many. Two queries."""
    parties = AgreementParty.objects.exclude(edition__form=Form.MULTILATERAL)
    parties = parties.select_related("party").prefetch_related("party__names")
    return Prefetch(f"{prefix}parties", parties)


def short_texts():
    """Prefetches title and line in the reader's language and in the source language."""
    source = F("edition__agreement__source_language")
    texts = AgreementText.objects.filter(Q(language=get_language()) | Q(language=source))
    return Prefetch("texts", texts.only("edition", "language", "title", "line"))


def periods_on(day, party=None):
    """Prefetches the period of a party (id; None: the whole) on a day as `periods_on_day`."""
    held = StatusPeriod.objects.filter(period_on(day, party))
    return Prefetch("periods", held, to_attr="periods_on_day")


def editions_for_rows(editions, day, party=None):
    """`editions` with all that the rows of the register say but the names of the parties.

    The status is that of the whole agreement, or of a `party` (id).
    """
    parties = AgreementParty.objects.only("edition", "party_id", "position", "side")
    return editions.select_related("agreement").prefetch_related(
        short_texts(), "events", Prefetch("parties", parties), periods_on(day, party)
    )


def join_status(editions, day, party=None):
    """Add `current__status` and its like: the period of a party (id; None: the whole) on a day."""
    return editions.annotate(
        current=FilteredRelation("periods", condition=period_on(day, party, "periods__"))
    )


def with_title(editions):
    """Add `title`: in the reader's language, else in the source language."""
    texts = AgreementText.objects.filter(edition=OuterRef("pk"))
    own = texts.filter(language=get_language())
    source = texts.filter(language=OuterRef("agreement__source_language"))
    return editions.annotate(
        title=Coalesce(Subquery(own.values("title")[:1]), Subquery(source.values("title")[:1]))
    )


def titles_of(agreements, at):
    """Return {agreement id: AgreementText} of those of `agreements` (ids) that are live at `at`.

    In the reader's language, else in the source language, else in any. Three queries, with the
    parties of their editions.
    """
    live = AgreementEdition.objects.live(at).filter(agreement__in=agreements)
    texts = AgreementText.objects.filter(edition__in=live).select_related("edition__agreement")
    texts = texts.prefetch_related(sides("edition__"))
    best_last = sorted(texts.order_by("-language"), key=_closeness)
    return {text.edition.agreement_id: text for text in best_last}


def _closeness(text):
    source = text.edition.agreement.source_language
    return (text.language == get_language(), text.language == source)
