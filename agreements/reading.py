"""Reading agreements: what a page needs of them, in a fixed number of queries."""

from functools import partial

from django.db.models import Case, Count, Prefetch, When, prefetch_related_objects
from django.utils.translation import get_language

from culturecoop.editions.changes import kept
from culturecoop.texts import sort_key

from .choices import choices
from .entries import RegisterEntry
from .law import Period
from .models import AgreementDocument, AgreementEdition, AgreementParty, AgreementText, Party
from .publication import SAME_IN_LAW
from .treaty import holds, periods_of
from .vocabulary import Form, Remark, stored_status


def as_period(row):
    """Return a StatusPeriod as a Period that `law.periods` gives."""
    return Period(
        row.party_id,
        stored_status(row.status),
        remark=Remark(row.remark) if row.remark else None,
        event=row.event_id,
        notice=row.notice_id,
        unsure=row.unsure_id,
        **{name: getattr(row, name) for name in SAME_IN_LAW},
    )


def periods_on(edition, day):
    """Return the Periods that hold on a day: stored; of what is not published, computed."""
    if edition.live_from is None:
        return [period for period in periods_of(edition) if period.holds(day)]
    return [as_period(row) for row in edition.periods.all() if holds(row, day)]


def read_law(editions, known=None):
    """Read parties, events, their names and stored periods: what was typed stays as it is.

    `known` is {id: Party} of those that need not be read.
    """
    prefetch_related_objects(editions, "parties", "events", "periods")
    _name_parties([row for e in editions for row in (*e.parties.all(), *e.events.all())], known)


def read_sides(editions):
    """Read the parties of editions with their names, but of what is open to many.

    One query, and two for parties that the register says nothing about.
    """
    parties = AgreementParty.objects.exclude(edition__form=Form.MULTILATERAL)
    prefetch_related_objects(editions, Prefetch("parties", parties))
    _name_parties([row for e in editions for row in e.parties.all()], choices().parties)


def _name_parties(rows, known):
    """Give rows their parties; those that are not among the `known` ones are read."""
    rows = [row for row in rows if row.party_id]
    parties = parties_with_names({row.party_id for row in rows}, known or {})
    for row in rows:
        row.party = parties[row.party_id]


def chosen_for(lists, reading):
    """Return {list: [(id of an edition, its year)]} of AgreementList blocks.

    One more than their limit, where there are more. Those of now are kept until something
    changes.
    """
    found = {}
    for wanted in lists:
        name = (
            f"list {wanted.theme_id} {wanted.kinds} {wanted.order} {reading.day} {get_language()}"
        )
        chosen = partial(_chosen, wanted, reading)
        found[wanted] = chosen() if reading.past else kept(name, chosen)
    return found


def _chosen(wanted, reading):
    """Return the first editions of a list with their years, up to one more than its limit."""
    number = wanted.LIMIT + 1
    live = RegisterEntry.objects.live(reading.at if reading.past else None)
    entries = live.on(reading.day).begun().by_standing()
    if wanted.theme_id:
        entries = entries.of_theme(wanted.theme_id)
    if wanted.kinds:
        entries = entries.filter(kind__in=wanted.kinds)
    if wanted.order == wanted.Order.PARTNER:
        return _by_partner(entries, number)
    year = "-year" if wanted.order == wanted.Order.NEWEST else "year"
    return list(entries.order_by(year, "slug").values_list("edition", "year")[:number])


def _by_partner(entries, number):
    """Return the first editions with their years in the order of the names of their partners.

    Names come from CLDR, which the database does not know: it says how many each partner has.
    """
    counts = dict(entries.order_by().values_list("partner").annotate(Count("pk")))
    parties = parties_with_names(set(counts) - {None}, choices().parties)
    names = {pk: (0, sort_key(party.display_name)) for pk, party in parties.items()}
    first, left = [], number
    for partner in sorted(counts, key=lambda pk: names.get(pk, (1, ""))):
        first.append(When(partner=partner, then=len(first)))
        left -= counts[partner]
        if left <= 0:
            break
    ranked = entries.alias(rank=Case(*first, default=None)) if first else entries.none()
    ranked = ranked.exclude(rank=None).order_by("rank", "slug")
    return list(ranked.values_list("edition", "year")[:number])


def parties_with_names(ids, known):
    """Return {id: Party}; those that are not among the `known` ones, {id: Party}, are read."""
    found = {pk: known[pk] for pk in ids if pk in known}
    if missing := ids - found.keys():
        rows = Party.objects.filter(pk__in=missing).prefetch_related("names")
        found |= {party.pk: party for party in rows}
    return found


def naming_agreement(agreement, reading):
    """Return [(kind of relation, agreement id)] of those that name an agreement (id), by slug.

    Those of now are kept until something changes.
    """
    if reading.past:
        return _naming(agreement, reading.at)
    return kept(f"naming {agreement}", partial(_naming, agreement))


def _naming(agreement, at=None):
    live = AgreementEdition.objects.live(at).filter(relations__agreement=agreement)
    return list(live.order_by("agreement__slug").values_list("relations__kind", "agreement"))


def first_documents(ids):
    """Return {edition id: the id of its first document, or None} of editions (ids)."""
    rows = AgreementDocument.objects.filter(edition__in=ids).order_by("-position", "-pk")
    return dict.fromkeys(ids) | dict(rows.values_list("edition", "document"))


def titles_of(agreements, at):
    """Return {agreement id: AgreementText} of those of `agreements` (ids) that are live at `at`.

    In the reader's language, else in the source language, else in any; with the parties of their
    editions.
    """
    live = AgreementEdition.objects.live(at).filter(agreement__in=agreements)
    texts = AgreementText.objects.filter(edition__in=live).select_related("edition__agreement")
    best_last = sorted(texts.order_by("-language"), key=closeness)
    best = {text.edition.agreement_id: text for text in best_last}
    read_sides([text.edition for text in best.values()])
    return best


def closeness(text):
    """Return what is greatest of the text in the reader's language, then in the source language."""
    source = text.edition.agreement.source_language
    return (text.language == get_language(), text.language == source)
