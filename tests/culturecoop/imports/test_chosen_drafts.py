"""Many drafts of a list, published as a job: with progress, resumed after a stop."""

import datetime
import html

import pytest
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.admin import publiclinks
from culturecoop.imports import background, jobs
from culturecoop.imports.admin import together
from culturecoop.imports.models import ImportJob
from tests.forms import fields

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}
LIST = "/admin/agreements/agreementedition/"
AHEAD = timezone.localtime() + datetime.timedelta(days=3)


@pytest.fixture
def drafts(make_agreement, monkeypatch):
    """Four drafts, one of them without a title; a fifth that is not chosen. Three are many."""
    monkeypatch.setattr(together, "FEW", 2)
    slugs = ("korea", "chile", "peru", "japan", "india")
    found = [make_agreement(slug, publish=False, **SOUND) for slug in slugs]
    found[2].texts.all().delete()
    return found


def choose(client, editions, **more):
    """Choose the action; return the page that asks."""
    chosen = {"action": "publish_selected", "_selected_action": [e.pk for e in editions]}
    return client.post(LIST, chosen | more, follow=True)


def send(client, page, **asked):
    """Fill in what is asked, and send it to the page that asked."""
    return client.post(page.request["PATH_INFO"], fields(page) | asked, follow=True)


def text_of(response):
    return html.unescape(response.content.decode())


def published():
    return {edition.agreement.slug for edition in AgreementEdition.objects.published()}


def test_asked_first_then_published_with_a_report(signed_in, drafts):
    publisher = signed_in("publisher")
    page = choose(publisher, drafts[:4])
    text = text_of(page)
    assert "3 drafts can be published." in text
    assert "peru" in text.split("These drafts cannot be published")[1]
    assert "Steps of the import" not in text
    assert published() == set()
    report = send(publisher, page, when="now", change_note="All new")
    assert published() == {"korea", "chile", "japan"}
    editions = AgreementEdition.objects.published()
    assert {edition.published_by for edition in editions} == {publisher.user}
    assert {edition.change_note for edition in editions} == {"All new"}
    text = text_of(report)
    assert "3 drafts were published." in text
    assert text.count('<a href="/agreements/') == 3
    assert "All in the list" not in text
    assert "<strong>peru</strong>" in text.split("Not published")[1]
    job = ImportJob.objects.get()
    assert f'<a href="{LIST}?import={job.folder}&state=draft">Agreements: 1</a>' in text
    found = publisher.get(f"{LIST}?import={job.folder}").context["cl"].result_list
    assert {edition.agreement.slug for edition in found} == {"korea", "chile", "peru", "japan"}


def test_few_are_published_at_once(signed_in, drafts):
    page = choose(signed_in("publisher"), drafts[:2])
    assert "2 drafts can be published:" in text_of(page)
    assert not ImportJob.objects.exists()


def test_all_of_a_long_list(signed_in, drafts):
    page = choose(signed_in("publisher"), drafts[:1], select_across="1")
    assert "4 drafts can be published." in text_of(page)


def test_scheduled(signed_in, drafts):
    publisher = signed_in("publisher")
    page = choose(publisher, drafts[:4])
    report = send(publisher, page, when="at", at=f"{AHEAD:%Y-%m-%dT%H:%M}")
    assert "3 drafts were scheduled for" in text_of(report)
    assert AgreementEdition.objects.scheduled().count() == 3


def test_what_was_saved_since_is_asked_again(signed_in, drafts):
    publisher = signed_in("publisher")
    page = choose(publisher, drafts[:4])
    verbs.record_change(drafts[0])
    again = send(publisher, page, when="now")
    assert "A draft was saved, published or discarded meanwhile." in text_of(again)
    assert published() == set()
    verbs.discard(drafts[4])  # which was not chosen
    send(publisher, again, when="now")
    assert published() == {"korea", "chile", "japan"}


def test_a_question_that_is_not_agreed_to_leaves_drafts_out(signed_in, make_agreement, monkeypatch):
    monkeypatch.setattr(together, "FEW", 1)
    found = [make_agreement(slug, publish=False) for slug in ("korea", "chile")]
    publisher = signed_in("publisher")
    page = choose(publisher, found)
    assert "They are published only if you tick here:" in text_of(page)
    text = text_of(send(publisher, page, when="now"))
    assert published() == set()
    assert text.split("Not published")[1].count("</strong> – ") == 2


def test_it_goes_on_after_a_stop(signed_in, drafts, monkeypatch):
    publisher = signed_in("publisher")
    page = choose(publisher, drafts[:4])
    publish, done = jobs.publishing.try_to_publish_many, []

    def publish_one_and_die(drafts, **options):
        if done:
            raise SystemExit
        done.extend(drafts)
        return publish(drafts, **options)

    monkeypatch.setattr(AgreementEdition, "portion", 1)
    monkeypatch.setattr(jobs.publishing, "try_to_publish_many", publish_one_and_die)
    with pytest.raises(SystemExit):
        send(publisher, page, when="now")
    monkeypatch.undo()
    assert len(published()) == 1
    job = ImportJob.objects.get()
    shown = text_of(publisher.get(job.get_absolute_url()))
    assert "The drafts are being published" in shown
    assert "1 of 4" in shown
    ImportJob.objects.update(heartbeat_at=None)
    assert "It has stopped" in text_of(publisher.get(job.get_absolute_url()))
    job.refresh_from_db()
    background.resume(job)
    assert published() == {"korea", "chile", "japan"}
    assert "3 drafts were published." in text_of(publisher.get(job.get_absolute_url()))


def test_it_is_no_import(signed_in, drafts):
    """There is nothing to be undone, read again or downloaded."""
    publisher = signed_in("publisher")
    page = choose(publisher, drafts[:4])
    send(publisher, page, when="now")
    job = ImportJob.objects.get()
    address = job.get_absolute_url().removesuffix("change/")
    response = publisher.post(f"{address}undo/", follow=True)
    assert "Only an import that was taken over can be undone." in text_of(response)
    with pytest.raises(jobs.NotApplied):
        jobs.undo(job)
    for name in ("sheet", "columns", "names", "marked"):
        assert publisher.get(f"{address}{name}/", follow=True).status_code == 200
    assert "chosen drafts" in text_of(publisher.get("/admin/spreadsheets/importjob/"))
    jobs.discard(job)
    assert published() == {"korea", "chile", "japan"}


def test_what_was_chosen_and_never_asked_for_goes(signed_in, drafts):
    publisher = signed_in("publisher")
    page = choose(publisher, drafts[:3])
    choose(publisher, drafts[:4])
    assert ImportJob.objects.count() == 1
    assert "This import was discarded meanwhile." in text_of(send(publisher, page, when="now"))


def test_too_many(signed_in, drafts, monkeypatch):
    monkeypatch.setattr(together, "MOST", 3)
    response = choose(signed_in("publisher"), drafts[:4])
    assert "Select at most 3 drafts at once." in text_of(response)
    assert not ImportJob.objects.exists()


def test_only_publishers_have_it(signed_in, drafts):
    author = signed_in("author")
    choose(author, drafts)
    assert not ImportJob.objects.exists()


def test_the_report_leads_to_the_first_and_to_the_list_of_all(signed_in, drafts, monkeypatch):
    monkeypatch.setattr(publiclinks, "SHOWN", 2)
    publisher = signed_in("publisher")
    text = text_of(send(publisher, choose(publisher, drafts[:4]), when="now"))
    assert text.count('<a href="/agreements/') == 2
    address = f"{LIST}?import={ImportJob.objects.get().folder}"
    assert f'<a href="{address}">All in the list</a>' in text
