"""What the admin of editions does for any kind of them, tried with agreements."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.models import State
from tests.forms import fields, said

LIST = reverse("admin:agreements_agreementedition_changelist")
FORM = "agreementedition_form"


def change_url(edition):
    return reverse("admin:agreements_agreementedition_change", args=[edition.pk])


def verb_url(edition, verb):
    return reverse("admin:agreements_agreementedition_verb", args=[edition.pk, verb])


def history_url(edition):
    return reverse("admin:agreements_agreementedition_history", args=[edition.pk])


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def draft(make_agreement):
    return make_agreement("korea", title="Korea", publish=False)


@pytest.fixture
def live(make_agreement):
    return make_agreement("peru", title="Peru")


def scheduled_edition(make_agreement, slug="japan"):
    draft = make_agreement(slug, publish=False)
    return verbs.publish(draft, at=timezone.now() + datetime.timedelta(days=3))


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
        verbs.publish(draft)
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
        assert any("maria saved this draft at" in sentence for sentence in said(response))
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
        draft.references.create(value="one")
        draft.references.create(value="two")
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
        foreign = make_agreement("other", publish=False).references.create(value="theirs")
        draft.references.create(value="one")
        values = fields(author.get(change_url(draft)), FORM)
        values["references-0-id"], values["references-0-value"] = str(foreign.pk), "stolen"
        author.post(change_url(draft), values)
        foreign.refresh_from_db()
        assert foreign.value == "theirs"


class TestButtons:
    def test_edit_makes_a_draft_and_opens_it(self, author, live):
        response = author.post(verb_url(live, "edit"))
        draft = AgreementEdition.objects.drafts().get()
        assert response.url == change_url(draft)
        assert draft.created_by == author.user

    def test_a_second_draft_is_refused_with_the_reason(self, author, live):
        verbs.new_draft(live, by=author.user)
        response = author.post(verb_url(live, "edit"), follow=True)
        assert "There is a draft already" in said(response)[0]

    def test_buttons_are_no_links(self, author, live):
        assert author.get(verb_url(live, "edit")).status_code == 405

    def test_publish_now_with_a_note(self, publisher, draft):
        response = publisher.post(
            verb_url(draft, "publish"), {"change_note": "First edition"}, follow=True
        )
        assert said(response) == ["Published edition 1."]
        draft.refresh_from_db()
        assert (draft.state, draft.change_note, draft.published_by) == (
            State.LIVE, "First edition", publisher.user,
        )  # fmt: skip

    def test_publish_ahead_is_local_time(self, publisher, draft, settings):
        publisher.post(verb_url(draft, "publish"), {"at": "2099-07-01T09:30"})
        draft.refresh_from_db()
        assert draft.state == State.SCHEDULED
        assert timezone.localtime(draft.live_from).isoformat() == "2099-07-01T09:30:00+02:00"

    def test_a_time_that_has_passed_is_refused(self, publisher, draft):
        response = publisher.post(verb_url(draft, "publish"), {"at": "2001-01-01T00:00"})
        assert "This time has passed" in " ".join(said(response))
        draft.refresh_from_db()
        assert draft.is_draft

    def test_the_meaning_is_asked_for_from_the_second_edition_on(self, publisher, draft, live):
        assert b"meaning_unchanged" not in publisher.get(verb_url(draft, "publish")).content
        second = verbs.new_draft(live)
        assert b"meaning_unchanged" in publisher.get(verb_url(second, "publish")).content

    def test_it_says_when_a_scheduled_edition_will_replace_it(self, publisher, live):
        verbs.publish(verbs.new_draft(live), at=timezone.now() + datetime.timedelta(days=3))
        draft = verbs.new_draft(live)
        content = publisher.get(verb_url(draft, "publish")).content.decode()
        assert "Edition 2 is scheduled and will replace it" in content

    def test_what_is_missing_is_said_and_refused(self, publisher, draft):
        draft.texts.all().delete()
        assert "source language" in publisher.get(verb_url(draft, "publish")).content.decode()
        response = publisher.post(verb_url(draft, "publish"))
        assert "source language" in " ".join(said(response))

    def test_a_schedule_is_cancelled(self, publisher, make_agreement):
        edition = scheduled_edition(make_agreement)
        publisher.post(verb_url(edition, "cancel"))
        edition.refresh_from_db()
        assert edition.is_draft

    def test_a_withdrawal_needs_a_reason(self, publisher, live):
        response = publisher.post(verb_url(live, "withdraw"), {"reason": " "})
        assert response.status_code == 200
        assert AgreementEdition.objects.live().exists()

    def test_a_withdrawal_with_a_redirect(self, publisher, live):
        values = {"reason": "Replaced", "redirect_to": "/agreements/korea/"}
        response = publisher.post(verb_url(live, "withdraw"), values, follow=True)
        assert "Withdrew" in said(response)[0]
        withdrawal = AgreementEdition.objects.in_force().get()
        assert (withdrawal.reason, withdrawal.redirect_to) == ("Replaced", "/agreements/korea/")

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "//evil.example", "korea", "/agreements/peru/"]
    )
    def test_a_redirect_is_an_address(self, publisher, live, address):
        values = {"reason": "Replaced", "redirect_to": address}
        assert publisher.post(verb_url(live, "withdraw"), values).status_code == 200
        assert AgreementEdition.objects.live().exists()

    def test_an_older_edition_is_restored_from_a_withdrawn_agreement(self, author, live):
        verbs.withdraw(live, reason="An error")
        author.post(verb_url(live, "restore"))
        assert AgreementEdition.objects.drafts().get().based_on == live

    def test_a_discarded_draft_that_was_never_published_takes_its_address(self, author, draft):
        assert "its address goes with it" in author.get(verb_url(draft, "discard")).content.decode()
        assert author.post(verb_url(draft, "discard")).url == LIST
        assert not Agreement.objects.exists()

    def test_a_discarded_draft_beside_a_live_edition_leads_back_to_it(self, author, live):
        draft = verbs.new_draft(live)
        assert author.post(verb_url(draft, "discard")).url == change_url(live)

    def test_a_verb_that_does_not_fit_the_state_says_so(self, publisher, live):
        response = publisher.get(verb_url(live, "publish"), follow=True)
        assert "Its state is “live” now" in said(response)[0]

    @pytest.mark.parametrize("verb", ["submit", "save", "delete"])
    def test_an_unknown_verb_is_not_found(self, publisher, live, verb):
        assert publisher.post(verb_url(live, verb)).status_code == 404

    def test_the_log_keeps_every_verb_on_the_agreement(self, publisher, live):
        publisher.post(verb_url(live, "edit"))
        draft = AgreementEdition.objects.drafts().get()
        publisher.post(verb_url(draft, "publish"))
        told = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
        assert told == ["Made a draft of edition 1.", "Published edition 2."]


class TestRights:
    PUBLISHERS = ("publish", "cancel", "withdraw")

    @pytest.mark.parametrize("verb", PUBLISHERS)
    def test_an_author_can_neither_see_nor_post_what_publishers_do(
        self, author, draft, live, make_agreement, verb
    ):
        edition = {"publish": draft, "withdraw": live}.get(verb) or scheduled_edition(
            make_agreement
        )
        content = author.get(change_url(edition)).content.decode()
        assert verb_url(edition, verb) not in content
        assert 'name="_publish"' not in content
        state = edition.state
        assert author.get(verb_url(edition, verb)).status_code == 403
        assert author.post(verb_url(edition, verb), {"reason": "Mine"}).status_code == 403
        edition.refresh_from_db()
        assert edition.state == state

    @pytest.mark.parametrize("verb", ["edit", "publish", "withdraw", "discard", "restore"])
    def test_who_may_only_look_sees_no_button(self, draft, live, verb, django_user_model):
        from django.contrib.auth.models import Permission
        from django.test import Client

        user = django_user_model.objects.create_user("reader", is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="view_agreementedition"))
        client = Client()
        client.force_login(user)
        for edition in (draft, live):
            assert b"/do/" not in client.get(change_url(edition)).content
            assert client.post(verb_url(edition, verb)).status_code == 403

    def test_a_publisher_sees_the_buttons_of_the_state(self, publisher, draft, live):
        assert 'name="_publish"' in publisher.get(change_url(draft)).content.decode()
        content = publisher.get(change_url(live)).content.decode()
        assert verb_url(live, "edit") in content
        assert verb_url(live, "withdraw") in content
        assert 'name="_save"' not in content

    def test_beside_a_draft_there_is_the_way_to_it_in_place_of_edit(self, author, live):
        draft = verbs.new_draft(live)
        content = author.get(change_url(live)).content.decode()
        assert verb_url(live, "edit") not in content
        assert change_url(draft) in content

    def test_strangers_are_sent_to_sign_in(self, client, live):
        for url in (change_url(live), history_url(live), verb_url(live, "edit")):
            assert "/admin/login/" in client.get(url).url


class TestHistory:
    def test_it_lists_all_editions_and_how_to_look_at_them(self, author, live):
        verbs.publish(verbs.new_draft(live), by=author.user, change_note="A new title")
        verbs.new_draft(live.siblings().live().get())
        response = author.get(history_url(live))
        states = [row["edition"].state for row in response.context["rows"]]
        assert states == [State.DRAFT, State.LIVE, State.SUPERSEDED]
        content = response.content.decode()
        assert "A new title" in content
        assert "/agreements/peru/editions/1/" in content

    def test_superseded_editions_can_be_restored_unless_there_is_a_draft(self, author, live):
        verbs.publish(verbs.new_draft(live))
        assert verb_url(live, "restore") in author.get(history_url(live)).content.decode()
        verbs.new_draft(live.siblings().live().get())
        assert verb_url(live, "restore") not in author.get(history_url(live)).content.decode()

    def test_a_missing_edition_is_not_found(self, author):
        url = reverse("admin:agreements_agreementedition_history", args=[4711])
        assert author.get(url).status_code == 404


class TestDesk:
    def test_my_drafts_what_is_scheduled_and_what_was_published(
        self, author, draft, live, make_agreement
    ):
        scheduled_edition(make_agreement)
        verbs.record_change(draft, by=author.user)
        trays = author.get(reverse("admin:index")).context["desk"]
        assert [[row["title"] for row in rows] for _title, _nothing, rows in trays] == [
            ["Korea"], ["japan"], ["Peru"],
        ]  # fmt: skip

    def test_the_queries_do_not_grow(self, author, make_agreement, django_assert_max_num_queries):
        make_agreement("first")
        author.get(reverse("admin:index"))
        with django_assert_max_num_queries(30) as one:
            author.get(reverse("admin:index"))
        for number in range(12):
            make_agreement(f"more-{number}")
        with django_assert_max_num_queries(len(one)):
            author.get(reverse("admin:index"))


class TestPolicy:
    """The strict Content-Security-Policy holds in the admin: every inline element has the nonce."""

    @pytest.mark.parametrize("kind", ["form", "list", "desk"])
    def test_no_inline_script_or_style_without_the_nonce(self, publisher, draft, kind):
        from lxml import html

        urls = {"form": change_url(draft), "list": LIST, "desk": reverse("admin:index")}
        response = publisher.get(urls[kind])
        assert "'unsafe-inline'" not in response["Content-Security-Policy"]
        tree = html.fromstring(response.content)
        inline = tree.xpath("//style | //script[not(@src) and not(@type='application/json')]")
        assert all(element.get("nonce") for element in inline)
        assert not tree.xpath("//@style | //@onclick | //@onchange")
