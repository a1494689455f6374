"""What publication means for an edition of an agreement: guards, periods, wordings."""

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from .contradictions import legal_faults
from .parts import AgreementParty, AgreementText, StatusPeriod
from .treaty import LegalLife, fill_in_sides, life_in_chosen_form, memberships_of, periods_of
from .vocabulary import binding_of

LEGAL_PARTS = ("parties__party", "events__party")
#: The columns of a stored period that are what the law.Period has under their name.
SAME_IN_LAW = (
    "some_parties", "in_part", "uncertain", "since", "until", "began", "ends", "ends_after",
)  # fmt: skip


def check_publishable(edition):
    """Raise ValidationError with everything that is missing for readers, or contradicts itself."""
    prefetch_related_objects([edition], *LEGAL_PARTS)
    edition.legal_life = LegalLife(edition)
    faults = [_fault(text, "events") for text in legal_faults(edition, edition.legal_life)]
    source = edition.agreement.source_language
    if not edition.texts.filter(language=source).exists():
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
    members = {row.member for rows in memberships.values() for row in rows}
    known = {row.party_id for row in edition.parties.all()} | members
    events = [event for event in edition.events.all() if event.party]
    return sorted({str(event.party) for event in events if event.party_id not in known})


def settle(draft, answers):
    """Keep the form that was chosen, and what was proposed for what the editor left open."""
    draft.legal_life = life = life_in_chosen_form(draft, answers)
    draft.form = life.form
    if faults := legal_faults(draft, life):  # in the form that was chosen
        raise ValidationError(faults)
    draft.binding = binding_of(draft)
    draft.save(update_fields=["form", "binding"])
    fill_in_sides(draft, life.memberships)
    AgreementParty.objects.bulk_update(draft.parties.all(), ["side", "capacity"])


def store_periods(editions):
    """Store what `periods_of` says of published editions, in bulk."""
    StatusPeriod.objects.filter(edition__in=editions).delete()
    memberships = memberships_of({row.party_id for e in editions for row in e.parties.all()})
    lives = [LegalLife(edition, memberships) for edition in editions]
    _store(lives)


def store_periods_of(edition):
    """Store the periods of an edition that is being published, as they were worked out."""
    _store([edition.legal_life])


def _store(lives):
    StatusPeriod.objects.bulk_create(
        (_stored(life.edition, period) for life in lives for period in life.periods),
        batch_size=1000,
    )


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


def number_wordings(edition):
    """Number the wording of each text; a translation gets the number of what it follows.

    A changed source text raises the number unless its meaning is unchanged. A translation that
    was changed follows the source as it is now; one that was not keeps its number.
    """
    previous = edition.previous()
    before = {text.language: text for text in previous.texts.all()} if previous else {}
    source = edition.agreement.source_language
    texts = {text.language: text for text in edition.texts.all()}
    number = _source_number(before.get(source), texts.get(source), edition.meaning_unchanged)
    for language, text in texts.items():
        old = before.get(language)
        keeps = old and language != source and old.words == text.words
        text.wording_no = old.wording_no if keeps else number
    AgreementText.objects.bulk_update(texts.values(), ["wording_no"])


def _source_number(old, new, meaning_unchanged):
    if old is None:
        return 1
    changed = new is not None and old.words != new.words and not meaning_unchanged
    return old.wording_no + changed
