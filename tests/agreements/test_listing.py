"""The admin's list is read from rows that follow from the editions, whatever happened to them."""

import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements import rebuilding
from agreements.admin.filters import with_status_today
from agreements.models import (
    Agreement,
    AgreementEdition,
    AgreementListing,
    ListedStanding,
    Membership,
    Party,
    Theme,
)
from agreements.statusperiods import period_on
from culturecoop.dates import PartialDate
from culturecoop.editions import listings, verbs
from culturecoop.editions.signals import drafts_changed, tell_of
from culturecoop.imports import jobs
from culturecoop.parts_of_words import searchable
from culturecoop.reference.verbs import amend, remove
from strategy.models import PageEdition, PageListing
from tests.agreements.test_compilation import DAYS, START, STEPS, Site, slugs
from tests.culturecoop.imports.plannedjobs import upload
from tests.forms import fields
from tests.profiles import examples

LIST = reverse("admin:agreements_agreementedition_changelist")
ADD = reverse("admin:agreements_agreementedition_add")
MORE_STEPS = st.one_of(
    STEPS,
    st.tuples(st.just("save"), slugs),
    st.tuples(st.just("discard"), slugs),
    st.tuples(st.just("become"), st.sampled_from(["grouping", "organisation"])),
)


class EditedSite(Site):
    """The same site, where drafts are saved and discarded as well."""

    def __init__(self, clock):
        super().__init__(clock)
        pks = list(Agreement.objects.values_list("pk", flat=True))
        drafts_changed.send(AgreementEdition, identities=pks)

    def _draft(self, slug):
        return self._one(self._editions(slug).drafts())

    def edit(self, slug, number):
        super().edit(slug, number)
        drafts_changed.send(AgreementEdition, identities=[self._draft(slug).agreement_id])

    def save(self, slug):
        verbs.record_change(self._draft(slug))

    def discard(self, slug):
        if self._editions(slug).count() > 1:
            verbs.discard(self._draft(slug))

    def become(self, kind):
        party = self.parties["ANDEAN"]
        party.kind = kind
        amend(party)


def standings(day):
    """Return {edition: (status, ends or not)} on a day, as the rows of the list have it.

    What was left to later is worked out first, as when somebody filters by status.
    """
    assert rebuilding.work_out_statuses() == 0
    rows = ListedStanding.objects.filter(since__lte=day, until__gt=day)
    found = list(rows.values_list("edition", "standing", "ending"))
    assert len({pk for pk, *_ in found}) == len(found)
    return {pk: tuple(rest) for pk, *rest in found}


def said(day):
    """Return the same by the stored periods, of what has none by its events."""
    editions = AgreementEdition.objects.current_for_editor().content()
    return {edition.pk: _standing(_period(edition, day)) for edition in editions}


def _period(edition, day):
    if edition.live_from:
        return edition.periods.filter(period_on(day)).first()
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(12)), tick=False):
        return with_status_today([edition])[0].period_on_day


def _standing(period):
    if period is None:
        return "none", False
    found = "uncertain" if period.uncertain else period.status or "none"
    return found, bool(period.ends or period.notice)


class AnyHistoryTests(TestCase):
    @examples(1)
    @example([("publish", "korea", 3), ("cancel", "korea"), ("save", "korea"), ("wait", 4)])
    @example([("edit", "andes", 5), ("join", 2004), ("leave", 2010), ("discard", "andes")])
    @example([("edit", "andes", 5), ("join", 2004), ("become", "organisation")])
    @example([("withdraw", "korea", 1), ("edit", "korea", 2), ("publish", "korea", 3),
              ("wait", 2), ("rename", "korea"), ("restore", "korea")])  # fmt: skip
    @given(st.lists(MORE_STEPS, min_size=3, max_size=12))
    def test_the_rows_are_those_of_the_editions_of_now(self, steps):
        with time_machine.travel(START, tick=False) as clock:
            site = EditedSite(clock)
            for step in [("publish", "andes", 0), ("publish", "korea", 0), *steps]:
                site.do(*step)
                clock.shift(datetime.timedelta(seconds=1))
                self.check()

    def check(self):
        editions = AgreementEdition.objects.current_for_editor()
        stored = AgreementListing.objects.select_related("edition__agreement")
        assert {row.pk for row in stored} == {edition.pk for edition in editions}
        assert all(searchable([row.edition.agreement.slug]) in row.words for row in stored)
        assert list(listings.faults(AgreementEdition)) == []
        for day in DAYS[1:-1]:
            assert standings(day) == said(day), day
        assert list(listings.faults(AgreementEdition)) == []


