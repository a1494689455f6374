"""An import that is open in two tabs: what is pressed in one, after it moved on in the other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob, ImportMapping

from .adminsteps import LIST, NEW, answer, mapped, open_, send, upload
from .test_admin_report import fill

TREATIES = {"resource": "treaties", "columns": {"slug": {"value": "x"}}, "names": {"A": []}}


def test_a_mapping_for_a_sheet_that_is_not_there_is_refused(publisher):
    job = mapped(publisher)
    before, text = dict(job.mapping), b"resource = 'treaties'\n[columns.slug]\nvalue = 'x'"
    said = send(publisher, job, "mapping", {"file": SimpleUploadedFile("a.toml", text)})
    assert "Resource: Expected one of: " in said
    assert "“agreements”" in said
    ImportMapping.objects.create(name="Old", content=TREATIES)
    assert "Expected one of" in send(publisher, job, "mapping", {"mapping": "kept:Old"})
    assert (job.mapping, job.state) == (before, "previewed")
    send(publisher, job, "names", NEW)
    assert job.findings["new"]


@pytest.mark.parametrize("further", [False, True])
def test_an_earlier_mapping_for_a_sheet_that_is_not_there_leads_to_the_sheet(publisher, further):
    job, _page = upload(publisher)
    rows = [{"columns": {"kind": {"value": "x"}}}]
    part = TREATIES | {"rows": rows}
    del part["names"]
    content = TREATIES | {"resource": "agreements", "further": [part]} if further else TREATIES
    job.mapping, job.resource = content, content["resource"]
    job.save()
    for step in ("names", "columns"):
        page = publisher.get(f"{LIST}{job.pk}/{step}/", follow=True)
        assert page.redirect_chain[-1][0] == f"{LIST}{job.pk}/sheet/"
        assert "Expected one of" in page.content.decode()
    assert "Expected one of" in send(publisher, job, "names", NEW)
    assert f"{LIST}{job.pk}/discard/" in open_(publisher, job, "sheet")
    text = send(publisher, job, "sheet", {"first": "3", "last": "4"})
    assert job.mapping["resource"] == "agreements"
    assert "further" not in job.mapping
    assert "Intitulé" in text


def test_an_import_can_be_discarded_where_its_sheet_is_chosen(publisher):
    job, _page = upload(publisher)
    assert "Discard the import" in open_(publisher, job, "sheet")


@pytest.mark.parametrize("step", ["apply", "options", "discard", "names", "sheet", "resume"])
def test_an_import_that_was_discarded_meanwhile(publisher, step):
    job = mapped(publisher)
    jobs.discard(ImportJob.objects.get(pk=job.pk))
    page = publisher.post(f"{LIST}{job.pk}/{step}/", {}, follow=True)
    assert page.redirect_chain[-1][0] == LIST
    assert "This import was discarded meanwhile." in page.content.decode()
    assert publisher.get(f"{LIST}{job.pk}/sheet/").status_code == 404


def test_the_import_of_somebody_else_is_not_said_to_be_discarded(publisher, signed_in):
    job = mapped(publisher)
    author = signed_in("author")
    for step in ("apply", "resume"):
        assert author.post(f"{LIST}{job.pk}/{step}/").status_code == 404


def test_drafts_that_were_published_already(publisher, signed_in):
    author = signed_in("author")
    job = mapped(author)
    send(author, answer(author, job, Ruritanie="FR"), "apply")
    said = {"change_note": "The list", "when": "now"}
    assert "2 drafts were published" in fill(publisher, job, said)
    text = send(publisher, job, "publish", said)
    assert "The drafts were published or discarded already." in text
    assert author.post(f"{LIST}{job.pk}/publish/", said).status_code == 403


def test_drafts_of_an_import_that_was_undone_already(publisher):
    job = mapped(publisher)
    send(publisher, job, "names", NEW)
    send(publisher, job, "apply")
    send(publisher, job, "undo")
    text = send(publisher, job, "publish", {"when": "now"})
    assert "This import was undone already." in text


def test_names_that_are_answered_have_no_empty_label(publisher):
    job = mapped(publisher)
    label = '<span class="import-label">Times</span>'
    assert label in open_(publisher, job, "names")
    send(publisher, job, "names", NEW)
    assert label not in open_(publisher, job, "names")
