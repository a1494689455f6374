"""What publication means for an edition of an agreement: guards, periods, wordings."""

from collections import defaultdict
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.bulk import insert, write
from culturecoop.editions.compiled import remember
from culturecoop.editions.tracks import track_of

from .contradictions import legal_faults
from .statusperiods import StatusPeriod
from .treaty import LegalLife, fill_in_sides, life_in_chosen_form, memberships_of, periods_of
from .vocabulary import binding_of

LEGAL_PARTS = ("parties__party", "events__party")
#: The columns of a stored period that are what the law.Period has under their name.
SAME_IN_LAW = (
    "some_parties", "in_part", "uncertain", "since", "until", "began", "ends", "ends_after",
)  # fmt: skip


def read_for_publication(drafts):
    """Read along the parts of drafts, and of what they replace; return {body id: memberships}."""
    prefetch_related_objects(drafts, *LEGAL_PARTS, "texts", "documents")
    standing = [track_of(draft).standing() for draft in drafts if draft.based_on_id]
    prefetch_related_objects(list(filter(None, standing)), "periods")
    return memberships_of({row.party_id for draft in drafts for row in draft.parties.all()})


def check_publishable(edition, memberships=None):
    """Raise ValidationError with everything that is missing for readers, or contradicts itself.

    `memberships` is {body id: rows}; where they are not given, they and the parts are read.
    """
    if memberships is None:
        prefetch_related_objects([edition], *LEGAL_PARTS, "texts")
    edition.legal_life = LegalLife(edition, memberships)
    faults = [_fault(text, "events") for text in legal_faults(edition, edition.legal_life)]
    source = edition.agreement.source_language
    if not any(text.language == source for text in edition.texts.all()):
        text = _("There is no text in the source language (%(language)s).") % {"language": source}
        faults.append(_fault(text, "texts"))
    strangers = _strangers(edition, edition.legal_life.memberships)
    stranger = _(
        "An event names %(party)s, which is neither a party to the agreement nor a member of one."
    )
    faults += [_fault(stranger % {"party": party}, "events") for party in strangers]
    if faults:
        raise ValidationError(faults)


def _fault(text, part):
    """Return a sentence with the place in the form where it is mended."""
    return ValidationError(text, code=f"{part}-group")


def _strangers(edition, memberships):
    """Return parties of events that have no part in the agreement."""
    parties = {row.party_id for row in edition.parties.all()}
    known = parties | {row.member for body in parties for row in memberships.get(body, ())}
    events = [event for event in edition.events.all() if event.party]
    return sorted({str(event.party) for event in events if event.party_id not in known})


def settle(draft, answers):
    """Set the form that was chosen, and what was proposed for what the editor left open."""
    draft.legal_life = life = life_in_chosen_form(draft, answers)
    draft.form = life.form
    if faults := legal_faults(draft, life):  # in the form that was chosen
        raise ValidationError(faults)
    draft.binding = binding_of(draft)
    fill_in_sides(draft, life.memberships)


def store_settled(drafts):
    """Save what `settle` set in drafts."""
    write(drafts, ["form", "binding"])
    write([row for draft in drafts for row in draft.parties.all()], ["side", "capacity"])


def store_periods(editions):
    """Store what `periods_of` says of published editions, in bulk."""
    StatusPeriod.objects.filter(edition__in=editions).delete()
    memberships = memberships_of({row.party_id for e in editions for row in e.parties.all()})
    lives = [LegalLife(edition, memberships) for edition in editions]
    _store(lives)


def store_periods_of(editions):
    """Store the periods of editions that are being published, as they were worked out."""
    stored = defaultdict(list)
    for row in _store([edition.legal_life for edition in editions]):
        stored[row.edition_id].append(row)
    for edition in editions:
        rows = sorted(stored[edition.pk], key=attrgetter("since", "pk"))
        remember(edition, "periods", rows)  # what is compiled of it reads them


def _store(lives):
    """Store the periods of lives; return the rows."""
    return insert([_stored(life.edition, period) for life in lives for period in life.periods])


def _stored(edition, period):
    return StatusPeriod(
        edition=edition,
        party_id=period.party,
        status=period.status or "",
        remark=period.remark or "",
        event_id=period.event,
        notice_id=period.notice,
        unsure_id=period.unsure,
        **{name: getattr(period, name) for name in SAME_IN_LAW},
    )


def period_faults(edition, memberships=None):
    """Yield sentences about stored periods that are not what the events say.

    `memberships` is {body id: rows}, read when not given.
    """
    if edition.withdrawal or (edition.live_until and edition.live_until <= timezone.now()):
        return
    stored = {_compared(row) for row in edition.periods.all()}
    computed = {_compared(_stored(edition, period)) for period in periods_of(edition, memberships)}
    if stored != computed:
        yield "stored periods of the status differ from its events"


def _compared(row):
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields[1:])


def number_wordings(editions):
    """Number the wording of each text; a translation gets the number of what it follows.

    A changed source text raises the number unless its meaning is unchanged. A translation that
    was changed follows the source as it is now; one that was not keeps its number.
    """
    previous = {e: track_of(e).content_before(e.live_from) for e in editions}
    prefetch_related_objects(list(filter(None, previous.values())), "texts")
    for edition, earlier in previous.items():
        _number_wordings(edition, earlier.texts.all() if earlier else ())
    write([text for edition in editions for text in edition.texts.all()], ["wording_no"])


def _number_wordings(edition, earlier):
    before = {text.language: text for text in earlier}
    source = edition.agreement.source_language
    texts = {text.language: text for text in edition.texts.all()}
    number = _source_number(before.get(source), texts.get(source), edition.meaning_unchanged)
    for language, text in texts.items():
        old = before.get(language)
        keeps = old and language != source and old.words == text.words
        text.wording_no = old.wording_no if keeps else number


def _source_number(old, new, meaning_unchanged):
    if old is None:
        return 1
    changed = new is not None and old.words != new.words and not meaning_unchanged
    return old.wording_no + changed
