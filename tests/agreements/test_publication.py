"""What publishing an agreement stores: periods, numbers of wordings, files that become public."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements.models import (
    AgreementEdition,
    Membership,
    Party,
    PartyKind,
    RegisterEntry,
    StatusPeriod,
)
from agreements.vocabulary import Status
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend, undo
from tests.answering import publish

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def status_on(edition, day):
    day = datetime.date.fromisoformat(day)
    return AgreementEdition.objects.annotate_status(day).get(pk=edition.pk).status_on_day


def test_periods_are_stored_for_filters(make_agreement):
    edition = make_agreement(
        "korea",
        parties=["EU", "KR"],
        events=[("signature", "2010-10-06"), ("provisional_application", "2011-07-01")],
    )
    assert status_on(edition, "2010-10-05") is None
    assert status_on(edition, "2011-06-30") == Status.SIGNED
    assert status_on(edition, "2011-07-01") == Status.PROVISIONALLY_APPLIED
    entries = RegisterEntry.objects.on(datetime.date(2012, 1, 1), Party.objects.get(code="KR").pk)
    assert [(e.edition, e.standing) for e in entries] == [(edition, "provisionally_applied")]


def test_a_grouping_is_asked_through_its_members(make_agreement):
    grouping = Party.objects.create(code="CAM", kind=PartyKind.GROUPING, name="Central America")
    for code in ("HN", "CR"):
        grouping.memberships.create(member=Party.objects.create(code=code))
    edition = make_agreement(
        "central-america",
        parties=["EU", "CAM"],
        events=[
            ("signature", "2012-06-29"),
            ("provisional_application", "2013-08-01", "HN"),
            ("provisional_application", "2013-10-01", "CR"),
        ],
    )
    whole = edition.periods.filter(party=None).order_by("since")
    assert [(p.status, p.some_parties) for p in whole] == [
        (Status.SIGNED, False),
        (Status.PROVISIONALLY_APPLIED, True),
        (Status.PROVISIONALLY_APPLIED, False),
    ]


def wording_numbers(edition):
    return dict(edition.texts.values_list("language", "wording_no"))


def change(edition, language, title, **options):
    draft = verbs.new_draft(edition)
    text = draft.texts.get(language=language)
    text.title = title
    text.save()
    return publish(draft, **options)


@pytest.fixture
def translated(make_agreement):
    draft = make_agreement("korea", title="Protocol", publish=False)
    draft.texts.create(language="de", title="Protokoll")
    return publish(draft)


def test_a_translation_follows_the_source(translated):
    assert wording_numbers(translated) == {"en": 1, "de": 1}


def test_a_changed_source_leaves_the_translation_behind(translated):
    second = change(translated, "en", "The Protocol")
    assert wording_numbers(second) == {"en": 2, "de": 1}
    third = change(second, "de", "Das Protokoll")
    assert wording_numbers(third) == {"en": 2, "de": 2}


def test_unless_the_meaning_is_unchanged(translated):
    second = change(translated, "en", "Protocoll", meaning_unchanged=True)
    assert wording_numbers(second) == {"en": 1, "de": 1}


def test_a_new_event_leaves_the_wording_alone(translated):
    draft = verbs.new_draft(translated)
    draft.events.create(kind="signature", date="2010")
    assert wording_numbers(publish(draft)) == {"en": 1, "de": 1}


@pytest.fixture
def document(db):
    document = Document.objects.create(slug="protocol", title="Protocol")
    document.files.create(language="en", address="https://example.org/1")
    return document


def test_a_file_becomes_public_with_the_edition_that_uses_it(make_agreement, document):
    draft = make_agreement("korea", publish=False)
    draft.documents.create(document=document)
    assert document.files_at() == []
    at = timezone.now() + DAY
    edition = publish(draft, at=at)
    assert document.files_at() == []
    assert [file.live_from for file in document.files_at(at)] == [at]
    verbs.cancel_schedule(edition)
    assert DocumentFile.objects.get().live_from is None


def test_only_the_newest_file_becomes_public(make_agreement, document):
    document.files.create(language="en", address="https://example.org/2")
    draft = make_agreement("korea", publish=False)
    draft.documents.create(document=document)
    publish(draft)
    assert [file.address for file in document.files_at()] == ["https://example.org/2"]


def test_a_file_that_is_public_keeps_its_date(make_agreement, document):
    first = make_agreement("korea", publish=False)
    first.documents.create(document=document)
    first = publish(first)
    publish(verbs.new_draft(first))
    assert DocumentFile.objects.get().live_from == first.live_from


def test_check_site_finds_a_copy_that_is_wrong(make_agreement, capsys):
    edition = make_agreement("korea", events=[("signature", "2010")])
    call_command("check_site")
    StatusPeriod.objects.update(status=Status.IN_FORCE)
    AgreementEdition.objects.filter(pk=edition.pk).update(live_until=timezone.now() + DAY)
    with pytest.raises(CommandError, match="6 faults"):
        call_command("check_site")
    said = capsys.readouterr().err
    assert "published until" in said
    assert "periods" in said
    assert "compiled parts differ" in said
    assert "search: agreement" in said


# A document that two agreements use


def scheduled(make_agreement, slug, document, at):
    draft = make_agreement(slug, publish=False)
    draft.documents.create(document=document)
    return publish(draft, at=at)


def test_an_edition_that_comes_first_brings_the_file_with_it(make_agreement, document):
    later = scheduled(make_agreement, "korea", document, timezone.now() + DAY)
    sooner = scheduled(make_agreement, "japan", document, None)
    assert DocumentFile.objects.get().live_from == sooner.live_from
    verbs.cancel_schedule(later)
    assert DocumentFile.objects.get().live_from == sooner.live_from


@pytest.mark.parametrize("apart", [datetime.timedelta(0), DAY])
def test_a_file_waits_for_the_next_edition_when_a_schedule_is_cancelled(
    make_agreement, document, apart
):
    at = timezone.now() + DAY
    first = scheduled(make_agreement, "korea", document, at)
    scheduled(make_agreement, "japan", document, at + apart)
    verbs.cancel_schedule(first)
    assert DocumentFile.objects.get().live_from == at + apart


def test_a_newer_file_takes_the_place_of_one_that_waits(make_agreement, document):
    at = timezone.now() + DAY
    scheduled(make_agreement, "korea", document, at)
    document.files.create(language="en", address="https://example.org/2")
    scheduled(make_agreement, "japan", document, at)
    assert [file.address for file in document.files_at(at)] == ["https://example.org/2"]


# Memberships decide what the partners' effects make of the whole


def test_an_amended_membership_is_counted_in_the_stored_periods(make_agreement):
    grouping = Party(code="CAM", kind=PartyKind.GROUPING, name="Central America")
    own, hn, cr = (Party(code=code) for code in ("EU", "HN", "CR"))
    for party in (grouping, own, hn, cr):
        amend(party)
    amend(Membership(grouping=grouping, member=hn))
    edition = make_agreement(
        "central-america",
        parties=["EU", "CAM"],
        events=[("provisional_application", "2013-08-01", "HN")],
    )

    def for_some():
        call_command("check_site")
        return edition.periods.get(party=None).some_parties

    assert not for_some()
    amendment = amend(Membership(grouping=grouping, member=cr))
    assert for_some()
    undo(amendment)
    assert not for_some()
