"""Foreign lists of agreements: numbers, dates, names, and the report uploaded again."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from agreements.models import AgreementEdition, Party, PartyAlias
from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob, ImportMapping
from tests.culturecoop.imports.adminsteps import LIST, answer, send
from tests.culturecoop.imports.plannedjobs import (
    COLUMNS,
    HEAD,
    export,
    kinds,
    planned,
    report_of,
    saved,
    upload,
)

FORCE = {"entry_into_force": {"sources": ["Force"], "notation": "day_first"}}


@pytest.fixture
def france(db):
    return Party.objects.create(code="FR", name="France")


@pytest.mark.parametrize(("one", "two"), [("11/2", "1/12"), ("1.2", "12"), ("12а", "12б")])
def test_numbers_that_differ_make_slugs_that_differ(france, one, two):
    job = planned(HEAD + f"{one},A,France,2000\n{two},B,France,2001\n")
    assert kinds(job) == ["new", "new"], list(job.rows.values_list("cells", "errors"))


def test_another_number_never_changes_an_agreement(france):
    jobs.apply(planned(HEAD + "11/2,Beta,France,2001\n"))
    assert kinds(planned(HEAD + "1/12,Another,France,2005\n", overwrite_without_base=True)) == [
        "new"
    ]


def test_a_date_that_others_of_its_column_contradict(france):
    """5/26/1866 has the month first, so 3/1/1889 may have it too, wherever it stands."""
    dates = ["3/1/1889", "16.12.2007", "5/26/1866", "4.5.2007", "2/2/1890", "11/12/1884"]
    rows = "".join(f"{n},T{n},France,{date}\n" for n, date in enumerate(dates))
    job = planned(HEAD + rows)
    assert kinds(job) == ["error", "new", "error", "new", "new", "error"]
    assert job.total == job.rows.count() == 6
    assert "5/26/1866" in job.rows.first().errors[0][2]
    assert job.rows.get(subject="x-3").cells["signature"] == "2007-05-04"


def test_an_alias_of_general_words_is_not_remembered(publisher):
    for code, name in [("AR", "Argentina"), ("TW", "Taiwan"), ("CN", "China"), ("JP", "Japan")]:
        Party.objects.create(code=code, name=name)
    job = planned(HEAD + '1,A,"China, Republic of, Japan",2000\n', by=publisher.user)
    jobs.apply(answer(publisher, job, **{"Republic of": "TW"}))
    other = planned(HEAD + '7,B,"Argentina, Republic of, Japan",2001\n', by=publisher.user)
    assert kinds(other) == ["error"], other.rows.get().cells


def test_a_name_that_can_be_no_alias_stops_nothing(publisher):
    Party.objects.create(code="JM", name="Jamaica")
    job = planned(HEAD + "1,A,Jam\x02aika,2000\n", by=publisher.user)
    job = jobs.apply(answer(publisher, job, **{"Jam\x02aika": "JM"}))
    assert (job.state, job.counts["new"]) == ("applied", 1)
    assert not PartyAlias.objects.exists()


def test_a_corrected_row_is_no_duplicate_of_its_neighbour(france):
    text = (
        "No,Title,Parties,Date,Force\n"
        "1,Exchange of notes,France,2000,\n2,Exchange of notes,France,2000,31/02/2001\n"
    )
    job = jobs.apply(planned(text, columns=FORCE))
    report = report_of(job)
    report.worksheets[0]["E3"] = "28/02/2001"
    again = planned(saved(report), name="list, marked.xlsx", columns=FORCE)
    assert kinds(again) == ["unchanged", "new"]


def test_a_corrected_event_goes_into_the_draft_of_the_first_import(publisher, make_agreement):
    events = [("signature", "2002-11-18"), ("entry_into_force", "2005-03-01")]
    make_agreement("chile", title="Chile", events=events)
    headings, rows = export("events")
    rows[0]["note"], rows[1]["source_address"] = "fine", "no address"
    first = jobs.apply(upload("events", headings, rows, by=publisher.user))
    assert first.counts == {"changed": 1, "error": 1}
    again = corrected_event(first, headings, publisher.user)
    assert kinds(again) == ["unchanged", "changed"]
    jobs.apply(again)
    draft = AgreementEdition.objects.drafts().get()
    assert {event.note for event in draft.events.all()} == {"fine", ""}
    assert jobs.undo(again) == jobs.undo(first) == []
    assert not AgreementEdition.objects.drafts().exists()


def corrected_event(job, headings, user):
    report = report_of(job)
    place = headings.index("source_address") + 1
    report.worksheets[0].cell(3, place).value = "https://example.org/x"
    file = ContentFile(saved(report))
    sheet = report.sheetnames[0]
    return jobs.plan(jobs.create(file, name="m.xlsx", resource="events", sheet=sheet, by=user))


def test_answers_hold_in_a_report_with_a_hidden_sheet(publisher):
    for code, name in [("FR", "France"), ("DE", "Germany")]:
        Party.objects.create(code=code, name=name)
    content = {"resource": "agreements", "sheet": "List", "columns": COLUMNS}
    ImportMapping.objects.create(name="mine", content=content, created_by=publisher.user)
    book = Workbook()
    book.active.title = "List"
    first, second = [1, "A", "Ruritania", "2000"], [2, "B", "FR", "31/2/2001"]
    for row in (HEAD.strip().split(","), first, second):
        book.active.append(row)
    book.create_sheet("Codes").sheet_state = "hidden"
    job = answer(publisher, sent(publisher, book), Ruritania="DE")
    send(publisher, job, "apply")
    PartyAlias.objects.all().delete()
    report = report_of(job)
    report["List"]["D3"] = "28/02/2001"
    assert kinds(sent(publisher, report)) == ["unchanged", "new"]


def sent(client, book):
    file = SimpleUploadedFile("list.xlsx", saved(book))
    client.post(f"{LIST}add/", {"file": file, "mapping": "kept:mine"})
    return ImportJob.objects.latest("pk")


@pytest.mark.parametrize(
    ("resource", "text", "columns"),
    [
        ("events", "A,B,C\nkorea,signature,2000\n", ("agreement", "kind", "date")),
        ("references", "A,B,C\nkorea,celex,22011A0514(01)\n", ("agreement", "scheme", "value")),
        ("agreement_parties", "A,B\nkorea,Frankreich\n", ("agreement", "party")),
        ("memberships", "A,B\nEuropean Union,Frankreich\n", ("grouping", "member")),
        ("blocks", "A,B,C\n/,en,x\n", ("path", "language", "text")),
    ],
)
def test_lists_of_parts_need_no_keys(make_agreement, make_page, resource, text, columns):
    make_agreement("korea", parties=["EU"])
    make_page("")
    Party.objects.create(code="FR", name="France")
    rules = {name: {"sources": [heading]} for name, heading in zip(columns, "ABC", strict=False)}
    job = planned(text, resource=resource, columns=rules)
    assert job.state == "previewed"
    if resource in ("agreement_parties", "memberships", "events", "references"):
        assert kinds(job) == ["new"], job.rows.get().errors


def test_a_slug_that_lost_its_zeros_is_told(make_agreement):
    make_agreement("007", title="Bond")
    headings, [row] = export("agreements")
    job = upload("agreements", headings, [row | {"slug": 7}])
    assert "has nothing of this name" in job.rows.get().notes[0][2]
