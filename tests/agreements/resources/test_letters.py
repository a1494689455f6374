"""The letter behind a date in the treaty tables of the United Nations tells the act."""

import random
from collections import Counter

import pytest
from django.core.files.base import ContentFile

from agreements.models import Event, Party
from culturecoop.imports import jobs
from culturecoop.mapping import Mapping
from tests.culturecoop.imports.plannedjobs import kinds, report_of

from .independent import rows_of, united_nations

pytestmark = pytest.mark.django_db
LETTERS = {
    "a": "accession", "A": "acceptance", "AA": "approval", "c": "formal_confirmation",
    "d": "succession", "s": "definitive_signature",
}  # fmt: skip
SIGNATURE, CONSENT = "Signature, Succession to signature(d)", "Ratification, Accession(a)"
HEAD = f'Participant,"{SIGNATURE}","{CONSENT}"\n'


def act(source, kind, letters):
    """A row for each date of the column."""
    return {
        "columns": {
            "date": {"sources": [source], "notation": "lettered"},
            "kind": {"sources": [source], "take": "letter", "value": kind, "values": letters},
        }
    }


def mapping_of(slug, headings, names=None):
    acts = [
        act(h, "signature", {"d": "signature"})
        if h.startswith("Signature")
        else act(h, "ratification", LETTERS)
        for h in headings
    ]
    columns = {"agreement": {"value": slug}, "party": {"sources": ["Participant"]}}
    content = {"resource": "events", "columns": columns, "rows": acts, "names": names or {}}
    return Mapping.from_dict(content)


def planned(data, mapping):
    job = jobs.create(ContentFile(data), name="list.csv", mapping=mapping)
    return jobs.plan(job)


@pytest.fixture
def covenant(make_agreement):
    Party.objects.create(code="FR", name="France")
    Party.objects.create(code="DE", name="Germany")
    return make_agreement("covenant")


def taken(text):
    """The job of a small table, and {(kind, party, date)} of what it has written."""
    job = planned((HEAD + text).encode(), mapping_of("covenant", [SIGNATURE, CONSENT]))
    if job.to_write:
        job = jobs.apply(job)
    events = Event.objects.values_list("kind", "party__code", "date")
    return job, {(kind, party, str(date)) for kind, party, date in events}


@pytest.mark.parametrize(("letter", "kind"), [("", "ratification"), *LETTERS.items()])
def test_the_letter_chooses_the_act(covenant, letter, kind):
    _job, events = taken(f"France,,10 Feb 2003 {letter}\n")
    assert events == {(kind, "FR", "2003-02-10")}


def test_a_row_makes_an_event_of_each_date(covenant):
    job, events = taken("France,1 Jan 2001,10 Feb 2003\nGermany,2 Mar 2002 d,\n")
    assert events == {
        ("signature", "FR", "2001-01-01"),
        ("ratification", "FR", "2003-02-10"),
        ("signature", "DE", "2002-03-02"),
    }
    assert list(job.rows.values_list("number", "part")) == [(2, 0), (2, 1), (3, 0)]
    again, _events = taken("France,1 Jan 2001,10 Feb 2003\nGermany,2 Mar 2002 d,\n")
    assert kinds(again) == ["duplicate"] * 3
    assert jobs.undo(job) == []
    assert not Event.objects.exists()


@pytest.mark.parametrize("letter", ["P", "n", "aa", "S", "D"])
def test_an_unknown_letter_is_an_error_of_its_row(covenant, letter):
    job, events = taken(f"France,1 Jan 2001,10 Feb 2003 {letter}\nGermany,,10 Feb 2003 a\n")
    assert kinds(job) == ["new", "error", "new"]
    [[heading, value, message]] = job.rows.get(kind="error").errors
    assert (heading, value) == (CONSENT, f"10 Feb 2003 {letter}")
    assert f"“{letter}”" in message
    assert all(f"“{known}”" in message for known in LETTERS)
    assert ("accession", "DE", "2003-02-10") in events
    sheet = report_of(job).worksheets[0]
    assert f"“{letter}”" in sheet["C2"].comment.text
    assert not sheet["B2"].comment


