"""What publication means for an edition of an agreement: guards, periods, wordings."""

from collections import defaultdict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import statuses
from .models import AgreementEdition, AgreementText, Membership, StatusPeriod

WORDS = ("official_title", "title", "summary", "line")


def check_publishable(edition):
    """Raise ValidationError with everything that is missing for readers."""
    faults = []
    source = edition.agreement.source_language
    if not edition.texts.filter(language=source).exists():
        faults.append(
            _("There is no text in the source language (%(language)s).") % {"language": source}
        )
    strangers = _strangers(edition)
    faults += [
        _(
            "An event names %(party)s, which is neither a party to the agreement nor a member "
            "of one."
        )
        % {"party": party}
        for party in strangers
    ]
    if faults:
        raise ValidationError(faults)


def _strangers(edition):
    """Parties of events that have no part in the agreement."""
    parties = [row.party_id for row in edition.parties.all()]
    members = Membership.objects.filter(grouping__in=parties).values_list("member", flat=True)
    known = {*parties, *members}
    events = edition.events.select_related("party").exclude(party=None)
    return sorted({str(event.party) for event in events if event.party_id not in known})


def periods_of(edition, memberships=None):
    """The periods that the events of an edition amount to; drafts compute them too.

    Uses the prefetched `events` and `parties__party`; `memberships` is {grouping id: rows},
    read when not given. Parties are told by their ids.
    """
    parties = [row.party for row in edition.parties.all()]
    if memberships is None:
        memberships = memberships_of([party.pk for party in parties])
    return statuses.periods(
        [
            statuses.Fact(statuses.EventKind(e.kind), e.date, e.party_id)
            for e in edition.events.all()
        ],
        partners=[party.pk for party in parties if party.code != settings.OWN_PARTY],
        own=[party.pk for party in parties if party.code == settings.OWN_PARTY],
        members={party.pk: memberships.get(party.pk, []) for party in parties},
    )


def memberships_of(groupings):
    """{grouping id: [statuses.Membership]} in one query."""
    rows = defaultdict(list)
    for row in Membership.objects.filter(grouping__in=groupings):
        rows[row.grouping_id].append(statuses.Membership(row.member_id, row.since, row.until))
    return rows


def store_periods(editions):
    """Store what `periods_of` says of published editions, in bulk."""
    StatusPeriod.objects.filter(edition__in=editions).delete()
    parties = {row.party_id for edition in editions for row in edition.parties.all()}
    memberships = memberships_of(parties)
    StatusPeriod.objects.bulk_create(
        (
            StatusPeriod(
                edition=edition,
                party_id=period.party,
                status=period.status,
                some_parties=period.some_parties,
                since=period.since,
                until=period.until,
            )
            for edition in editions
            for period in periods_of(edition, memberships)
        ),
        batch_size=1000,
    )


def store_periods_of_groupings(groupings):
    """Store the periods of all published editions anew that have one of the parties `groupings`."""
    published = AgreementEdition.objects.published().content()
    editions = published.filter(parties__party__in=groupings).distinct()
    store_periods(list(editions.prefetch_related("parties__party", "events")))


def period_faults(edition):
    """Sentences about stored periods that are not what the events say."""
    if edition.withdrawal:
        return
    stored = {
        (p.party_id, p.status, p.some_parties, p.since, p.until) for p in edition.periods.all()
    }
    computed = {
        (p.party, str(p.status), p.some_parties, p.since, p.until) for p in periods_of(edition)
    }
    if stored != computed:
        yield "stored periods of the status differ from its events"


def number_wordings(edition):
    """Number the wording of each text; a translation gets the number of what it follows.

    A changed source text raises the number unless its meaning is unchanged. A translation that
    was changed follows the source as it is now; one that was not keeps its number.
    """
    before = _texts_before(edition)
    source = edition.agreement.source_language
    texts = {text.language: text for text in edition.texts.all()}
    number = _source_number(before.get(source), texts.get(source), edition.meaning_unchanged)
    for language, text in texts.items():
        old = before.get(language)
        keeps = old and language != source and _words(old) == _words(text)
        text.wording_no = old.wording_no if keeps else number
    AgreementText.objects.bulk_update(texts.values(), ["wording_no"])


def _texts_before(edition):
    previous = edition.siblings().content().filter(live_from__lt=edition.live_from)
    latest = previous.order_by("-live_from").first()
    return {text.language: text for text in latest.texts.all()} if latest else {}


def _source_number(old, new, meaning_unchanged):
    if old is None:
        return 1
    changed = new is not None and _words(old) != _words(new) and not meaning_unchanged
    return old.wording_no + changed


def _words(text):
    return [getattr(text, field) for field in WORDS]
