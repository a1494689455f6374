"""What the admin of editions does for any kind of them, tried with agreements."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.models import State
from tests.answering import publish
from tests.forms import fields, said

from .addresses import FORM, LIST, change_url, scheduled_edition


class TestList:
    def test_one_row_an_agreement_its_draft_before_its_live_edition(self, author, live):
        verbs.new_draft(live)
        response = author.get(LIST)
        assert [row.state for row in response.context["cl"].result_list] == [State.DRAFT]

    @pytest.mark.parametrize("state", ["draft", "scheduled", "live", "withdrawn"])
    def test_the_state_filters(self, author, draft, live, make_agreement, state):
        scheduled_edition(make_agreement)
        verbs.withdraw(make_agreement("gone"), reason="An error")
        rows = author.get(LIST, {"state": state}).context["cl"].result_list
        slugs = {"draft": "korea", "scheduled": "japan", "live": "peru", "withdrawn": "gone"}
        assert [row.agreement.slug for row in rows] == [slugs[state]]

    def test_mine_are_those_i_made_or_changed(self, author, draft, live):
        verbs.record_change(draft, by=author.user)
        rows = author.get(LIST, {"mine": "1"}).context["cl"].result_list
        assert [row.agreement.slug for row in rows] == ["korea"]

    def test_nothing_is_deleted_in_bulk(self, publisher, live):
        assert b"delete_selected" not in publisher.get(LIST).content
        publisher.post(LIST, {"action": "delete_selected", "_selected_action": [live.pk]})
        assert AgreementEdition.objects.filter(pk=live.pk).exists()

    def test_the_stock_way_to_delete_is_closed(self, publisher, draft):
        url = reverse("admin:agreements_agreementedition_delete", args=[draft.pk])
        assert publisher.post(url, {"post": "yes"}).status_code == 403

    def test_the_queries_do_not_grow_with_the_rows(
        self, author, make_agreement, django_assert_max_num_queries
    ):
        make_agreement("first", parties=["EU", "KR"], events=[("signature", "2010")])
        author.get(LIST)
        with django_assert_max_num_queries(25) as one:
            author.get(LIST)
        for number in range(49):
            make_agreement(
                f"more-{number}", parties=["EU", "KR"], events=[("signature", "2010")],
                publish=number % 2 == 0,
            )  # fmt: skip
        with django_assert_max_num_queries(len(one) + 2) as fifty:
            assert len(author.get(LIST).context["cl"].result_list) == 50
        assert len(fifty) <= len(one) + 2  # the memberships of the drafts' parties


class TestAddress:
    def test_the_slug_leads_to_what_an_editor_would_work_on(self, author, live):
        address = "/admin/agreements/agreement/peru/"
        assert author.get(address).url == change_url(live)
        assert author.get(address).url == change_url(live)
        draft = verbs.new_draft(live)
        assert author.get(address).url == change_url(draft)

    def test_an_unknown_slug_is_not_found(self, author):
        assert author.get("/admin/agreements/agreement/nothing/").status_code == 404

    def test_the_list_of_agreements_is_that_of_their_editions(self, author):
        assert author.get("/admin/agreements/agreement/").url == LIST

    def test_a_publisher_changes_the_slug_and_the_old_address_leads_on(self, publisher, live):
        url = reverse("admin:agreements_agreement_address", args=[live.agreement_id])
        values = fields(publisher.get(url)) | {"slug": "peru-2012"}
        assert publisher.post(url, values).url == change_url(live)
        assert publisher.get("/agreements/peru/").url == "/agreements/peru-2012/"

    def test_an_author_does_so_only_before_readers_know_it(self, author, live, draft):
        url = reverse("admin:agreements_agreement_address", args=[live.agreement_id])
        assert author.post(url, {"slug": "mine", "source_language": "en"}).status_code == 403
        url = reverse("admin:agreements_agreement_address", args=[draft.agreement_id])
        author.post(url, {"slug": "south-korea", "source_language": "en"})
        assert Agreement.objects.get(pk=draft.agreement_id).slug == "south-korea"


class TestSaving:
    def save(self, client, draft, **changes):
        values = fields(client.get(change_url(draft)), FORM) | changes
        return client.post(change_url(draft), values, follow=True)

    def test_a_change_is_saved_logged_on_the_identity_and_raises_the_version(self, author, draft):
        response = self.save(author, draft, legal_basis="Article 167")
        assert said(response) == ["“Korea” was saved."]
        draft.refresh_from_db()
        assert (draft.legal_basis, draft.version, draft.changed_by) == (
            "Article 167", 2, author.user,
        )  # fmt: skip
        entry = LogEntry.objects.get()
        assert entry.get_edited_object() == draft.agreement

    def test_saving_with_nothing_changed_is_harmless(self, author, draft):
        self.save(author, draft)
        draft.refresh_from_db()
        assert (draft.version, LogEntry.objects.count()) == (1, 0)

    def test_line_ends_of_a_browser_are_no_change(self, author, draft):
        draft.texts.update(summary="One\n\nTwo")
        self.save(author, draft, **{"texts-0-summary": "One\r\n\r\nTwo"})
        draft.refresh_from_db()
        assert draft.version == 1

    def test_a_change_to_a_part_alone_counts(self, author, draft):
        self.save(author, draft, **{"texts-0-title": "South Korea"})
        draft.refresh_from_db()
        assert (draft.texts.get().title, draft.version) == ("South Korea", 2)

    def test_a_published_edition_is_not_changed_by_a_direct_post(self, publisher, live):
        response = publisher.post(change_url(live), {"legal_basis": "Mine"})
        assert response.status_code == 403
        live.refresh_from_db()
        assert live.legal_basis == ""

    def test_a_draft_published_meanwhile_comes_back_with_what_was_typed(self, author, draft):
        values = fields(author.get(change_url(draft)), FORM) | {"legal_basis": "Typed for long"}
        publish(draft)
        response = author.post(change_url(draft), values)
        assert "no longer a draft" in " ".join(said(response))
        assert b"Typed for long" in response.content
        draft.refresh_from_db()
        assert draft.legal_basis == ""

    def test_without_its_version_a_form_is_refused(self, author, draft):
        values = fields(author.get(change_url(draft)), FORM) | {"legal_basis": "Mine"}
        del values["draft_version"]
        assert "incomplete" in " ".join(said(author.post(change_url(draft), values)))


class TestTwoPeople:
    """Both open the draft, the other saves first."""

    @pytest.fixture
    def other(self, signed_in):
        return signed_in("author", "maria")

    @pytest.fixture
    def mine(self, author, draft):
        return fields(author.get(change_url(draft)), FORM)

    def other_saves(self, other, draft, **changes):
        values = fields(other.get(change_url(draft)), FORM) | changes
        assert other.post(change_url(draft), values).status_code == 302

    def test_the_second_is_told_who_saved_and_keeps_his_text(self, author, other, draft, mine):
        self.other_saves(other, draft, legal_basis="Hers")
        response = author.post(change_url(draft), mine | {"legal_basis": "His"})
        assert response.status_code == 200
        assert any("maria saved this draft on" in sentence for sentence in said(response))
        assert b'value="His"' in response.content
        draft.refresh_from_db()
        assert draft.legal_basis == "Hers"

    def test_saving_again_is_refused_again(self, author, other, draft, mine):
        self.other_saves(other, draft, legal_basis="Hers")
        author.post(change_url(draft), mine | {"legal_basis": "His"})
        again = author.post(change_url(draft), mine | {"legal_basis": "His"})
        assert again.status_code == 200

    def test_he_can_save_over_it_knowingly(self, author, other, draft, mine):
        self.other_saves(other, draft, legal_basis="Hers")
        response = author.post(change_url(draft), mine | {"legal_basis": "His"})
        version = response.context["adminform"].form.conflict["version"]
        over = mine | {"legal_basis": "His", "_over": version}
        assert author.post(change_url(draft), over).status_code == 302
        draft.refresh_from_db()
        assert draft.legal_basis == "His"

    def test_but_not_over_what_was_saved_after_that(self, author, other, draft, mine):
        self.other_saves(other, draft, legal_basis="Hers")
        author.post(change_url(draft), mine | {"legal_basis": "His"})
        self.other_saves(other, draft, legal_basis="Hers again")
        assert author.post(change_url(draft), mine | {"_over": "2"}).status_code == 200

    def test_a_row_that_the_other_removed_keeps_what_was_typed_into_it(self, author, other, draft):
        draft.references.create(scheme="other", value="one")
        draft.references.create(scheme="other", value="two")
        mine = fields(author.get(change_url(draft)), FORM)
        self.other_saves(other, draft, **{"references-0-DELETE": "on"})
        mine["references-0-value"], mine["references-1-value"] = "one, mine", "two, mine"
        response = author.post(change_url(draft), mine)
        values = fields(response, FORM)
        assert values["references-0-value"] == ["one, mine"]
        assert values["references-1-value"] == ["two, mine"]
        assert "removed meanwhile" in response.content.decode()
        version = response.context["adminform"].form.conflict["version"]
        author.post(change_url(draft), values | {"_over": version})
        assert sorted(r.value for r in draft.references.all()) == ["one, mine", "two, mine"]

    def test_a_row_of_another_edition_cannot_be_named(self, author, draft, make_agreement):
        foreign = make_agreement("other", publish=False).references.create(
            scheme="other", value="theirs"
        )
        draft.references.create(scheme="other", value="one")
        values = fields(author.get(change_url(draft)), FORM)
        values["references-0-id"], values["references-0-value"] = str(foreign.pk), "stolen"
        author.post(change_url(draft), values)
        foreign.refresh_from_db()
        assert foreign.value == "theirs"


def test_what_was_typed_into_a_draft_that_is_discarded_meanwhile_is_shown(author, draft):
    changes = {"legal_basis": "Typed for long", "texts-0-title": "Corea", "events-0-date": "2010"}
    values = fields(author.get(change_url(draft)), FORM) | changes
    url = change_url(draft)
    verbs.discard(draft)
    response = author.post(url, values)
    assert response.status_code == 410
    shown = {text.label: text.text for text in response.context["texts"]}
    assert "Typed for long" in shown.values()
    assert (shown["Title 1"], shown["Date 1"]) == ("Corea", "2010")
    assert ">Corea</textarea>" in response.content.decode()
    assert author.get(url).status_code == 302


@pytest.mark.parametrize("value", ["²", "9" * 5000, "-1", "x", "9" * 18])
def test_numbers_that_are_none_are_refused_without_an_error_page(author, draft, value):
    draft.references.create(scheme="other", value="one")
    values = fields(author.get(change_url(draft)), FORM)
    for name in ("references-0-id", "_over", "draft_version", "themes"):
        response = author.post(change_url(draft), values | {name: value, "legal_basis": "x"})
        assert response.status_code in (200, 302)
