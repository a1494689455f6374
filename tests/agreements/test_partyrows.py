"""The head of an agreement and the table of its parties, as readers see them."""

import datetime

import pytest

from agreements.models import AgreementEdition, Membership, Party, PartyKind, StatusPeriod
from culturecoop.editions import compiled

pytestmark = pytest.mark.django_db
ECT = [
    ("signature", "1994-12-17"), ("entry_into_force", "1998-04-16"),
    ("denunciation_notified", "2014-12-31", "IT"), ("denunciation_effective", "2016-01-01", "IT"),
    ("denunciation_notified", "2024-06-27", "EU"), ("denunciation_effective", "2025-06-28", "EU"),
    ("ratification", "1997-01-01", "JP"), ("reservation", "1997-01-01", "JP"),
    ("accession", "2015-06-01", "JO"),
]  # fmt: skip


@pytest.fixture
def treaty(make_agreement):
    """The Energy Charter Treaty, in short."""
    return make_agreement(
        "ect", parties=["EU", "IT", "JP", "JO", "TR"], events=ECT, kind="convention"
    )


def table(text):
    return text.split('id="parties"', 1)[1].split("</section>", 1)[0]


def test_two_lines_at_the_head_of_a_convention(treaty, get):
    text = get("/agreements/ect/?on=2024-09-01")

    assert "The convention has been in force since 16 April 1998." in text
    assert "EU: in force since 16 April 1998 – denounced on 27 June 2024, ends on 28 June" in (text)
    assert "EU: withdrawn with effect from 28 June 2025." in get("/agreements/ect/")


def test_the_sentence_leads_to_the_event_that_decides(treaty, get):
    event = treaty.events.get(kind="entry_into_force")
    text = get("/agreements/ect/")

    assert f'<a href="#event-{event.key}">The convention has been in force' in text
    assert f'<li id="event-{event.key}"' in text


def test_each_row_says_what_the_party_is_to_the_treaty(treaty, get):
    text = table(get("/agreements/ect/"))

    assert '>IT</a> <span class="table__role">former party</span>' in text
    assert '>JP</a> <span class="table__role">party</span>' in text
    assert '>TR</a> <span class="table__role">signatory</span>' in text
    assert "signed; whether it is bound is not recorded here" in text
    assert "accession on 1 June 2015; day of effect not recorded" in text


def test_a_reservation_is_marked_and_leads_to_its_place(treaty, get):
    event = treaty.events.get(kind="reservation")

    assert f'href="#event-{event.key}">reservation</a>' in table(get("/agreements/ect/"))


def test_a_party_and_a_status_are_that_partys_status(treaty, get):
    assert "No agreement matches" in get("/agreements/?party=IT&status=in_force")
    text = get("/agreements/?party=IT&status=withdrawn")
    assert "Status for IT" in text
    assert '<td data-label="IT">' in text  # what a phone shows, which has no headings
    assert "/agreements/ect/" in text
    assert "/agreements/ect/" in get("/agreements/?status=in_force")


def test_what_ends_is_in_force_and_can_be_asked_for(treaty, get):
    day = "on=2024-09-01&party=EU"
    assert "/agreements/ect/" in get(f"/agreements/?{day}&status=in_force")
    assert "/agreements/ect/" in get(f"/agreements/?{day}&status=ending")
    assert "No agreement matches" in get("/agreements/?on=2024-09-01&status=ending")


def test_the_address_of_what_was_denounced_leads_to_what_is_ending(client):
    response = client.get("/agreements/?status=denounced&kind=convention")

    assert response.status_code == 302
    assert set(response.url.split("?")[1].split("&")) == {"status=ending", "kind=convention"}


def test_partners_are_named_with_their_days(make_agreement, get):
    make_agreement(
        "andes", parties=["EU", "CO", "PE"],
        events=[("signature", "2012-06-26"), ("provisional_application", "2013-03-01", "PE"),
                ("provisional_application", "2013-08-01", "CO")],
    )  # fmt: skip

    text = get("/agreements/andes/?on=2013-05-01")
    assert "For: PE (since 1 March 2013). Not for: CO." in text
    text = get("/agreements/andes/")
    assert "For: CO (since 1 August 2013), PE (since 1 March 2013)." in text


def test_members_of_a_grouping_stand_in_the_table_without_events_of_their_own(make_agreement, get):
    body = Party.objects.create(code="CAR", kind=PartyKind.GROUPING, name="CARIFORUM")
    for number in range(9):
        member = Party.objects.create(code=f"M{number}", name=f"Member {number}")
        Membership.objects.create(grouping=body, member=member)
    Membership.objects.filter(member__code="M7").update(until=datetime.date(2010, 1, 1))
    make_agreement(
        "cariforum", parties=["EU", "CAR"],
        events=[("signature", "2008-10-15", "EU"), ("signature", "2008-10-15", "CAR"),
                ("signature", "2009-12-11", "M0"), ("provisional_application", "2008-12-29")],
    )  # fmt: skip

    text = get("/agreements/cariforum/")
    assert "Member 6" in table(text)
    assert "Member 7" not in table(text)
    assert "For 7 of 8. Not for: Member 0." in text
    assert "Member 7" in table(get("/agreements/cariforum/?on=2009-01-01"))


def test_what_was_stored_as_denounced_is_still_read(make_agreement, get):
    edition = make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010-01-01")])
    StatusPeriod.objects.filter(edition=edition).update(status="denounced")
    compiled.store(list(AgreementEdition.objects.all()))

    assert "The agreement was denounced on 1 January 2010." in get("/agreements/korea/editions/1/")
