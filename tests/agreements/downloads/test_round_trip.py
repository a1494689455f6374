"""What was downloaded comes back in as an import, and changes nothing."""

import io

import pytest
from django.core.files import File
from django.core.management import call_command

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from culturecoop.tabular import writing

pytestmark = pytest.mark.django_db


def imported(client, kind, query=""):
    response = client.get(f"/agreements/agreements.{kind}{query}")
    file = io.BytesIO(b"".join(response.streaming_content))
    return jobs.plan(jobs.create(File(file), name=f"a.{kind}", resource="agreements"))


@pytest.mark.parametrize("kind", writing.FORMATS)
@pytest.mark.parametrize("query", ["", "?on=2012-12-31", "?party=KR&sort=title"])
def test_nothing_changes(demonstration, client, kind, query):
    live = AgreementEdition.objects.live().first()
    draft = verbs.new_draft(live)
    draft.internal_note = "This stays"
    draft.save()

    job = imported(client, kind, query)

    assert set(job.counts) == {"unchanged"}, list(job.rows.values("changes", "errors"))
    assert not job.rows.exclude(notes=[]).exists()


def test_the_command_finds_nothing_to_do(demonstration, client, tmp_path, capsys):
    file = tmp_path / "agreements.csv"
    file.write_bytes(b"".join(client.get("/agreements/agreements.csv").streaming_content))
    before = AgreementEdition.objects.count()

    call_command("import", str(file))

    assert AgreementEdition.objects.count() == before
    assert "0 new, 0 changed" in capsys.readouterr().out
