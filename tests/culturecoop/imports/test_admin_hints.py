"""What the steps of an import tell an editor, so that he need not guess."""

from agreements.models import AgreementEdition
from culturecoop.imports.admin import report
from culturecoop.imports.models import ImportJob

from .adminsteps import COLUMNS, LIST, NEW, mapped, open_, send, upload
from .plannedjobs import publish_drafts, report_of, saved


def test_headings_beyond_the_end_change_nothing(publisher):
    job, _page = upload(publisher)
    before = job.mapping
    said = {"first": "900", "last": "900", "encoding": "cp1252", "delimiter": ";"}
    assert "has nothing in row 900" in send(publisher, job, "sheet", said)
    assert job.mapping == before
    assert "need no mapping" not in open_(publisher, job, "sheet")


def test_columns_without_a_title(publisher):
    job = mapped(publisher)
    assert "cannot be published" not in open_(publisher, job, "columns")
    send(publisher, job, "columns", COLUMNS | {"to-1": "legal_basis", "save": "1"})
    assert "new drafts without one cannot be published" in open_(publisher, job, "columns")


def test_the_beginning_of_slugs_is_made_one(publisher):
    job = mapped(publisher, **{"prefix-slug": "Liste des États"})
    assert job.mapping["columns"]["slug"]["prefix"] == "liste-des-etats"
    assert not job.rows.filter(errors__icontains="valid").exists()


def test_the_columns_that_stand_in_the_way(publisher):
    job = mapped(publisher)
    text = open_(publisher, job, "change")
    assert "by column: Parties (2), Dates / Signature (1)." in text
    assert job.findings["faults"] == [["Parties", 2], ["Dates / Signature", 1]]


def test_notes_of_duplicates_are_with_the_duplicates(publisher):
    text = "slug,title_en\na,T\na,T\n"
    job, page = upload(publisher, text, "a.csv", "utf-8")
    assert job.counts == {"new": 1, "duplicate": 1}
    assert "With notes" not in page.content.decode()


def test_what_was_checked_before_publishing_is_told(publisher, monkeypatch):
    monkeypatch.setattr(report, "CHECKED", 2)
    rows = "".join(f"a{n},{'' if n == 1 else 'T'}\n" for n in range(4))
    job, _page = upload(publisher, f"slug,title_en\n{rows}", "a.csv", "utf-8")
    send(publisher, job, "apply")
    text = open_(publisher, job, "publish")
    assert "3 drafts can be published" in text
    assert "Only the first 2 were looked at beforehand" in text


def test_what_stays_when_it_is_undone(publisher):
    job, _page = upload(publisher, "slug,title_en\na,T\nb,T\n", "a.csv", "utf-8")
    send(publisher, job, "apply")
    publish_drafts(ImportJob.objects.get(pk=job.pk), by=publisher.user)
    text = open_(publisher, job, "undo")
    assert "2 editions of this import were published and stay" in text
    assert AgreementEdition.objects.published().count() == 2


def test_a_corrected_report_goes_on_to_its_preview(publisher):
    job = mapped(publisher)
    send(publisher, job, "names", NEW)
    send(publisher, job, "apply")
    book = report_of(job)
    book.worksheets[0]["D7"] = "28/02/2010"
    again, page = upload(publisher, saved(book), "liste, marked.xlsx")
    assert "This is the report of “liste.csv”" in page.content.decode()
    assert (again.state, again.counts) == ("previewed", {"unchanged": 2, "new": 1})


def test_deleting_an_import_does_not_list_its_rows(admin_client):
    job, _page = upload(admin_client, "slug\nchile\nperu\n", "a.csv", "utf-8")
    text = open_(admin_client, job, "delete")
    assert "Rows of imports: 2" in text
    assert "chile" not in text


def test_the_address_of_an_import_leads_to_the_step_that_is_next(publisher):
    job, _page = upload(publisher)
    page = publisher.get(f"{LIST}{job.pk}/change/")
    assert page.headers["Location"].endswith(f"/{job.pk}/sheet/")