def rows():
    """Return the stored rows without keys of their own."""
    return [
        sorted(map(str, model.objects.values_list(*columns)))
        for model in (AgreementListing, ListedStanding, PageListing)
        for columns in [[f.attname for f in model._meta.concrete_fields if f.name != "id"]]
    ]


@pytest.mark.django_db
class TestRebuilding:
    @pytest.mark.parametrize("command", ["rebuild_lists", "migrate"])
    def test_what_is_lost_is_made_again(self, demonstration, command):
        """By the command, and on a site from before the tables by `migrate`."""
        right = rows()
        assert all(right)
        for model in (AgreementListing, ListedStanding, PageListing):
            model.objects.all().delete()

        call_command(command, verbosity=0)
        assert rows() == right

    def test_what_is_falsified_is_told_and_mended(self, demonstration, capsys):
        right = rows()
        AgreementListing.objects.update(words="")
        ListedStanding.objects.filter(standing="in_force").delete()
        PageListing.objects.all()[0].delete()

        told = [*listings.faults(AgreementEdition), *listings.faults(PageEdition)]
        for name in ("row of the list of agreements", "listed status", "row of the list of pages"):
            assert any(name in fault for fault in told)
        with pytest.raises(CommandError):
            call_command("check_site")
        assert "rebuild_lists mends it" in capsys.readouterr().err

        call_command("rebuild_register", verbosity=0)
        assert rows()[:2] == right[:2]
        call_command("rebuild_lists", verbosity=0)
        assert rows() == right


@pytest.mark.django_db
class TestImports:
    HEADINGS = ("slug", "title_en", "parties", "signature")

    def run(self, title, **options):
        row = {"slug": "korea", "title_en": title, "parties": "EU; KR", "signature": "2010-10-06"}
        return jobs.apply(upload("agreements", self.HEADINGS, [row], **options))

    def words(self):
        return AgreementListing.objects.get().words.split("\n")[1:2]

    def test_what_is_imported_and_undone_is_listed_so(self):
        for code in ("EU", "KR"):
            amend(Party(code=code, name=code, kind="country"))
        first = self.run("First")
        assert self.words() == ["first"]
        assert standings(timezone.localdate())[AgreementEdition.objects.get().pk][0] == "signed"
        jobs.undo(first)
        assert not AgreementListing.objects.exists()
        assert not ListedStanding.objects.exists()

    def test_what_a_draft_had_before_is_listed_again(self, admin_user, make_agreement):
        for code in ("EU", "KR"):
            amend(Party(code=code, name=code, kind="country"))
        draft = make_agreement("korea", title="Before", publish=False, by=admin_user)
        job = self.run("Changed", by=admin_user, overwrite_without_base=True)
        if self.words() != ["changed"]:
            pytest.fail(str(list(job.rows.values_list("kind", "errors", "notes"))))
        jobs.undo(job)
        assert self.words() == ["before"]
        assert AgreementListing.objects.get().version == AgreementEdition.objects.get().version
        assert draft.pk == AgreementListing.objects.get().pk


