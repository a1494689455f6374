"""Import jobs, beside what the admin and the commands show of them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from agreements.models import AgreementEdition
from culturecoop.editions.verbs import Refused
from culturecoop.imports import jobs
from culturecoop.imports.jobs import planning, running, translation
from culturecoop.imports.models import ImportJob
from culturecoop.sheets import registry
from culturecoop.tabular.reading import CellError, Row
from tests.agreements.resources.changing import changed
from tests.culturecoop.imports.plannedjobs import HEAD, export, kinds, planned, upload


class Elsewhere(Storage):
    """A storage that has no paths on this machine."""

    kept = {}

    def _save(self, name, content):
        self.kept[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        return ContentFile(self.kept[name])

    def exists(self, name):
        return name in self.kept

    def delete(self, name):
        del self.kept[name]


pytestmark = pytest.mark.django_db


def test_uploads_may_be_stored_elsewhere(settings):
    """Such a storage has no paths, as with S3: the file is copied to be read."""
    storages = {**settings.STORAGES}
    storages["private"] = {"BACKEND": f"{__name__}.Elsewhere"}
    settings.STORAGES = storages
    job = upload("agreements", ["slug", "kind"], [{"slug": "a", "kind": "protocol"}])
    assert kinds(job) == ["new"]
    jobs.discard(job)
    assert not Elsewhere.kept


def test_rows_of_one_subject_stay_in_one_batch(make_agreement, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    for slug in ("a", "b"):
        make_agreement(slug, events=[(kind, "2001") for kind in ("initialled", "signature")])
    headings, rows = export("events")
    rows = sorted(rows, key=lambda row: row["kind"])
    job = upload("events", headings, [row | {"note": "x"} for row in rows])
    assert kinds(job) == ["changed"] * 4
    done = []
    jobs.apply(job, progress=done.append)
    assert done == [0, 2, 4]
    assert AgreementEdition.objects.drafts().count() == 2


def test_a_later_fault_of_the_file_leaves_no_rows(settings, monkeypatch):
    settings.SPREADSHEET_MAX_ROWS = 5
    monkeypatch.setattr(planning, "BATCH", 2)
    job = upload("agreements", ["slug"], [{"slug": f"a-{n}"} for n in range(9)], kind="csv")
    assert job.state == ImportJob.State.REFUSED
    assert "more than 5 rows" in job.message
    assert not job.rows.exists()


def test_cells_beyond_the_headings_and_faulty_ones():
    row = translation.own_row(7, ["slug", "kind"], Row(["a", CellError("#N/A"), "", "stray"]))
    assert [fault[0] for fault in row.errors] == ["kind", "D"]
    assert row.errors[0][1] == "#N/A"


def test_what_a_database_cannot_store(tmp_path):
    path = tmp_path / "a.csv"
    filling = "".join(f"agreement-{n},protocol\n" for n in range(300))
    path.write_text(f"slug,kind\n{filling}a\0b,pro\0tocol,x\0y\n")
    with path.open("rb") as file:
        job = jobs.plan(jobs.create(File(file), name="a.csv", resource="agreements"))
    row = job.rows.get(kind="error")
    assert row.cells == {"slug": "a␀b", "kind": "pro␀tocol"}
    assert [fault[:2] for fault in row.errors] == [
        ["slug", "a␀b"], ["kind", "pro␀tocol"], ["C", "x␀y"],
    ]  # fmt: skip
    path.write_text("slug,kind\na\0b,protocol\n")
    with path.open("rb") as file:
        job = jobs.plan(jobs.create(File(file), name="a.csv"))
    assert "damaged" in job.message


@pytest.mark.parametrize("refusal", [Refused("Not now."), ValidationError("Not now.")])
@pytest.mark.parametrize("all_or_nothing", [True, False])
def test_what_the_verbs_refuse(make_agreement, monkeypatch, refusal, all_or_nothing):
    for slug in ("a", "b"):
        make_agreement(slug)
    headings, rows = export("agreements")
    rows = changed(changed(rows, "a", kind="protocol"), "b", kind="protocol")
    job = upload("agreements", headings, rows, all_or_nothing=all_or_nothing)
    resource = registry.find("agreements")
    apply = resource.apply

    def refuse(self, rows):
        if any(row.subject == "a" for row in rows):
            raise refusal
        apply(self, rows)

    monkeypatch.setattr(resource, "apply", refuse)
    if all_or_nothing:
        with pytest.raises(jobs.NotApplied, match="Not now"):
            jobs.apply(job)
        job.refresh_from_db()
        assert job.state == ImportJob.State.PREVIEWED
        assert not AgreementEdition.objects.drafts().exists()
    else:
        job = jobs.apply(job)
        assert (job.state, job.counts["changed"], job.counts["error"]) == ("applied", 1, 1)
        assert AgreementEdition.objects.drafts().get().agreement.slug == "b"
        assert job.rows.get(kind="error").errors == [["", "", "Not now."]]


def test_planning_again_forgets_the_rows_before(make_agreement):
    make_agreement("a")
    headings, rows = export("agreements")
    job = upload("agreements", headings, rows)
    assert kinds(jobs.plan(job)) == ["unchanged"]


def test_a_row_that_cannot_be_taken_over_stands_in_the_way_of_no_other():
    bad, good = "1,Accord A,,30/02/2001\n", "1,Accord A,,20/02/2001\n"
    job = planned(HEAD + bad + bad + good + good)
    assert [row.kind for row in job.rows.all()] == ["error", "error", "new", "duplicate"]
    assert "The same as row 4" in str(job.rows.get(kind="duplicate").notes)
