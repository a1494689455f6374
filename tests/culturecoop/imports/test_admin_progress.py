"""The page of an import that is at work: how far it is, and what when it has stopped."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.imports import jobs
from culturecoop.imports.admin.progress import in_words, progress
from culturecoop.imports.models import ImportJob

from .adminsteps import LIST, mapped, open_, send


@pytest.fixture
def at_work(signed_in):
    """A job that was begun, of which no step is done yet, and the client of its owner."""
    client = signed_in("publisher")
    client.job = mapped(client)
    jobs.start(client.job)
    return client


def halt(job, seconds):
    """The last sign of life of the job is so old."""
    then = timezone.now() - timedelta(seconds=seconds)
    ImportJob.objects.filter(pk=job.pk).update(started_at=then, heartbeat_at=then)


def test_how_far_it_is(at_work):
    text = open_(at_work, at_work.job, "change")
    assert "0 of 0 rows" in text or "of 1 row" in text
    assert "You may close this page" in text
    assert '<meta http-equiv="refresh" content="2">' in text
    assert 'aria-live="polite"' in text
    assert "running, 0 %" in at_work.get(LIST).content.decode() or at_work.job.to_write == 0


def test_what_has_stopped_is_resumed(at_work):
    job = at_work.job
    assert "Resume" not in send(at_work, job, "resume")
    halt(job, 300)
    text = open_(at_work, job, "change")
    assert "It has stopped" in text
    assert "refresh" not in text.split("</head>")[0]
    assert "stopped" in at_work.get(LIST).content.decode()
    assert "taken over" in send(at_work, job, "resume")
    assert job.state == "applied"


def test_reading_that_has_stopped_begins_again(at_work):
    job = at_work.job
    ImportJob.objects.filter(pk=job.pk).update(state="reading", heartbeat_at=None)
    assert "It has stopped" in open_(at_work, job, "change")
    send(at_work, job, "resume")
    assert job.state == "previewed"


def test_what_is_at_work_is_left_alone(at_work):
    for step in ("sheet", "columns", "names"):
        page = at_work.get(f"{LIST}{at_work.job.pk}/{step}/", follow=True)
        assert "is at work" in page.content.decode()
    halt(at_work.job, 300)
    page = at_work.get(f"{LIST}{at_work.job.pk}/sheet/", follow=True)
    assert "Resume it first" in page.content.decode()


def test_rate_and_remaining_time():
    now = timezone.now()
    job = ImportJob(
        state="running", counts={"new": 1000}, done=300, run_from=100,
        started_at=now - timedelta(seconds=10), heartbeat_at=now,
    )  # fmt: skip
    told = progress(job)
    assert (told.text, told.rate) == ("300 of 1,000 rows", "20 rows a second")
    assert (told.remaining, told.percent) == ("about 40 seconds left", 30)


@given(st.floats(0, 10**7))
def test_remaining_time_is_told_in_words(seconds):
    assert in_words(seconds).endswith("left")
