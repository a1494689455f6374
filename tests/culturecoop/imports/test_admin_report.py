"""The preview of an import, its report, and the export of everything."""

import datetime
import io
import uuid

import pytest
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob
from culturecoop.tabular.reading import open_spreadsheet
from tests.answering import ASKED, publish
from tests.forms import fields

from .adminsteps import COLUMNS, LIST, NEW, mapped, open_, ruritanie, send, upload


def test_the_preview_adds_up_and_filters(publisher):
    job = mapped(publisher)
    assert sum(job.counts.values()) == 3
    text = open_(publisher, job, "change", kind="error")
    assert "<code>Dates / Signature</code>" in text
    assert "There is no such day" in text
    assert "Take over 1 row" in text
    assert "Rows 1 to" in open_(publisher, job, "change", sheet="7", kind="nonsense")
    send(publisher, job, "options", {"all_or_nothing": "on", "overwrite_without_base": "on"})
    assert (job.all_or_nothing, job.overwrite_without_base) == (True, True)
    assert "you chose “all or nothing”" in open_(publisher, job, "change")


def test_the_report_leads_to_drafts_publishing_and_undoing(publisher):
    job = mapped(publisher)
    send(publisher, job, "names", NEW)
    text = send(publisher, job, "apply")
    assert job.state == "applied"
    assert "2 rows were taken over" in text
    drafts = f"/admin/agreements/agreementedition/?import={job.folder}&state=draft"
    assert drafts.replace("&", "&amp;") in text
    assert publisher.get(drafts).context["cl"].result_count == 2
    other = drafts.replace(str(job.folder), str(uuid.uuid4()))
    assert publisher.get(other).context["cl"].result_count == 0
    edited = AgreementEdition.objects.drafts().first()
    edited.version += 1
    edited.save()
    assert "Undo the import" in open_(publisher, job, "undo")
    text = send(publisher, job, "undo")
    assert "What was kept" in text
    assert "edited since" in text
    assert AgreementEdition.objects.drafts().count() == 1


def fill(client, job, answers):
    """Fill in the page that publishes the drafts of a job, and send it."""
    page = fields(client.get(f"{LIST}{job.pk}/publish/"))
    agreed = {f"answer_{code}": "on" for code in ASKED}
    return send(client, job, "publish", page | agreed | answers)


def test_drafts_are_published_together(publisher, signed_in):
    job = mapped(publisher)
    send(publisher, job, "names", NEW)
    send(publisher, job, "apply")
    bare = AgreementEdition.objects.drafts().last()
    bare.texts.all().delete()
    text = open_(publisher, job, "publish")
    assert "cannot be published as they are" in text
    assert f"?import={job.folder}&amp;state=draft" in text, "the drafts can be looked at"
    assert "Publish the drafts<" in text
    assert "Events have no source." in text
    assert "published only if you tick here" in text
    answers = {"change_note": "The list", "answer_no_source": "on", "when": "now"}
    text = fill(publisher, job, answers)
    assert "1 draft was published" in text
    assert "Not published" in text
    assert AgreementEdition.objects.live().get().change_note == "The list"
    author = signed_in("author")
    assert author.get(f"{LIST}{job.pk}/publish/").status_code == 404


def test_authors_do_not_publish(publisher, signed_in):
    author = signed_in("author")
    job = mapped(author)
    text = send(author, job, "apply")
    assert "Publish the drafts" not in text
    assert author.get(f"{LIST}{job.pk}/publish/").status_code == 403


def test_the_marked_report(publisher, tmp_path):
    job = mapped(publisher)
    response = publisher.get(f"{LIST}{job.pk}/marked/")
    path = tmp_path / "marked.xlsx"
    path.write_bytes(b"".join(response.streaming_content))
    assert len(open_spreadsheet(path).sheets) >= 1
    assert "marked.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize("mapping", ["", "kept:Ministry"])
def test_answers_hold_for_the_corrected_report(publisher, mapping):
    job = mapped(publisher)
    send(publisher, job, "columns", COLUMNS | {"keep": "1", "name": "Ministry"})
    send(publisher, job, "names", ruritanie(codes="FR; DE"))
    send(publisher, job, "apply")
    response = publisher.get(f"{LIST}{job.pk}/marked/")
    content = b"".join(response.streaming_content)
    again, _page = upload(publisher, content, "corrected.xlsx", mapping=mapping)
    assert again.mapping["names"] == {"Ruritanie": ["FR", "DE"]}
    jobs.plan(again)
    assert not again.findings["unmatched"]
    assert not any("Ruritanie" in str(row.errors) for row in again.rows.all())


def test_what_is_taken_over_is_not_mapped_again(publisher):
    job = mapped(publisher)
    send(publisher, job, "apply")
    for step in ("sheet", "columns", "names"):
        page = publisher.get(f"{LIST}{job.pk}/{step}/", follow=True)
        assert "at work, or was taken over" in page.content.decode(), step
    for step in ("options", "discard"):
        assert "at work, or was taken over" in send(publisher, job, step)
    assert ImportJob.objects.count() == 1


