"""The list of moved addresses, and giving one free."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from culturecoop.documents.models import DocumentFile
from culturecoop.editions import verbs
from culturecoop.reference.models import MovedAddress
from strategy.blocks import Text
from tests.forms import said
from tests.moving import renamed

pytestmark = pytest.mark.django_db
LIST = reverse("admin:reference_movedaddress_changelist")


@pytest.fixture
def moved(make_document):
    renamed(make_document("report"), "first-report")
    renamed(make_document("map"), "atlas")
    return MovedAddress.objects.get(old_path="/documents/report/")


def free_url(moved):
    return reverse("admin:reference_movedaddress_free", args=[moved.pk])


def change_url(moved):
    return reverse("admin:reference_movedaddress_change", args=[moved.pk])


def test_the_list_is_searched_and_says_where_each_leads(moved, signed_in):
    page = signed_in("author").get(LIST, {"q": "report"}).content.decode()
    assert "/documents/report/" in page
    assert 'href="/documents/first-report/"' in page
    assert "/documents/map/" not in page


@pytest.mark.parametrize("state", ["leads", "free", "unowned", "nonsense"])
def test_the_list_is_filtered(moved, signed_in, state):
    assert signed_in("author").get(LIST, {"state": state}, follow=True).status_code == 200


@pytest.mark.parametrize("role", ["author", "publisher"])
def test_only_administrators_give_free(moved, signed_in, role):
    client = signed_in(role)
    assert "Release the address" not in client.get(change_url(moved)).content.decode()
    assert client.get(free_url(moved)).status_code == 403
    assert client.post(free_url(moved), {"reason": "Mine"}).status_code == 403
    assert MovedAddress.objects.held().count() == 2


def test_an_administrator_gives_one_free_with_a_reason(moved, signed_in, client):
    administrator = signed_in("administrator")
    assert free_url(moved) in administrator.get(change_url(moved)).content.decode()
    assert "required" in " ".join(said(administrator.post(free_url(moved), {"reason": " "})))
    response = administrator.post(free_url(moved), {"reason": "Asked for"}, follow=True)
    assert "/documents/report/ was released." in said(response)
    moved.refresh_from_db()
    assert (moved.freed_by, moved.freed_reason) == (administrator.user, "Asked for")
    assert LogEntry.objects.filter(user=administrator.user, object_id=moved.pk).exists()
    assert client.get("/documents/report/").status_code == 404
    assert "Asked for" in administrator.get(change_url(moved)).content.decode()


def test_it_is_given_free_once(moved, signed_in):
    administrator = signed_in("administrator")
    administrator.post(free_url(moved), {"reason": "Asked for"})
    response = administrator.post(free_url(moved), {"reason": "Again"})
    assert "meanwhile" in " ".join(said(response))
    moved.refresh_from_db()
    assert moved.freed_reason == "Asked for"


def test_nobody_changes_or_deletes_one(moved, signed_in):
    administrator = signed_in("administrator")
    assert administrator.post(change_url(moved), {"old_path": "/x/"}).status_code == 403
    delete = reverse("admin:reference_movedaddress_delete", args=[moved.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_what_leads_over_it_is_named_before_it_is_given_free(
    moved, signed_in, make_page, make_agreement
):
    agreement = make_agreement("korea", title="The agreement with Korea")
    page = make_page("", title="The strategy", publish=False)
    Text.objects.create(
        parent=page, region="main", ordering=1,
        text='<p><a href="/de/documents/report/en">The report</a></p>',
    )  # fmt: skip
    other = make_page("", title="Other", publish=False, language="de")
    Text.objects.create(
        parent=other, region="main", ordering=1, text='<a href="/documents/reports/">Reports</a>'
    )
    DocumentFile.objects.update(live_from=timezone.now())
    verbs.withdraw(agreement, reason="Moved", redirect_to="/documents/report/")
    response = signed_in("administrator").get(free_url(moved))
    names = [name for _url, name in response.context["leading"]]
    assert names == ["The agreement with Korea", "The strategy"]
    assert "These send readers to this address" in response.content.decode()
