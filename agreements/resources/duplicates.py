"""Rows whose content the register has already under another slug."""

from collections import defaultdict

from django.utils.translation import gettext as _

from agreements.models import AgreementParty, AgreementText, Event
from culturecoop.sheets.comparison import RowKind
from culturecoop.tabular import lists

from .contents import EventKind


def note_duplicates(rows, seen, *, besides=()):
    """Make new rows duplicates whose title, signature and parties another agreement has.

    Two such rows of one file are two agreements, as its source knows them apart; the second gets
    a note. `rows` are planned rows of the flat sheet, `seen` {facts: number of the row} of those
    before; what is from the imports `besides` does not count.
    """
    new = [row for row in rows if row.kind == RowKind.NEW]
    titles = {title for row in new for title in _titles(row.new_values)}
    found = _registered(titles, besides) if titles else {}
    for row in new:
        facts_of_row = list(_facts(row.new_values))
        if slug := next((found[facts] for facts in facts_of_row if facts in found), ""):
            message = _("The register has the same title, signature and parties: “%(slug)s”.")
            row.duplicate("slug", message % {"slug": slug})
            row.decide()
            continue
        before = [seen.setdefault(hash(facts), row.number) for facts in facts_of_row]
        if (first := min(before, default=row.number)) != row.number:
            message = _("Row %(row)d has the same title, signature and parties.")
            row.note("slug", message % {"row": first})


def _facts(values):
    """Yield (title, signature, codes of the parties) for each language; nothing without a date."""
    signature = values.get("signature", "")
    codes = frozenset(lists.split(values.get("parties", "")))
    if signature:
        yield from ((title, signature, codes) for title in _titles(values))


def _titles(values):
    return [value for name, value in values.items() if name.startswith("title_") and value]


def _registered(titles, besides):
    """Return {(title, signature, codes of the parties): slug} of agreements with these titles."""
    # A join, not a subquery: the index on the titles leaves few editions to look at.
    rows = AgreementText.objects.filter(
        title__in=titles, edition__live_until__isnull=True, edition__cancelled_at__isnull=True
    ).order_by()
    if besides:
        rows = rows.exclude(edition__origin__in=besides)
    texts = list(rows.values_list("edition", "title", "edition__agreement__slug"))
    pks = {pk for pk, _title, _slug in texts}
    codes, days = defaultdict(set), {}
    for pk, code in AgreementParty.objects.filter(edition__in=pks).values_list(
        "edition", "party__code"
    ):
        codes[pk].add(code)
    signed = Event.objects.filter(edition__in=pks, kind=EventKind.SIGNATURE)
    for pk, party, date in signed.values_list("edition", "party", "date"):
        if party is None:
            days[pk] = str(date)
    return {(title, days.get(pk, ""), frozenset(codes[pk])): slug for pk, title, slug in texts}