@pytest.mark.parametrize("step", ["sheet", "columns", "names", "undo"])
def test_steps_are_for_the_owner(publisher, signed_in, step):
    job = mapped(publisher)
    assert signed_in("author").get(f"{LIST}{job.pk}/{step}/").status_code == 404
    assert signed_in("administrator").get(f"{LIST}{job.pk}/{step}/").status_code == 403


def test_a_publisher_publishes_what_an_author_imported(db, signed_in):
    author = signed_in("author")
    job, _page = upload(author, "slug,kind,title_en\nchile,protocol,Chile\n", "a.csv", "utf-8")
    send(author, job, "apply")
    assert author.post(f"{LIST}{job.pk}/publish/").status_code == 403
    text = fill(signed_in("publisher"), job, {"when": "now"})
    assert "1 draft was published" in text
    assert AgreementEdition.objects.published().filter(kind="protocol").exists()


def test_an_import_is_scheduled_as_a_whole(publisher):
    job, _page = upload(publisher, "slug,title_en\nchile,Chile\nperu,Peru\n", "a.csv", "utf-8")
    send(publisher, job, "apply")
    passed = fill(publisher, job, {"when": "at", "at": "2001-01-01T10:00"})
    assert "This time has passed" in passed
    day = timezone.localdate() + datetime.timedelta(days=5)
    answers = {"when": "at", "at": f"{day}T09:30", "change_note": "Both"}
    text = fill(publisher, job, answers)
    assert "2 drafts were scheduled for" in text
    [moment] = {edition.live_from for edition in AgreementEdition.objects.scheduled()}
    assert f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" == f"{day} 09:30"


def test_drafts_that_were_saved_meanwhile_are_looked_at_first(publisher):
    job, _page = upload(publisher, "slug,title_en\nchile,Chile\nperu,Peru\n", "a.csv", "utf-8")
    send(publisher, job, "apply")
    page = fields(publisher.get(f"{LIST}{job.pk}/publish/")) | {"when": ["now"]}
    draft = verbs.record_change(AgreementEdition.objects.drafts().first())
    text = send(publisher, job, "publish", page)
    assert "A draft was saved, published or discarded meanwhile." in text
    assert not AgreementEdition.objects.published().exists()
    # Asked, but saved again before its turn came: only what was looked at goes out.
    jobs.ask_to_publish(job, by=publisher.user, agreed=ASKED)
    verbs.record_change(draft)
    text = jobs.publish(job).findings["unpublished"][0][1]
    assert "after you had opened it" in text
    assert AgreementEdition.objects.published().count() == 1


def test_a_file_that_was_added_meanwhile_does_not_come_out(publisher, make_file):
    document = Document.objects.create(slug="report", title="The report")
    content = "slug,title_en,documents\nchile,Chile,report\n"
    job, _page = upload(publisher, content, "a.csv", "utf-8")
    send(publisher, job, "apply")
    page = fields(publisher.get(f"{LIST}{job.pk}/publish/")) | {"when": ["now"]}
    page |= {name: ["on"] for name in ("answer_no_partner", "answer_no_event", "answer_no_file")}
    file = make_file(document)
    send(publisher, job, "publish", page)
    job.refresh_from_db()
    [[_draft, why]] = job.findings["unpublished"]
    assert "which becomes public with it, was added on" in why
    file.refresh_from_db()
    assert file.live_from is None


def test_publishing_that_stopped_is_resumed_by_a_publisher(db, signed_in):
    author, publisher = signed_in("author"), signed_in("publisher")
    job, _page = upload(author, "slug,title_en\nchile,Chile\nperu,Peru\n", "a.csv", "utf-8")
    send(author, job, "apply")
    jobs.ask_to_publish(job, by=publisher.user, agreed=ASKED)
    publish(AgreementEdition.objects.drafts().first())
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=None)
    assert author.post(f"{LIST}{job.pk}/resume/").status_code == 403
    assert "2 drafts were published" in send(publisher, job, "resume")


def test_a_draft_published_meanwhile_is_kept(publisher):
    job = mapped(publisher)
    send(publisher, job, "apply")
    publish(AgreementEdition.objects.drafts().get())
    assert "It was published since" in send(publisher, job, "undo")


# Everything


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_everything_goes_out_and_in(publisher, make_agreement, kind):
    make_agreement("korea", title="Korea", parties=["FR"])
    text = publisher.get(LIST).content.decode()
    assert f"{LIST}everything/" in text
    assert publisher.post(f"{LIST}everything/", {"format": "pdf"}).status_code == 200
    response = publisher.post(f"{LIST}everything/", {"format": kind, "live": ""})
    content = io.BytesIO(b"".join(response.streaming_content)).getvalue()
    job, _page = upload(publisher, content, name="all.zip")
    assert job.resource == "workbook"
    assert set(job.counts) == {"unchanged"}, job.message


def test_everything_is_for_those_who_may(client, signed_in):
    user = signed_in("author")
    user.user.groups.clear()
    assert user.get(f"{LIST}everything/").status_code == 403
