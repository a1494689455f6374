"""The demonstration site: only for an empty site, made through the verbs, true to its files."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agreements.models import AgreementEdition, Membership
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.editions.models import State
from culturecoop.reference.models import Amendment
from strategy.models import Page, PageEdition

pytestmark = pytest.mark.django_db


def test_everything_is_live_and_right(demonstration):
    for model in (PageEdition, AgreementEdition):
        assert {edition.state for edition in model.objects.all()} == {State.LIVE}
    assert not DocumentFile.objects.pending().exists()
    told = StringIO()
    call_command("check_site", stdout=told)
    assert "all as it should" in told.getvalue()


def test_reference_data_is_logged(demonstration):
    assert (
        Amendment.objects.filter(object_text="Republic of Korea", before__isnull=True).count() == 1
    )


def test_groupings_have_their_members(demonstration):
    members = Membership.objects.filter(grouping__code="CARIFORUM")
    assert members.count() == 15
    assert Membership.objects.filter(grouping__code="CENTRAL-AMERICA").count() == 6


def test_sizes_are_those_of_the_source_page(demonstration):
    stated = {
        "council-conclusions-2008": 149,
        "summary-report-experts": 32,
        "implementation-report": 630,
        "cariforum-protocol": 27,
        "colombia-peru-agreement": 47,
    }
    found = {
        document.slug: round(document.files.get(language="en").size / 1024)
        for document in Document.objects.all()
    }
    assert found == stated


def test_every_event_names_its_source(demonstration):
    events = [e for edition in AgreementEdition.objects.all() for e in edition.events.all()]
    assert len(events) == 27
    assert [event for event in events if not event.source] == []


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/about/", "About this site"),
        ("/de/about/", "Über diese Website"),
        ("/fr/about/", "À propos de ce site"),
    ],
)
def test_our_own_words_are_translated(demonstration, client, address, title):
    assert f"<title>{title}" in client.get(address).content.decode()


def test_only_for_an_empty_site(demonstration):
    with pytest.raises(CommandError, match="pages already"):
        call_command("load_demonstration")
    call_command("load_demonstration", if_empty=True)
    assert Page.objects.count() == demonstration["pages"]
