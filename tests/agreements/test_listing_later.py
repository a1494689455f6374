"""An import leaves the statuses of its drafts to whoever filters by status."""

import pytest
from django.urls import reverse

from agreements import rebuilding
from agreements.models import AgreementEdition, AgreementListing, ListedStanding
from culturecoop.editions import listings
from culturecoop.imports import jobs
from tests.culturecoop.imports.plannedjobs import upload

LIST = reverse("admin:agreements_agreementedition_changelist")
SIGNED = f"{LIST}?status=signed"


@pytest.mark.django_db
class TestStatusesLeftToLater:
    def make(self, *slugs):
        headings = ("slug", "title_en", "signature")
        rows = [{"slug": s, "title_en": s, "signature": "2010-10-06"} for s in slugs]
        jobs.apply(upload("agreements", headings, rows))
        assert not ListedStanding.objects.exists()

    def found(self, client, address):
        response = client.get(address)
        told = [str(message) for message in response.context["messages"]]
        return [row.agreement.slug for row in response.context["cl"].result_list], told

    def test_they_are_worked_out_once(self, signed_in, monkeypatch):
        client = signed_in("author")
        self.make("korea", "peru")
        self.found(client, f"{LIST}?kind__exact=agreement")
        assert not ListedStanding.objects.exists()
        assert list(listings.faults(AgreementEdition)) == []
        found, told = self.found(client, SIGNED)
        assert (sorted(found), told) == (["korea", "peru"], [])
        assert list(listings.faults(AgreementEdition)) == []

        monkeypatch.setattr(listings, "refresh", None)
        assert len(self.found(client, SIGNED)[0]) == 2

    def test_they_are_exported_by_the_filter(self, signed_in):
        self.make("korea", "peru")
        address = reverse("admin:agreements_agreementedition_export")
        assert signed_in("author").get(address, {"status": "signed"}).context["count"] == 2

    def test_they_are_counted_beside_the_filter(self, signed_in):
        self.make("korea", "peru")
        page = signed_in("author").get(LIST, {"_facets": "True"}).content.decode()
        assert "signed (2)" in " ".join(page.split())

    def test_of_many_some_are_left_to_the_next_time(self, signed_in, monkeypatch):
        client = signed_in("author")
        self.make("korea", "peru", "chile")
        monkeypatch.setattr(rebuilding, "MOST", 2)
        monkeypatch.setattr(rebuilding, "PORTION", 1)
        found, told = self.found(client, SIGNED)
        assert len(found) == 2
        assert "The status of 1 draft is not worked out yet" in told[0]
        found, told = self.found(client, SIGNED)
        assert (len(found), told) == (3, [])

    def test_a_missing_status_is_a_fault_of_what_was_worked_out(self, signed_in):
        self.make("korea")
        AgreementListing.objects.update(status_known=True)
        assert "listed status" in next(listings.faults(AgreementEdition))
