"""The bar above public pages: who has it, where it leads, and what it says."""

import datetime
import re

import pytest
from django.utils import timezone

from agreements.models import Party
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.reference.admin import admin_address
from tests.answering import publish

from .addresses import change_url, edit_url

pytestmark = pytest.mark.django_db
KOREA = "/agreements/korea/"
TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def korea(make_agreement):
    return make_agreement("korea", title="Korea", parties=["EU", "KR"])


def bar(client, address, status=200, **headers):
    """Return (words, address of the form) of the bar above a page; None where there is none."""
    response = client.get(address, headers=headers)
    assert response.status_code == status
    assert "Cache-Control" in response.headers
    found = re.search(r'<nav class="editors-bar".*?</nav>', response.content.decode(), re.DOTALL)
    if not found:
        return None
    words = " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())
    return words, re.search(r'href="([^"]*)"', found[0])[1]


def test_from_what_is_live_to_its_form(author, korea, make_page):
    home = make_page("", title="Home")
    assert bar(author, KOREA) == ("Published Edit Desk", edit_url(korea))
    assert bar(author, "/") == ("Published Edit Desk", edit_url(home))
    assert author.get(edit_url(korea)).status_code == 200


def test_from_what_is_live_to_the_draft_beside_it(author, korea):
    draft = verbs.new_draft(korea, by=author.user)
    assert bar(author, KOREA) == (
        "Published · draft by author Edit the draft Desk", change_url(draft),
    )  # fmt: skip


def test_what_is_scheduled_is_told_and_what_is_live_is_edited(author, korea):
    publish(verbs.new_draft(korea), at=timezone.now() + TOMORROW)
    words, address = bar(author, KOREA)
    assert re.fullmatch(r"Published · next edition on .+ Edit Desk", words)
    assert address == edit_url(korea)


def test_an_older_edition_leads_to_the_form_of_the_one_that_is_live(author, korea):
    newer = publish(verbs.new_draft(korea))
    older = f"{KOREA}editions/1/"
    assert bar(author, older) == ("Older edition Edit Desk", edit_url(newer))


def test_what_was_withdrawn_leads_into_the_admin(author, korea):
    withdrawal = verbs.withdraw(korea, reason="A mistake")
    assert bar(author, KOREA, 410) == (
        "Withdrawn Open in the admin Desk", change_url(withdrawal),
    )  # fmt: skip
    assert author.get(KOREA).headers["Cache-Control"] == "private, no-store"


def test_what_has_no_drafts_leads_to_its_form(signed_in, korea, make_file):
    document = Document.objects.create(slug="report", title="Report")
    make_file(document, live_from=timezone.now())
    party = Party.objects.get(code="KR")
    publisher, author = signed_in("publisher"), signed_in("author")
    assert bar(publisher, "/parties/KR/") == ("Edit Desk", admin_address(party))
    assert bar(author, "/parties/KR/") is None  # authors may not change it
    assert bar(author, "/documents/report/") == ("Edit Desk", admin_address(document))


def test_readers_and_who_may_not_edit_have_none(client, django_user_model, korea):
    assert bar(client, KOREA) is None
    for options in ({"is_staff": True}, {"is_superuser": True}):
        user = django_user_model.objects.create_user(f"guest {options}", **options)
        client.force_login(user)
        assert bar(client, KOREA) is None


def test_a_cookie_that_is_no_session_shows_nothing(client, korea):
    client.cookies["sessionid"] = "of-nobody"
    assert bar(client, KOREA) is None


def test_previews_and_frames_of_the_admin_have_none(author, korea):
    preview = author.get(edit_url(korea).replace("/edit/", "/preview/"))
    assert preview.status_code == 200
    assert "editors-bar" not in preview.content.decode()
    assert bar(author, KOREA, **{"Sec-Fetch-Dest": "iframe"}) is None
    assert bar(author, KOREA, **{"Sec-Fetch-Dest": "document"})


def test_readers_cost_no_query_more_and_editors_few(
    client, author, korea, django_assert_max_num_queries
):
    author.get(KOREA)
    with django_assert_max_num_queries(6):
        client.get(KOREA)
    with django_assert_max_num_queries(6 + 5):  # session, account, two of rights, what is beside
        author.get(KOREA)