def test_a_row_without_a_date_is_told(covenant):
    job, events = taken("France,,\nGermany,,10 Feb 2003 a\n")
    assert kinds(job) == ["unchanged", "new"]
    assert "no date" in job.rows.get(kind="unchanged").notes[0][2]
    assert len(events) == 1


def test_a_letter_that_nobody_asks_for_is_an_error(covenant):
    rule = {"sources": [CONSENT], "notation": "words"}
    columns = {
        "agreement": {"value": "covenant"},
        "kind": {"value": "ratification"},
        "date": rule,
        "party": {"sources": ["Participant"]},
    }
    text = HEAD + "France,,10 Feb 2003 a\nGermany,,10 Feb 2003\n"
    job = planned(text.encode(), Mapping.from_dict({"resource": "events", "columns": columns}))
    assert kinds(job) == ["error", "new"]
    assert "“a” stands behind" in job.rows.get(kind="error").errors[0][2]
    rule["notation"] = "lettered"
    job = planned(text.encode(), Mapping.from_dict({"resource": "events", "columns": columns}))
    assert (job.state, job.rows.count()) == ("refused", 0)
    assert "letter" in job.message


# The tables themselves.

#: What the columns of a table can be called for the letters to be enough.
ACTS = {
    "Signature", "Succession to signature(d)", "Ratification", "Accession(a)", "Acceptance(A)",
    "Approval(AA)", "Formal confirmation(c)", "Succession(d)", "Definitive signature(s)",
}  # fmt: skip
SAMPLE, TABLES = 200, 12


def tables(shared):
    """{path: headings of its dates} of those tables whose columns hold acts only."""
    found = {}
    for path in sorted((shared / "data/agreements/un_mtdsg_untreaties/treaties").glob("*.csv")):
        rows = rows_of(path)
        headings = [name for name in rows[0] if name != "Participant"] if rows else []
        acts = [{act.strip() for act in name.split(",")} for name in headings]
        # Where a column has no act for a date without a letter, there is none.
        if acts and all(said <= ACTS for said in acts) and "Ratification" in acts[-1]:
            found[path] = headings
    return found


@pytest.mark.shared
def test_the_tables_of_the_united_nations(shared, make_agreement):
    found = tables(shared)
    assert len(found) > 50
    chosen = random.Random("tables").sample(sorted(found), TABLES)
    expected, stored, unknown = {}, Counter(), Counter()
    for path in chosen:
        make_agreement(path.stem)
        job = planned(path.read_bytes(), mapping_of(path.stem, found[path]))
        assert job.state == "previewed", job.message
        jobs.apply(job)
        named = {}
        for row in job.rows.exclude(cells__party=""):
            named[row.number] = row.cells["party"]
        for number, row in enumerate(rows_of(path), 2):
            told = [united_nations(row[heading], heading) for heading in found[path]]
            if number in named and None not in told:
                party = named[number]
                expected[path.stem, number] = {(k, party, d) for k, d in set().union(*told)}
            else:
                unknown[row["Participant"]] += 1
        for event in Event.objects.filter(edition__agreement__slug=path.stem):
            stored[path.stem, event.kind, event.party.code, str(event.date)] += 1
    check(expected, stored)
    assert sum(unknown.values()) < 0.1 * len(expected), unknown.most_common(20)


def check(expected, stored):
    """The acts of sampled rows are there, once; and there is no act that no row tells."""
    for slug, number in random.Random("rows").sample(sorted(expected), SAMPLE):
        for told in expected[slug, number]:
            assert stored[slug, *told] == 1, (slug, number, told)
    everything = {(slug, *told) for (slug, _n), acts in expected.items() for told in acts}
    assert set(stored) <= everything, set(stored) - everything
    assert len({kind for _slug, kind, _party, _date in stored}) > 3
