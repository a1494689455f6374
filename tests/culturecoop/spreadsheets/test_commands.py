"""`manage.py import` and `manage.py export`."""

import pytest
from django.core.management import CommandError, call_command

from agreements.models import AgreementEdition, Party
from culturecoop.spreadsheets import writing
from culturecoop.spreadsheets.models import ImportJob
from culturecoop.spreadsheets.reading import open_spreadsheet, table


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


def test_on_any_error_nothing_is_written(korea, tmp_path):
    path = tmp_path / "register.csv"
    call_command("export", path)
    rewrite(path, lambda rows: [rows[0] | {"kind": "pact"}, {"slug": "chile"}])
    with pytest.raises(CommandError) as refusal:
        call_command("import", path)
    text = str(refusal.value)
    assert "row 2, column kind, “pact”: Expected one of" in text
    assert "1 new, 0 changed, 0 unchanged, 0 conflict, 1 error" in text
    assert "Nothing was written" in text
    assert not AgreementEdition.objects.drafts().exists()
    assert not ImportJob.objects.exists()


def test_many_errors_are_shortened(korea, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("slug,kind\n" + "".join(f"a-{n},pact\n" for n in range(60)))
    with pytest.raises(CommandError, match="and 10 rows more"):
        call_command("import", path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("name;size\na;1\n", "No sheet of this kind"),
        ("slug,kind,colour\na,protocol,red\n", "Unknown columns: C “colour”"),
        ("slug,kind\n", "holds no rows"),
    ],
)
def test_what_is_no_sheet_of_the_register(db, tmp_path, content, message):
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(CommandError, match=message):
        call_command("import", path)


def test_the_resource_can_be_said(db, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("code,name\nX1,One\n")
    call_command("import", path, resource="parties")
    assert Party.objects.get().name == "One"
    with pytest.raises(CommandError, match="column “slug” is missing"):
        call_command("import", path, resource="agreements")


def test_files_and_formats(db, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="Say --format"):
        call_command("export", tmp_path / "out.txt")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export", tmp_path / "none" / "out.csv")
    call_command("export", tmp_path / "out.txt", format="xlsx", resource="parties")
    assert open_spreadsheet(tmp_path / "out.txt", name="out.xlsx").sheets == ["parties"]