@pytest.mark.django_db
class TestReferenceData:
    def test_a_theme_that_is_removed(self, make_agreement):
        make_agreement("korea", themes=["trade"], publish=False)
        assert AgreementListing.objects.get().themes == f"|{Theme.objects.get().pk}|"
        remove(Theme.objects.get())
        assert AgreementListing.objects.get().themes == ""

    def test_a_theme_that_is_removed_from_published_agreements(self, make_agreement):
        theme = Theme(slug="arts", name="Arts")
        amend(theme)
        make_agreement("korea", themes=["arts"])
        call_command("rebuild_search", verbosity=0)  # the parties of tests are not amended
        call_command("check_site")
        remove(theme)
        call_command("check_site")

    def test_a_slug_that_is_changed(self, make_agreement):
        agreement = make_agreement("korea").agreement
        agreement.slug = "seoul"
        amend(agreement)
        assert AgreementListing.objects.get().words.startswith("seoul\n")


@pytest.mark.django_db
class TestList:
    def test_counts_beside_the_filters(self, signed_in, make_agreement):
        make_agreement("korea", parties=["EU", "KR"], themes=["trade"], kind="protocol")
        make_agreement("peru", parties=["EU", "PE"], publish=False)
        page = " ".join(signed_in("author").get(LIST, {"_facets": "True"}).content.decode().split())
        for words in ("protocol (1)", "trade (1)", "KR (1)", "EU (2)", "draft (1)"):
            assert words in page

    def test_an_action_for_all_that_filters_leave(self, signed_in, make_agreement):
        for slug in ("korea", "peru"):
            make_agreement(slug, kind="protocol" if slug == "korea" else "agreement")
        client = signed_in("publisher")
        chosen = {"action": "export_selected", "_selected_action": "1", "select_across": "1"}
        response = client.post(f"{LIST}?kind__exact=protocol", chosen)
        exported = client.get(response.url)
        assert exported.context["count"] == 1

    def test_what_is_saved_in_the_form_is_found(self, signed_in):
        """The parts are written after the draft, when it is added and when it is changed."""
        client, form = signed_in("author"), "agreementedition_form"
        values = fields(client.get(ADD), form) | {"slug": "korea", "texts-0-title": "Seoul"}
        client.post(ADD, values)
        draft = AgreementEdition.objects.get()
        assert AgreementListing.objects.get().words == "korea\nseoul"
        address = reverse("admin:agreements_agreementedition_change", args=[draft.pk])
        values = fields(client.get(address), form) | {"texts-0-title": "Busan", "kind": "protocol"}
        client.post(address, values)
        row = AgreementListing.objects.get()
        assert (row.words, row.kind, row.version) == ("korea\nbusan", "protocol", 2)

    def test_a_member_that_joins_changes_the_status_of_a_draft(self):
        with time_machine.travel(START, tick=False) as clock:
            site = EditedSite(clock)
            site.publish("andes", 0)
            before = said(DAYS[-3])
            site.edit("andes", 5)
            site.join(2004)
            assert Membership.objects.exists()
            assert standings(DAYS[-3]) == said(DAYS[-3]) != before

    def test_a_member_that_joins_changes_the_status_of_what_was_never_published(self):
        with time_machine.travel(START, tick=False) as clock:
            site = EditedSite(clock)
            draft = AgreementEdition.objects.get(agreement__slug="andes")
            draft.events.create(
                kind="provisional_application", date=PartialDate(2020), party=site.parties["PE"]
            )
            tell_of(draft)
            before = standings(DAYS[-3])
            site.join(2004)
            assert standings(DAYS[-3]) == said(DAYS[-3]) != before

    def test_two_words_of_which_one_is_a_partys(self, signed_in, make_agreement):
        make_agreement("korea", title="Seoul", parties=["KR"])
        make_agreement("other", title="Seoul", parties=["PE"])
        found = signed_in("author").get(LIST, {"q": "SEOUL kr"}).context["cl"].result_list
        assert [row.agreement.slug for row in found] == ["korea"]
        assert Agreement.objects.count() == 2
