"""The law of what is stored: forms and sides of what readers see, and its periods anew.

Every published edition stays. The periods of live and scheduled editions are computed again; those
of superseded ones stay as readers saw them, and get the day and the extent that were said of them.
The agreements with several partners, whose form is guessed here, are named on the console.
"""

import sys
from collections import defaultdict

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

from culturecoop.dates import PartialDate

ORGANISATIONS = ("EU", "EC", "EEC", "EURATOM", "EAEC", "ECSC")
CHUNK = 500
# Which events a status of before was known from.
CONSENT = (
    "ratification", "acceptance", "approval", "formal_confirmation", "accession", "succession",
    "notification",
)  # fmt: skip
GIVING = {
    "under_negotiation": ("negotiations_opened",),
    "negotiations_concluded": ("negotiations_concluded",),
    "initialled": ("initialled", "adopted"),
    "signed": ("signature", "ep_consent"),
    "concluded": ("conclusion", *CONSENT),
    "provisionally_applied": ("provisional_application",),
    "in_force": ("entry_into_force", "accession", "resumption"),
    "suspended": ("suspension",),
    "denounced": ("denunciation_notified",),
    "terminated": ("termination", "denunciation_effective"),
    "expired": ("expiry",),
    "replaced": ("replacement",),
    "abandoned": ("abandoned",),
}


def forwards(apps, schema_editor):
    Party = apps.get_model("agreements", "Party")
    Party.objects.filter(code__in=ORGANISATIONS, kind="grouping").update(kind="organisation")
    Edition = apps.get_model("agreements", "AgreementEdition")
    editions = Edition.objects.filter(live_from__isnull=False, withdrawal=False)
    superseded = Q(live_until__lte=timezone.now())
    for chunk in _chunks(editions.filter(superseded)):
        _keep_what_was_said(apps, chunk)
    for chunk in _chunks(editions.exclude(superseded)):
        _compute_anew(apps, chunk)


def _chunks(editions):
    """Lists of editions with their parties and events, in the order of their agreements."""
    pks = list(editions.order_by("agreement__slug", "pk").values_list("pk", flat=True))
    rows = editions.select_related("agreement").prefetch_related("events__party", "parties__party")
    for start in range(0, len(pks), CHUNK):
        yield list(rows.filter(pk__in=pks[start : start + CHUNK]).order_by("agreement__slug", "pk"))


def _keep_what_was_said(apps, editions):
    StatusPeriod = apps.get_model("agreements", "StatusPeriod")
    events = {edition.pk: list(edition.events.all()) for edition in editions}
    rows = list(StatusPeriod.objects.filter(edition__in=events))
    for row in rows:
        giving = [
            event for event in events[row.edition_id]
            if event.kind in GIVING[row.status] and _touches(event, row)
            and event.date.first <= row.since <= event.date.last
        ]  # fmt: skip
        known = min(giving, key=lambda event: event.date.last - event.date.first, default=None)
        day = PartialDate(row.since.year, row.since.month, row.since.day)
        row.began = known.date if known else day
        row.event = known
        row.in_part = bool(giving) and all(event.scope == "part" for event in giving)
    StatusPeriod.objects.bulk_update(rows, ["began", "event", "in_part"], batch_size=CHUNK)


def _touches(event, row):
    """Whether the release before took the day of a subject's status from the event."""
    if row.party_id is None or event.party_id in (None, row.party_id):
        return True
    return event.party.kind == "grouping"


def _compute_anew(apps, editions):
    from agreements import law, treaty
    from agreements.vocabulary import binding_of

    StatusPeriod = apps.get_model("agreements", "StatusPeriod")
    parties, periods = [], []
    for edition in editions:
        memberships = _memberships(apps, [row.party_id for row in edition.parties.all()])
        rows = list(edition.parties.all())
        sides = [treaty.side_of(row, edition, memberships) for row in rows]
        edition.form = treaty.form_of(edition, memberships)
        edition.binding = binding_of(edition)
        if sides.count("partner") > 1:
            _tell(f"{edition.agreement.slug}: form guessed: {edition.form}")
        for row, side in zip(rows, sides, strict=True):
            row.side, row.capacity = side, treaty.capacity_of(row)
        parties += rows
        found = law.periods(treaty.facts_of(edition), treaty.treaty_of(edition, memberships))
        periods += [_stored(StatusPeriod, edition, period) for period in found]
    type(editions[0]).objects.bulk_update(editions, ["form", "binding"], batch_size=CHUNK)
    apps.get_model("agreements", "AgreementParty").objects.bulk_update(
        parties, ["side", "capacity"], batch_size=CHUNK
    )
    StatusPeriod.objects.filter(edition__in=editions).delete()
    StatusPeriod.objects.bulk_create(periods, batch_size=CHUNK)


def _memberships(apps, bodies):
    from agreements import law

    found = defaultdict(list)
    for row in apps.get_model("agreements", "Membership").objects.filter(grouping__in=bodies):
        found[row.grouping_id].append(law.Membership(row.member_id, row.since, row.until))
    return found


def _stored(StatusPeriod, edition, period):
    return StatusPeriod(
        edition=edition, party_id=period.party, status=period.status or "", since=period.since,
        until=period.until, some_parties=period.some_parties, in_part=period.in_part,
        uncertain=period.uncertain, began=period.began, ends=period.ends,
        ends_after=period.ends_after, remark=period.remark or "", event_id=period.event,
        notice_id=period.notice, unsure_id=period.unsure,
    )  # fmt: skip


def _tell(text):
    sys.stdout.write(f"\n    {text}")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_law")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
