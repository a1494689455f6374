"""`manage.py import` and `manage.py export`."""

import datetime
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition, Party
from culturecoop.accounts.models import AccountEntry
from culturecoop.editions.verbs import record_change
from culturecoop.imports.models import ImportJob
from culturecoop.tabular import writing
from culturecoop.tabular.reading import open_spreadsheet, table


@pytest.fixture
def korea(make_agreement):
    return make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010-10-06")])


def rewrite(path, change):
    """Change the rows (dicts) of a CSV file."""
    headings, rows = table(open_spreadsheet(path))
    rows = [dict(zip(headings, cells, strict=True)) for _number, cells in rows]
    rows = change(rows)
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    with path.open("wb") as file:
        writing.write(file, "csv", "Sheet", headings, cells)


@pytest.mark.parametrize("kind", writing.FORMATS)
def test_there_and_back(korea, tmp_path, capsys, kind):
    path = tmp_path / f"register.{kind}"
    call_command("export", path)
    assert "1 rows of agreements" in capsys.readouterr().out
    call_command("import", path)
    assert "0 new, 0 changed, 1 unchanged" in capsys.readouterr().out
    assert not AgreementEdition.objects.drafts().exists()


def test_a_change_is_written(korea, tmp_path, capsys):
    path = tmp_path / "register.csv"
    call_command("export", path)
    rewrite(path, lambda rows: [rows[0] | {"kind": "protocol"}, {"slug": "chile"}])
    call_command("import", path)
    assert "1 new, 1 changed" in capsys.readouterr().out
    assert AgreementEdition.objects.drafts().count() == 2
    job = ImportJob.objects.get()
    assert (job.state, job.created_by) == ("applied", None)


def test_all_or_nothing(korea, tmp_path):
    path = tmp_path / "register.csv"
    call_command("export", path)
    rewrite(path, lambda rows: [rows[0] | {"kind": "pact"}, {"slug": "chile"}])
    with pytest.raises(CommandError) as refusal:
        call_command("import", path, all_or_nothing=True)
    text = str(refusal.value)
    assert "row 2, column kind, “pact”: Expected one of" in text
    assert "Nothing was written" in text
    assert not AgreementEdition.objects.drafts().exists()
    assert not ImportJob.objects.exists()


def test_errors_do_not_stop_the_good_rows(korea, tmp_path, capsys):
    path = tmp_path / "register.csv"
    call_command("export", path)
    rewrite(path, lambda rows: [rows[0] | {"kind": "pact"}, {"slug": "chile"}])
    with pytest.raises(SystemExit) as status:
        call_command("import", path)
    assert status.value.code == 3
    told = capsys.readouterr()
    assert "1 new, 0 changed, 0 unchanged, 0 duplicate, 0 conflict, 1 error" in told.out
    assert "row 2, column kind, “pact”: Expected one of" in told.err
    assert AgreementEdition.objects.drafts().get().agreement.slug == "chile"


def test_a_dry_run_writes_nothing(korea, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("slug\nchile\n")
    call_command("import", path, dry_run=True, json=True)
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["counts"]["new"], report["import"]) == (1, 1, None)
    assert not AgreementEdition.objects.drafts().exists()
    assert not ImportJob.objects.exists()


def test_jobs_are_listed_and_undone(korea, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("slug\nchile\nperu\n")
    call_command("import", path)
    job = ImportJob.objects.get()
    call_command("import_jobs")
    assert "applied" in capsys.readouterr().out
    draft = AgreementEdition.objects.get(agreement__slug="peru")
    record_change(draft)
    with pytest.raises(SystemExit) as status:
        call_command("import_undo", job.pk, json=True)
    assert status.value.code == 3
    assert "edited since" in json.loads(capsys.readouterr().out)["kept"][0]["why"]
    assert not Agreement.objects.filter(slug="chile").exists()
    call_command("import_jobs", json=True)
    assert json.loads(capsys.readouterr().out)[0]["state"] == "undone"
    with pytest.raises(CommandError, match="nothing to undo"):
        call_command("import_undo", job.pk)
    with pytest.raises(CommandError, match="nothing to resume"):
        call_command("import_jobs", resume=job.pk)


def test_old_imports_are_discarded(korea, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("slug\nchile\n")
    with time_machine.travel(timezone.now() - datetime.timedelta(days=40)):
        call_command("import", path)
    old = ImportJob.objects.get()
    path.write_text("slug\nperu\n")
    call_command("import", path)
    call_command("import_jobs", discard_older=30)
    assert "Discarded 1 imports" in capsys.readouterr().out
    assert not old.file.storage.exists(old.file.name)
    assert ImportJob.objects.get().pk != old.pk
    assert Agreement.objects.filter(slug="chile").exists()
    ImportJob.objects.update(state=ImportJob.State.RUNNING)
    call_command("import_jobs", discard_older=0)
    assert ImportJob.objects.exists()


def test_many_errors_are_shortened(korea, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("slug,kind\n" + "".join(f"a-{n},pact\n" for n in range(60)))
    with pytest.raises(CommandError, match="and 10 rows more"):
        call_command("import", path, all_or_nothing=True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("name;size\na;1\n", "No sheet of this kind"),
        ("slug,kind,colour\na,protocol,red\n", "Unknown columns in “.*”: C “colour”"),
        ("slug,kind\n", "holds no rows"),
    ],
)
def test_what_is_no_sheet_of_the_register(db, tmp_path, content, message):
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(CommandError, match=message):
        call_command("import", path)


def test_a_mapping_for_a_sheet_that_is_not_there_is_refused(db, tmp_path):
    (tmp_path / "a.csv").write_text("name\na\n")
    (tmp_path / "a.toml").write_text("resource = 'treaties'\n[columns.slug]\nvalue = 'x'")
    with pytest.raises(CommandError, match=r"a.toml: resource: Expected one of: .*“agreements”"):
        call_command("import", tmp_path / "a.csv", mapping=str(tmp_path / "a.toml"))


def test_the_resource_can_be_said(db, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("code,name\nX1,One\n")
    call_command("import", path, resource="parties")
    assert Party.objects.get().name == "One"
    with pytest.raises(CommandError, match="column “slug” is missing"):
        call_command("import", path, resource="agreements")


def test_exports_are_in_the_log(korea, tmp_path):
    call_command("export", tmp_path / "a.csv")
    call_command("export", tmp_path / "b.ods", everything=True, live=True)
    everything, sheet = AccountEntry.objects.filter(kind=AccountEntry.Kind.EXPORT)
    assert sheet.by is None
    assert sheet.details["rows"] == 1
    assert sheet.details["file"] == str(tmp_path / "a.csv")
    assert everything.details["sheet"] == "everything"
    assert everything.details["live"] is True


def test_files_and_formats(db, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="Say --format"):
        call_command("export", tmp_path / "out.txt")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export", tmp_path / "none" / "out.csv")
    call_command("export", tmp_path / "out.txt", format="xlsx", resource="parties")
    assert open_spreadsheet(tmp_path / "out.txt", name="out.xlsx").sheets == ["parties"]
