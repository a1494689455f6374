"""Compiling the register: the entries that follow from published editions.

Everything here reads what is stored of an edition: its parts, and the periods of its status.
"""

from collections import defaultdict
from itertools import pairwise

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

from culturecoop.editions.bulk import insert, rows_as_read
from culturecoop.texts import sort_key

from . import law
from .entries import FIRST_DAY, LAST_DAY, LONG_OVER, NEVER, RegisterEntry, RegisterTitle
from .treaty import capacity_of, holds, is_own, memberships_of
from .vocabulary import NONE, UNCERTAIN, Capacity

PARTS = ("agreement", "texts", "parties__party", "events", "themes", "periods")
MOMENTS = ("live_from", "live_until", "superseded")
WHOLE = None  # the subject that is the agreement itself
ALWAYS = [(FIRST_DAY, LAST_DAY)]


def refresh(editions, anew=False, read=()):
    """Bring the entries of `editions`, a queryset of all of some agreements, up to them.

    The caller holds their locks. An edition never changes, so its entries stay, but for the times
    in which readers see it; with `anew` those of what readers see, or will, are compiled again.
    Those that were `read` with their parts, as they are stored, are not read again.
    """
    published = {
        edition.pk: edition for edition in rows_as_read(editions.published().content(), read)
    }
    rows = RegisterEntry.objects.filter(edition__in=editions.values("pk"))
    stored = {pk: moments for pk, *moments in rows.values_list("edition", *MOMENTS).distinct()}
    again = {pk for pk, edition in published.items() if anew and is_lasting(edition)}
    if gone := stored.keys() - (published.keys() - again):
        forget(gone)
    store([edition for pk, edition in published.items() if pk not in stored or pk in again])
    moved = defaultdict(list)
    for pk in stored.keys() & (published.keys() - again):
        now = zip(MOMENTS, stored[pk], moments_of(published[pk]), strict=True)
        moved[tuple((name, new) for name, old, new in now if old != new)].append(pk)
    for columns, pks in moved.items():
        if columns:
            RegisterEntry.objects.filter(edition__in=pks).update(**dict(columns))


def forget(pks):
    """Delete the entries of editions (ids)."""
    RegisterEntry.objects.filter(edition__in=pks).delete()
    RegisterTitle.objects.filter(edition__in=pks).delete()


def store(editions):
    """Store the entries of editions that have none."""
    memberships = _read(editions)
    entries = [entry for e in editions for entry in entries_of(e, memberships)]
    insert(entries)
    insert([title for edition in editions for title in titles_of(edition)])


def _read(editions):
    """Prefetch the parts of editions; return the memberships of their groupings."""
    prefetch_related_objects(editions, *PARTS)
    rows = [row for edition in editions for row in edition.parties.all()]
    names = {row.party_id for row in rows if capacity_of(row) == Capacity.NAME}
    return memberships_of(names) if names else {}


def read_for_proofs(editions):
    """Prefetch what is proved of published editions; return the memberships of their parties."""
    lasting = [e for e in editions if is_lasting(e) and not e.withdrawal]
    prefetch_related_objects(lasting, *PARTS, "events__party", "entries", "sorted_titles")
    return memberships_of({row.party_id for e in lasting for row in e.parties.all()})


def entry_faults(edition, memberships=None):
    """Yield a sentence when the stored entries of an edition are not what it says.

    `memberships` is {body id: rows}, read when not given.
    """
    if edition.withdrawal or not is_lasting(edition):
        return
    memberships = _read([edition]) if memberships is None else memberships
    for stored, computed in (
        (edition.entries, entries_of(edition, memberships)),
        (edition.sorted_titles, titles_of(edition)),
    ):
        if {compared(row) for row in stored.all()} != {compared(row) for row in computed}:
            what = stored.model._meta.verbose_name_plural
            yield f"its {what} differ from it; rebuild_register mends it"


def compared(row):
    """Return the columns of an entry or title that an edition alone decides."""
    columns = (field.attname for field in row._meta.concrete_fields[1:])
    return tuple(getattr(row, name) for name in columns if name != "superseded")


def is_lasting(edition):
    """Whether readers see it, or will."""
    return edition.live_until is None or edition.live_until > timezone.now()


def moments_of(edition):
    """Return from when until when readers see an edition, and whether that is long over."""
    until = edition.live_until or NEVER
    return [edition.live_from, until, until < timezone.now() - LONG_OVER]


# What an edition amounts to --------------------------------------------------------------------


def titles_of(edition):
    """Return the RegisterTitles of an edition, one for each language of the site."""
    texts = ((code, edition.text_in(code)) for code, _name in settings.LANGUAGES)
    return [
        RegisterTitle(edition=edition, language=code, key=sort_key(text.title)[:200])
        for code, text in texts if text
    ]  # fmt: skip


def entries_of(edition, memberships):
    """Return the RegisterEntries of a published edition whose PARTS are read.

    `memberships` is {grouping id: [law.Membership]}.
    """
    facets = _facets(edition)
    periods = defaultdict(list)
    for period in edition.periods.all():
        periods[period.party_id].append(period)
    first = min((p.since for p in periods[WHOLE]), default=LAST_DAY)
    return [
        RegisterEntry(edition=edition, party_id=subject, since=since, until=until,
                      pending=since < first, **standing_of(period), **facets)
        for subject, spans in _subjects(edition, memberships).items()
        for since, until, period in pieces(periods[subject], first, spans)
    ]  # fmt: skip


def _facets(edition):
    years = [event.date.year for event in edition.events.all()]
    partners = [row.party_id for row in edition.parties.all() if not is_own(row.party)]
    themes = "|".join(str(pk) for pk in sorted(theme.pk for theme in edition.themes.all()))
    return {
        **dict(zip(MOMENTS, moments_of(edition), strict=True)),
        "slug": edition.agreement.slug,
        "kind": edition.kind,
        "themes": f"|{themes}|" if themes else "",
        "year": edition.year,
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
        "partner_id": partners[0] if partners else None,
    }


def standing_of(period):
    """Return what a list says and counts of a period, stored or not; None: nothing is recorded."""
    if period is None:
        return {"standing": NONE, "ending": False}
    notice = period.notice if isinstance(period, law.Period) else period.notice_id
    return {
        "standing": UNCERTAIN if period.uncertain else period.status or NONE,
        "ending": bool(period.ends or notice),
    }


def _subjects(edition, memberships):
    """Return {subject: [(since, until)] of the days on which it is listed}.

    The whole and its parties always are; a member of a grouping that stands for its members is
    while it is one.
    """
    sides = [row.party_id for row in edition.parties.all()]
    found = defaultdict(list)
    for row in edition.parties.all():
        members = memberships.get(row.party_id, ()) if capacity_of(row) == Capacity.NAME else ()
        for member in members:
            if member.member not in sides:
                span = (member.since or FIRST_DAY, member.until or LAST_DAY)
                found[member.member].append(span)
    return {WHOLE: ALWAYS, **dict.fromkeys(sides, ALWAYS), **found}


def pieces(periods, first, spans):
    """Yield (since, until, period or None) in the days of `spans`, cut where something changes.

    `first` is the day of the first legal fact of the whole.
    """
    days = {FIRST_DAY, first, LAST_DAY}
    days |= {day for span in spans for day in span}
    days |= {day for period in periods for day in (period.since, period.until) if day}
    for since, until in pairwise(sorted(days)):
        if any(begin <= since < end for begin, end in spans):
            yield since, until, next((p for p in periods if holds(p, since)), None)
