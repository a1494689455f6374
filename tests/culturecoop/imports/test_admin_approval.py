"""The approval of an import as a whole, by somebody else, after drafts that chance has chosen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.reviews import Review, Step
from culturecoop.imports.admin.approval import SAMPLE, sample
from tests.answering import approve

from .adminsteps import open_, send, upload
from .test_admin_report import fill

ROWS = 25

pytestmark = pytest.mark.usefixtures("four_eyes")


@pytest.fixture
def other(signed_in):
    return signed_in("publisher", "other")


@pytest.fixture
def job(publisher):
    rows = "".join(f"a{number},Agreement {number}\n" for number in range(ROWS))
    job, _page = upload(publisher, "slug,title_en\n" + rows, "a.csv", "utf-8")
    send(publisher, job, "apply")
    return job


def published():
    return AgreementEdition.objects.published()


def test_who_ran_it_cannot_approve_it(publisher, job):
    assert "you ran the import" in open_(publisher, job, "publish")
    send(publisher, job, "publish", {"when": "now", "approves": "on"})
    assert not published().exists()


def test_somebody_else_compares_some_and_approves_all(publisher, other, job):
    text = open_(other, job, "publish")
    assert f"{ROWS} drafts are not approved yet." in text
    assert text.count("what-would-change") == SAMPLE
    refused = fill(other, job, {"when": "now"})
    assert "Compare the drafts above first" in refused
    assert not published().exists()
    assert f"{ROWS} drafts were published" in fill(other, job, {"when": "now", "approves": "on"})
    assert set(Review.objects.values_list("step", "by")) == {(Step.APPROVED, other.user.pk)}
    assert published().count() == ROWS


def test_nobody_draws_again_until_he_likes_them(other, job, signed_in):
    def chosen(by):
        return {one.after.pk for one in sample(job, by)}

    first = chosen(other.user)
    assert len(first) == SAMPLE
    assert chosen(other.user) == first
    left_out = AgreementEdition.objects.drafts().exclude(pk__in=first).first()
    verbs.record_change(left_out, by=signed_in("author").user)
    assert chosen(other.user) == first


def test_what_was_changed_by_hand_or_sent_back_is_approved_by_itself(other, job, signed_in):
    changed, back, *_rest = AgreementEdition.objects.drafts()
    verbs.record_change(changed, by=signed_in("author").user)
    verbs.submit(back, by=signed_in("author", "second").user)
    verbs.send_back(back, reason="No", by=other.user)
    text = open_(other, job, "publish")
    assert "2 drafts are approved one by one" in text
    assert all(f"/{draft.pk}/change/" in text for draft in (changed, back))
    fill(other, job, {"when": "now", "approves": "on"})
    assert published().count() == ROWS - 2
    assert not published().filter(pk__in=(changed.pk, back.pk)).exists()


def test_all_where_there_are_few(publisher, other):
    job, _page = upload(publisher, "slug,title_en\nchile,Chile\nperu,Peru\n", "a.csv", "utf-8")
    send(publisher, job, "apply")
    draft = AgreementEdition.objects.drafts().first()
    approve(draft, by=other.user)
    [one] = sample(job, other.user)
    assert one.after.pk != draft.pk
    assert "2 drafts were published" in fill(other, job, {"when": "now", "approves": "on"})


def test_who_changed_one_of_them_approves_the_others(publisher, other):
    job, _page = upload(publisher, "slug,title_en\nchile,Chile\nperu,Peru\n", "a.csv", "utf-8")
    send(publisher, job, "apply")
    draft = verbs.record_change(AgreementEdition.objects.drafts().first(), by=other.user)
    fill(other, job, {"when": "now", "approves": "on"})
    assert published().exclude(pk=draft.pk).exists()
    assert not published().filter(pk=draft.pk).exists()


def test_an_administrator_goes_without_approval(signed_in):
    root = signed_in("administrator")
    job, _page = upload(root, "slug,title_en\nchile,Chile\nperu,Peru\n", "a.csv", "utf-8")
    send(root, job, "apply")
    assert "As an administrator you may publish them" in open_(root, job, "publish")
    assert "2 drafts were published" in fill(root, job, {"when": "now", "override": "No other"})
    assert set(Review.objects.values_list("step", "note")) == {(Step.OVERRIDDEN, "No other")}


@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow(publisher, number):
    rows = "".join(f"a{n},Agreement {n}\n" for n in range(number))
    job, _page = upload(publisher, "slug,title_en\n" + rows, "a.csv", "utf-8")
    send(publisher, job, "apply")
    with CaptureQueriesContext(connection) as asked:
        assert len(sample(job, publisher.user)) == number
    assert len(asked) <= 15
