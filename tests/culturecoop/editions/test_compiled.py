"""The compiled parts of an edition say what its parts say, to the byte of every page."""

import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from agreements.models import Agreement, AgreementEdition, CompiledAgreement, Membership, Party
from culturecoop.editions import changes, compiled, verbs
from culturecoop.reference.verbs import amend
from strategy.models import CompiledPage, PageEdition
from tests.answering import publish

pytestmark = pytest.mark.django_db
MODELS = (CompiledAgreement, CompiledPage)
PAGES = ["/", "/?on=2009-06-01", "/de/", "/fr/"]


@translation.override("en")
def addresses():
    found = list(PAGES)
    for edition in AgreementEdition.objects.live().select_related("agreement"):
        url = edition.agreement.get_absolute_url()
        found += [url, f"/de{url}", f"{url}?on=2012-01-01", edition.get_absolute_url()]
    return [*found, *(page.get_absolute_url() for page in PageEdition.objects.live())]


def pages(client):
    return {address: client.get(address).content for address in addresses()}


def queries(client, address):
    client.get(address)  # what pages have in common is kept
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in found.captured_queries]


def no_faults():
    for model in (AgreementEdition, PageEdition):
        published = model.objects.published()
        contents = published.content()
        assert set(compiled.compiled_model(model).objects.values_list("pk", flat=True)) == {
            edition.pk for edition in contents
        }
        assert list(compiled.faults(model, published)) == []


class TestPages:
    def test_they_are_those_of_the_parts(self, demonstration, client):
        compiled_pages = pages(client)
        for model in MODELS:
            assert model.objects.count()
            model.objects.all().delete()
        changes.forget()
        assert pages(client) == compiled_pages

    def test_other_columns_are_not_taken_for_those_of_now(self, demonstration, client):
        before = pages(client)
        for model in MODELS:
            model.objects.update(layout="of another version", parts={})
        assert pages(client) == before

    @pytest.mark.parametrize("address", ["/", "/de/", "/agreements/", "/parties/KR/"])
    def test_a_page_takes_six_queries_at_most(self, demonstration, client, address):
        assert len(queries(client, address)) <= 6

    def test_so_does_each_agreement(self, demonstration, client):
        for agreement in Agreement.objects.all():
            found = queries(client, agreement.get_absolute_url())
            assert len(found) <= 6, found
            assert not any('FROM "agreements_event"' in sql for sql in found)

    def test_five_hundred_events_take_no_more(self, make_agreement, client):
        events = [("ratification", "2010-10-06", "KR"), ("amendment", "2011-10-06")]
        make_agreement("few", parties=["EU", "KR"], events=events)
        make_agreement("many", parties=["EU", "KR"], events=events * 250)
        few, many = (queries(client, f"/agreements/{slug}/") for slug in ("few", "many"))
        assert len(few) == len(many) <= 6


class TestRows:
    def test_a_draft_has_none_again(self, make_agreement):
        edition = make_agreement("korea", parties=["EU", "KR"])
        draft = verbs.new_draft(edition)
        publish(draft, at=timezone.now() + datetime.timedelta(days=1))
        no_faults()
        assert CompiledAgreement.objects.count() == 2
        verbs.cancel_schedule(draft)
        no_faults()
        assert CompiledAgreement.objects.count() == 1

    def test_a_draft_is_read_as_it_is(self, make_agreement, admin_client):
        draft = verbs.new_draft(make_agreement("korea", title="Old", parties=["EU", "KR"]))
        compiled.store([draft])  # as if one had been left behind
        draft = AgreementEdition.objects.get(pk=draft.pk)
        draft.texts.update(title="Not yet published")
        response = admin_client.get(f"/admin/agreements/agreementedition/{draft.pk}/preview/")
        assert "Not yet published" in response.content.decode()

    def test_memberships_are_followed(self, make_agreement):
        andes = Party.objects.create(code="ANDEAN", kind="grouping")
        edition = make_agreement("andes", parties=["EU", "ANDEAN"], events=[("signature", "2010")])
        amend(Membership(grouping=andes, member=Party.objects.create(code="PE")))
        rows = CompiledAgreement.objects.get(pk=edition.pk).parts["periods"]
        assert len(rows) == edition.periods.count()
        no_faults()

    def test_each_reading_gets_rows_of_its_own(self, make_agreement):
        make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010-10-06")])
        one, other = (AgreementEdition.objects.select_related("compiled").get() for _n in range(2))
        for edition in (one, other):
            compiled.give_parts(edition, {"themes": {}})
        with CaptureQueriesContext(connection) as found:
            [event], [same] = one.events.all(), other.events.all()
            assert event == same
            assert event is not same
            assert event.edition is one
            assert str(event.date) == "2010-10-06"
        assert len(found) == 0

    def test_other_queries_see_the_parts_of_the_edition_alone(self, make_agreement):
        for slug in ("korea", "japan"):
            make_agreement(slug, title=slug, parties=["EU", "KR"])
        edition = AgreementEdition.objects.select_related("compiled").first()
        compiled.give_parts(edition, {"themes": {}})
        assert [text.title for text in edition.texts.filter(language="en")] == ["korea"]

    def test_what_was_left_for_later_is_the_last_of_the_changes(self, make_agreement, client):
        """Numbers follow the order of decisions: the first edition can come after the second."""
        start = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
        with time_machine.travel(start) as clock:
            first = make_agreement("korea", parties=["EU", "KR"], publish=False)
            publish(first, at=start + datetime.timedelta(days=2), change_note="Scheduled")
            publish(verbs.new_draft(first), change_note="At once")
            clock.shift(datetime.timedelta(days=3))
            text = client.get("/agreements/korea/").content.decode()
        assert text.index("Scheduled") < text.index("At once")


class TestRebuilding:
    @pytest.mark.parametrize("command", ["rebuild_lists", "migrate"])
    def test_what_is_lost_is_made_again(self, demonstration, command):
        for model in MODELS:
            model.objects.all().delete()
        call_command(command, verbosity=0)
        no_faults()

    def test_what_is_falsified_is_told_and_mended(self, demonstration, capsys):
        row = CompiledAgreement.objects.first()
        row.parts["texts"][0][-1] = 77
        row.save()
        with pytest.raises(CommandError):
            call_command("check_site")
        assert "rebuild_lists mends it" in capsys.readouterr().err
        before = changes.stamp()
        call_command("rebuild_lists", verbosity=0)
        no_faults()
        assert changes.stamp() != before  # pages that are kept are made anew

    def test_an_upgrade_makes_what_is_missing_or_has_other_columns(self, demonstration):
        right = CompiledAgreement.objects.count()
        CompiledAgreement.objects.all()[0].delete()
        CompiledAgreement.objects.filter(pk__in=CompiledAgreement.objects.all()[:1]).update(
            layout="of the version before", parts={}
        )
        call_command("migrate", verbosity=0)
        assert CompiledAgreement.objects.count() == right
        no_faults()
        before = changes.stamp()
        call_command("migrate", verbosity=0)
        assert changes.stamp() == before

    def test_a_moment_that_lies_ahead_is_read_from_then_on(self, make_agreement, client):
        with time_machine.travel(datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)) as clock:
            edition = make_agreement("korea", title="Today", parties=["EU", "KR"])
            draft = verbs.new_draft(edition)
            draft.texts.update(title="Tomorrow")
            publish(draft, at=timezone.now() + datetime.timedelta(days=1))
            assert "Tomorrow" not in client.get("/agreements/korea/").content.decode()
            clock.shift(datetime.timedelta(days=2))
            assert "Tomorrow" in client.get("/agreements/korea/").content.decode()
