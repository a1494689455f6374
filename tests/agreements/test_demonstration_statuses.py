"""What the four agreements of the demonstration are on a dozen days each."""

import datetime

from agreements.models import AgreementEdition, StatusPeriod
from agreements.vocabulary import Status

CONCLUDED = Status.NEGOTIATIONS_CONCLUDED
INITIALLED, SIGNED = Status.INITIALLED, Status.SIGNED
APPLIED, IN_FORCE = Status.PROVISIONALLY_APPLIED, Status.IN_FORCE
SOME = "for some parties"

DAYS = {
    "cariforum-protocol-cultural-cooperation": [
        ("2006-12-31", None),
        ("2007-01-01", None),  # at some time in 2007
        ("2007-12-15", None),
        ("2007-12-16", INITIALLED),
        ("2008-10-14", INITIALLED),
        ("2008-10-15", SIGNED),
        ("2008-12-28", SIGNED),
        ("2008-12-29", APPLIED, SOME),
        ("2009-12-11", APPLIED, SOME),  # Haiti has signed since, and does not apply it
        ("2012-12-31", APPLIED, SOME),
        ("2026-01-01", APPLIED, SOME),
    ],
    "central-america-protocol-cultural-cooperation": [
        ("2009-12-31", None),
        ("2010-01-01", None),  # at some time in 2010
        ("2011-01-01", CONCLUDED),
        ("2012-06-28", CONCLUDED),
        ("2012-06-29", SIGNED),
        ("2012-12-31", SIGNED),
        ("2013-07-31", SIGNED),
        ("2013-08-01", APPLIED, SOME),
        ("2013-10-01", APPLIED, SOME),
        ("2013-11-30", APPLIED, SOME),
        ("2013-12-01", APPLIED),
        ("2024-04-12", APPLIED),  # a conclusion decision changes no effect
        ("2024-04-30", APPLIED),
        ("2024-05-01", IN_FORCE),
        ("2026-01-01", IN_FORCE),
    ],
    "colombia-peru-agreement-cultural-cooperation": [
        ("2010-12-31", None),
        ("2011-01-01", None),  # at some time in 2011, before it was initialled
        ("2011-04-12", None),
        ("2011-04-13", INITIALLED),
        ("2012-06-25", INITIALLED),
        ("2012-06-26", SIGNED),
        ("2012-12-31", SIGNED),
        ("2013-02-28", SIGNED),
        ("2013-03-01", SIGNED),  # with Peru at some time in March
        ("2013-04-01", APPLIED, SOME),
        ("2013-08-01", APPLIED, SOME),  # with Colombia at some time in August
        ("2013-09-01", APPLIED),
        ("2026-01-01", APPLIED),
    ],
    "korea-protocol-cultural-cooperation": [
        ("2008-12-31", None),
        ("2009-01-01", None),  # at some time in 2009, before it was initialled
        ("2009-10-14", None),
        ("2009-10-15", INITIALLED),
        ("2010-10-05", INITIALLED),
        ("2010-10-06", SIGNED),
        ("2011-06-30", SIGNED),
        ("2011-07-01", APPLIED),
        ("2012-12-31", APPLIED),
        ("2015-12-12", APPLIED),
        ("2015-12-13", IN_FORCE),
        ("2026-01-01", IN_FORCE),
    ],
}
PARTIES = [
    ("central-america-protocol-cultural-cooperation", "HN", "2013-08-01", APPLIED),
    ("central-america-protocol-cultural-cooperation", "CR", "2013-08-01", SIGNED),
    ("central-america-protocol-cultural-cooperation", "CR", "2013-10-01", APPLIED),
    ("central-america-protocol-cultural-cooperation", "GT", "2013-11-30", SIGNED),
    ("central-america-protocol-cultural-cooperation", "GT", "2024-05-01", IN_FORCE),
    ("colombia-peru-agreement-cultural-cooperation", "PE", "2013-03-31", APPLIED),
    ("colombia-peru-agreement-cultural-cooperation", "CO", "2013-03-31", SIGNED),
    ("cariforum-protocol-cultural-cooperation", "HT", "2009-12-01", None),
    ("cariforum-protocol-cultural-cooperation", "HT", "2009-12-11", SIGNED),
    ("cariforum-protocol-cultural-cooperation", "GY", "2008-10-19", None),
    ("cariforum-protocol-cultural-cooperation", "GY", "2008-12-29", APPLIED),
]


def status_on(slug, day, party=None):
    """(status, "for some parties" or nothing) from the stored periods."""
    periods = StatusPeriod.objects.filter(edition__agreement__slug=slug, party__code=party)
    day = datetime.date.fromisoformat(day)
    found = [
        (Status(row.status) if row.status else None, *([SOME] if row.some_parties else []))
        for row in periods
        if row.since <= day and (row.until is None or day < row.until)
    ]
    assert len(found) <= 1
    return found[0] if found else (None,)


def test_statuses_on_a_dozen_days(demonstration):
    expected = {(slug, day): tuple(rest) for slug, days in DAYS.items() for day, *rest in days}
    assert {key: status_on(*key) for key in expected} == expected


def test_statuses_of_parties(demonstration):
    expected = {row[:3]: row[3:] for row in PARTIES}
    found = {(slug, code, day): status_on(slug, day, code) for slug, code, day in expected}
    assert found == expected


def test_the_register_finds_them_by_status(demonstration):
    live = AgreementEdition.objects.live()
    then = live.annotate_status(datetime.date(2012, 12, 31))
    assert then.filter(status_on_day=APPLIED).count() == 2
    assert then.filter(status_on_day=SIGNED).count() == 2
    now = live.annotate_status(datetime.date(2026, 1, 1))
    today = now.filter(status_on_day=IN_FORCE)
    assert {edition.agreement.slug for edition in today} == {
        "central-america-protocol-cultural-cooperation",
        "korea-protocol-cultural-cooperation",
    }
