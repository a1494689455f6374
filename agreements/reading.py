"""Reading agreements: what a page needs of them, in a fixed number of queries."""

from functools import partial

from django.db.models import Case, Count, F, Prefetch, Q, When, prefetch_related_objects
from django.utils.translation import get_language

from culturecoop.editions.changes import kept
from culturecoop.texts import sort_key

from .choices import choices
from .entries import RegisterEntry
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
from .vocabulary import Form, Remark, stored_status


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


def chosen_for(lists, reading):
    """Return {list: [ids of editions]} of AgreementList blocks, up to one more than their limit.

    Those of today are kept until something changes.
    """
    found = {}
    for wanted in lists:
        name = (
            f"list {wanted.theme_id} {wanted.kinds} {wanted.order} {reading.day} {get_language()}"
        )
        chosen = partial(_chosen, wanted, reading)
        found[wanted] = chosen() if reading.dated or reading.past else kept(name, chosen)
    return found


def _chosen(wanted, reading):
    """Return the ids of the first editions of a list, up to one more than its limit."""
    number = wanted.LIMIT + 1
    entries = RegisterEntry.objects.live(reading.at).on(reading.day).begun()
    if wanted.theme_id:
        entries = entries.of_theme(wanted.theme_id)
    if wanted.kinds:
        entries = entries.filter(kind__in=wanted.kinds)
    if wanted.order == wanted.Order.PARTNER:
        return _by_partner(entries, number)
    year = "-year" if wanted.order == wanted.Order.NEWEST else "year"
    return list(entries.order_by(year, "slug").values_list("edition", flat=True)[:number])


def _by_partner(entries, number):
    """Return the ids of the first editions in the order of the names of their partners.

    Names come from CLDR, which the database does not know: it says how many each partner has.
    """
    counts = dict(entries.order_by().values_list("partner").annotate(Count("pk")))
    names = {party.pk: (0, sort_key(party.display_name)) for party in _parties(counts)}
    first, left = [], number
    for partner in sorted(counts, key=lambda pk: names.get(pk, (1, ""))):
        first.append(When(partner=partner, then=len(first)))
        left -= counts[partner]
        if left <= 0:
            break
    ranked = entries.alias(rank=Case(*first, default=None)) if first else entries.none()
    ranked = ranked.exclude(rank=None).order_by("rank", "slug")
    return list(ranked.values_list("edition", flat=True)[:number])


def _parties(ids):
    """Return the parties among `ids` with their names; mostly those that are kept in memory."""
    known = choices().parties
    missing = set(ids) - known.keys() - {None}
    more = Party.objects.filter(pk__in=missing).prefetch_related("names") if missing else []
    return [*(known[pk] for pk in ids if pk in known), *more]


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


def editions_for_rows(ids, day, party=None):
    """Return the editions (ids, in their order) with all that rows say but the names of parties.

    The status is that of the whole agreement, or of a `party` (id).
    """
    parties = AgreementParty.objects.only("edition", "party_id", "position", "side")
    editions = AgreementEdition.objects.select_related("agreement").prefetch_related(
        short_texts(), "events", Prefetch("parties", parties), periods_on(day, party)
    )
    found = editions.in_bulk(ids)
    return [found[pk] for pk in ids]


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
