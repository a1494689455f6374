"""The buttons of editions in the admin: who sees and posts them, the history, the desk."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition
from culturecoop import trays
from culturecoop.editions import verbs
from culturecoop.editions.models import State
from tests.answering import publish
from tests.forms import confirm, said

from .addresses import LIST, change_url, edit_url, history_url, scheduled_edition, verb_url


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

    def test_a_draft_that_another_points_to_stays_and_the_other_is_named(
        self, publisher, make_agreement, draft
    ):
        other = make_agreement("other", title="The other", publish=False)
        other.relations.create(kind="amends", agreement=draft.agreement)
        response = confirm(publisher, verb_url(draft, "discard"))
        assert said(response) == ["Other content points to it: “The other”. Remove that first."]
        assert AgreementEdition.objects.filter(pk=draft.pk).exists()

    def test_publish_now_with_a_note(self, publisher, draft):
        response = confirm(
            publisher, verb_url(draft, "publish"), when="now", change_note="First edition"
        )
        assert said(response) == ["Published edition 1."]
        draft.refresh_from_db()
        assert (draft.state, draft.change_note, draft.published_by) == (
            State.LIVE, "First edition", publisher.user,
        )  # fmt: skip

    def test_publish_ahead_is_local_time(self, publisher, draft, settings):
        year = timezone.now().year + 1
        response = confirm(
            publisher, verb_url(draft, "publish"), when="at", at=f"{year}-07-01T09:30"
        )
        assert said(response) == [f"Scheduled: readers see edition 1 from 1 Jul {year}, 09:30."]
        draft.refresh_from_db()
        assert draft.state == State.SCHEDULED
        assert timezone.localtime(draft.live_from).isoformat() == f"{year}-07-01T09:30:00+02:00"

    def test_a_time_that_has_passed_is_refused(self, publisher, draft):
        response = confirm(publisher, verb_url(draft, "publish"), when="at", at="2001-01-01T00:00")
        assert "This time has passed" in " ".join(said(response))
        draft.refresh_from_db()
        assert draft.is_draft

    @pytest.mark.parametrize(
        ("at", "sentence"),
        [
            ("2027-10-31T02:30", "The clocks change at this time"),
            ("2028-03-26T02:30", "The clocks change at this time"),
            ("9999-12-31T23:59", "more than ten years ahead"),
        ],
    )
    def test_a_time_that_cannot_be_meant_is_refused(self, publisher, draft, at, sentence):
        response = confirm(publisher, verb_url(draft, "publish"), when="at", at=at)
        assert sentence in " ".join(said(response))
        draft.refresh_from_db()
        assert draft.is_draft

    def test_the_meaning_is_asked_for_from_the_second_edition_on(self, publisher, draft, live):
        assert b"meaning_unchanged" not in publisher.get(verb_url(draft, "publish")).content
        second = verbs.new_draft(live)
        assert b"meaning_unchanged" in publisher.get(verb_url(second, "publish")).content

    def test_it_says_when_a_scheduled_edition_will_replace_it(self, publisher, live):
        publish(verbs.new_draft(live), at=timezone.now() + datetime.timedelta(days=3))
        draft = verbs.new_draft(live)
        content = publisher.get(verb_url(draft, "publish")).content.decode()
        assert "Edition 2 is scheduled and will replace it" in content

    def test_what_is_missing_is_said_and_refused(self, publisher, draft):
        draft.texts.all().delete()
        assert "source language" in publisher.get(verb_url(draft, "publish")).content.decode()
        response = confirm(publisher, verb_url(draft, "publish"), when="now")
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

    def test_a_withdrawal_with_a_redirect(self, publisher, live, make_agreement):
        make_agreement("korea")
        values = {"reason": "Replaced", "redirect_to": "/agreements/korea/", "when": "now"}
        response = publisher.post(verb_url(live, "withdraw"), values, follow=True)
        assert "Readers are now sent on to /agreements/korea/" in said(response)[0]
        withdrawal = live.siblings().in_force().get()
        assert (withdrawal.reason, withdrawal.redirect_to) == ("Replaced", "/agreements/korea/")

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "//evil.example", "korea", "/agreements/peru/"]
    )
    def test_a_redirect_is_an_address(self, publisher, live, address):
        values = {"reason": "Replaced", "redirect_to": address, "when": "now"}
        assert publisher.post(verb_url(live, "withdraw"), values).status_code == 200
        assert AgreementEdition.objects.live().exists()

    def test_an_older_edition_is_restored_from_a_withdrawn_agreement(self, author, live):
        verbs.withdraw(live, reason="An error")
        live.refresh_from_db()
        author.post(verb_url(live, "restore"))
        assert AgreementEdition.objects.drafts().get().based_on == live

    def test_a_discarded_draft_that_was_never_published_takes_its_address(self, author, draft):
        assert "its address goes with it" in author.get(verb_url(draft, "discard")).content.decode()
        assert confirm(author, verb_url(draft, "discard")).redirect_chain[-1][0] == LIST
        assert not Agreement.objects.exists()

    def test_a_discarded_draft_beside_a_live_edition_leads_back_to_it(self, author, live):
        draft = verbs.new_draft(live)
        address = confirm(author, verb_url(draft, "discard")).redirect_chain[-1][0]
        assert address == change_url(live)

    def test_a_verb_that_does_not_fit_the_state_says_so(self, publisher, live):
        response = publisher.get(verb_url(live, "publish"), follow=True)
        assert "Its state is “live” now" in said(response)[0]

    @pytest.mark.parametrize("verb", ["send", "save", "delete"])
    def test_an_unknown_verb_is_not_found(self, publisher, live, verb):
        assert publisher.post(verb_url(live, verb)).status_code == 404

    def test_the_log_keeps_every_verb_on_the_agreement(self, publisher, live):
        publisher.post(verb_url(live, "edit"))
        draft = AgreementEdition.objects.drafts().get()
        answers = {"when": "now", "answer_nothing_changed": "on"}
        confirm(publisher, verb_url(draft, "publish"), **answers)
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
        assert edit_url(live) in content
        assert verb_url(live, "withdraw") in content
        assert 'name="_save"' not in content

    def test_beside_a_draft_there_is_the_way_to_it_in_place_of_edit(self, author, live):
        draft = verbs.new_draft(live)
        content = author.get(change_url(live)).content.decode()
        assert edit_url(live) not in content
        assert change_url(draft) in content

    def test_strangers_are_sent_to_sign_in(self, client, live):
        for url in (change_url(live), history_url(live), edit_url(live)):
            assert "/admin/login/" in client.get(url).url


class TestHistory:
    def test_it_lists_all_editions_and_how_to_look_at_them(self, author, live):
        publish(verbs.new_draft(live), by=author.user, change_note="A new title")
        verbs.new_draft(live.siblings().live().get())
        response = author.get(history_url(live))
        states = [row["edition"].state for row in response.context["rows"]]
        assert states == [State.DRAFT, State.LIVE, State.SUPERSEDED]
        content = response.content.decode()
        assert "A new title" in content
        assert "/agreements/peru/editions/1/" in content

    def test_superseded_editions_can_be_restored_unless_there_is_a_draft(self, author, live):
        publish(verbs.new_draft(live))
        assert verb_url(live, "restore") in author.get(history_url(live)).content.decode()
        verbs.new_draft(live.siblings().live().get())
        page = author.get(history_url(live)).content.decode()
        assert verb_url(live, "restore") not in page
        assert "Restored only when there is no draft" in page

    def test_a_missing_edition_is_not_found(self, author):
        url = reverse("admin:agreements_agreementedition_history", args=[4711])
        assert author.get(url).status_code == 404


class TestDesk:
    def test_my_drafts_what_is_scheduled_and_what_was_published(
        self, author, draft, live, make_agreement
    ):
        scheduled_edition(make_agreement)
        make_agreement("chile", title="Hers", publish=False)
        verbs.record_change(draft, by=author.user)
        trays = author.get(reverse("admin:index")).context["full"]
        assert {tray.name: [row["title"] for row in tray.rows] for tray in trays} == {
            "drafts": ["Korea"], "waiting": ["Hers"], "scheduled": ["japan"],
            "published": ["Peru"],
        }  # fmt: skip

    def test_each_tray_leads_to_the_list_of_all_of_it(self, author, draft, live, make_agreement):
        scheduled_edition(make_agreement)
        for number in range(12):
            make_agreement(f"hers-{number}", title=f"Hers {number}", publish=False)
        verbs.record_change(draft, by=author.user)
        found = []
        for tray in author.get(reverse("admin:index")).context["full"]:
            if tray.name == "published":  # whose list would leave out what has a draft
                continue
            [lead] = tray.lists
            shown = author.get(lead["address"]).context["cl"].result_count
            found.append((len(tray.rows), lead["count"], lead["is_more"], shown))
        assert found == [(1, 1, False, 1), (10, 12, False, 12), (1, 1, False, 1)]

    def test_what_is_very_much_is_not_counted(self, author, make_agreement, monkeypatch):
        monkeypatch.setattr(trays, "COUNTED", 2)
        for number in range(3):
            make_agreement(f"hers-{number}", publish=False)
        page = author.get(reverse("admin:index")).content.decode()
        assert "agreements: more than 2" in " ".join(page.split())

    def test_the_queries_do_not_grow(self, author, make_agreement, django_assert_max_num_queries):
        make_agreement("first")
        author.get(reverse("admin:index"))
        with django_assert_max_num_queries(50) as one:
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
