"""The address that follows the typing: who may ask it, what it refuses, that it writes nothing."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from culturecoop.editions import verbs
from tests.answering import publish
from tests.forms import add_row

from .panel import FOLLOW_ADDING, change_url, status_url, typed, words


@pytest.fixture
def author(signed_in):
    return signed_in("author")


def rows_of_all_tables():
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


class TestWhoMayAsk:
    def test_a_reader_of_the_admin_sees_the_preview_and_cannot_follow(self, editing):
        user = get_user_model().objects.create_user("looker", is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="view_agreementedition"))
        client = Client()
        client.force_login(user)
        page = client.get(change_url(editing)).content.decode()
        assert 'class="as-readers-see-it"' in page
        assert "data-address" not in page
        assert client.post(status_url(editing), {}).status_code == 403
        assert client.post(FOLLOW_ADDING, {}).status_code == 403

    def test_who_is_signed_out_is_sent_to_the_sign_in(self, client, editing):
        response = client.post(status_url(editing), {})
        assert response.status_code == 302
        assert "/login/" in response.url

    def test_the_form_of_another_site_is_refused(self, author, editing):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(author.user)
        assert strict.post(status_url(editing), {}).status_code == 403

    def test_it_is_only_asked_by_posting(self, author, editing):
        assert author.get(status_url(editing)).status_code == 405
        assert author.get(FOLLOW_ADDING).status_code == 405

    def test_a_draft_that_is_none_any_more(self, author, editing):
        values = typed(author, editing)
        publish(editing)
        response = author.post(status_url(editing), values)
        assert response.status_code == 410
        assert "What you typed is still in the form." in words(response)
        del values["draft_version"]
        assert author.post(status_url(editing), values).status_code == 403

    def test_a_draft_that_was_discarded(self, author, editing):
        values, address = typed(author, editing), status_url(editing)
        verbs.discard(editing)
        assert author.post(address, values).status_code == 410


class TestWhatIsMalformed:
    @pytest.mark.parametrize(
        "changes",
        [
            {"events-TOTAL_FORMS": ["many"]},
            {"events-TOTAL_FORMS": ["9999999999"]},
            {"events-INITIAL_FORMS": ["9999999999"]},
            {"parties-INITIAL_FORMS": ["-1"]},
            {"parties-TOTAL_FORMS": [""]},
            {"kind": ["treaty"]},
            {"form": ["square"]},
            {"kind": []},
        ],
    )
    def test_it_is_said_in_a_sentence(self, author, editing, changes):
        response = author.post(status_url(editing), typed(author, editing) | changes)
        assert response.status_code == 400
        assert "The form came back incomplete." in words(response)

    def test_nothing_at_all(self, author, editing):
        assert author.post(status_url(editing), {}).status_code == 400

    @pytest.mark.parametrize(
        "row",
        [
            {"kind": "expiry", "date": "9999-12-31"},
            {"kind": "signature", "date": "0001"},
            {"kind": "extension", "date": "2001", "until": "9999"},
            {"kind": "denunciation_notified", "date": "9999-12-31"},
            {"kind": "signature", "date": "2001", "party": "1e9"},
            {"kind": "signature", "date": "2001", "party": "9" * 40},
            {"kind": "signature", "date": "2001", "id": "9" * 40},
            {"kind": "signature", "date": "2001", "id": "x"},
            {"kind": "x", "date": "2001"},
        ],
    )
    def test_a_strange_row_never_breaks_it(self, author, editing, row):
        values = typed(author, editing)
        add_row(values, "events", **({"scope": "whole", "party": "", "until": ""} | row))
        assert author.post(status_url(editing), values).status_code == 200


class TestWhatItCosts:
    def test_it_writes_nothing(self, author, editing):
        values = typed(author, editing)
        add_row(values, "events", kind="termination", date="2020", scope="whole", party="")
        values |= {"kind": ["agreement"], "form": ["multilateral"], "events-0-DELETE": ["on"]}
        values["parties-0-side"] = ["partner"]
        before = rows_of_all_tables()
        with CaptureQueriesContext(connection) as captured:
            assert author.post(status_url(editing), values).status_code == 200
        assert rows_of_all_tables() == before
        verbs_used = {query["sql"].split()[0] for query in captured}
        assert verbs_used == {"SELECT"}

    def test_as_many_queries_for_forty_events_as_for_one(self, author, make_agreement):
        codes = [f"X{number}" for number in range(40)]
        few = make_agreement("few", parties=["EU", "X0"], events=[("signature", "2001", "X0")])
        many = make_agreement("many", parties=["EU", *codes], form="multilateral",
                              events=[("signature", "2001", code) for code in codes])  # fmt: skip
        counts = []
        for live in (few, many):
            draft = verbs.new_draft(live)
            values = typed(author, draft)
            ended = {"kind": "dissolution", "scope": "whole", "source": "A register"}
            add_row(values, "events", **ended, date="2020", party=values["events-0-party"])
            with CaptureQueriesContext(connection) as captured:
                assert author.post(status_url(draft), values).status_code == 200
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 25
