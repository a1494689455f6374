"""No wrong act through a sheet: what the lists tell is what the register has, act by act."""

import random
from collections import Counter

import pytest
from django.core.files import File

from agreements.models import AgreementEdition, Event
from culturecoop.imports import jobs
from culturecoop.mapping import files

from .independent import LISTS, SHORT, form, rows_of

SAMPLE = 200
# What is compared is how lists are read; other tests store them in either database.
pytestmark = [pytest.mark.shared, pytest.mark.django_db, pytest.mark.any_database]


def imported(path, name):
    """The job that has taken the list over with the mapping that comes with the software."""
    mapping = files.load(files.shipped()[name].read_text(encoding="utf-8"))
    with path.open("rb") as file:
        job = jobs.create(File(file), name=path.name, mapping=mapping, mapping_name=name)
    job = jobs.plan(job)
    assert job.state == "previewed", job.message
    return jobs.apply(job)


def stored(slug):
    """{(kind, party, date)} of the events of the agreement."""
    events = Event.objects.filter(edition__agreement__slug=slug)
    told = events.values_list("kind", "party__code", "date")
    return Counter((kind, party or "", str(date)) for kind, party, date in told)


def tried(name):
    """Quickly the short lists alone; how the long ones are translated, other tests always try."""
    return pytest.param(name, marks=[] if name in SHORT else [pytest.mark.thorough])


@pytest.mark.parametrize("name", [tried(name) for name in LISTS])
def test_sampled_rows_have_their_acts_and_no_others(shared, name):
    file, acts_of = LISTS[name]
    path = shared / "data" / "agreements" / file
    source, job = rows_of(path), imported(path, name)
    numbers = job.rows.filter(sheet=0).order_by("number").values_list("number", flat=True)
    places = {number: place for place, number in enumerate(numbers)}
    assert len(places) == len(source)
    rows = list(job.rows.filter(sheet=0, kind="new").order_by("number"))
    wrong = [
        (row.number, expected, found)
        for row in random.Random(name).sample(rows, SAMPLE)
        if (expected := Counter(acts_of(source[places[row.number]])))
        != (found := stored(row.subject))
    ]
    assert wrong == [], (len(wrong), wrong[:5])
    forms = dict(AgreementEdition.objects.values_list("agreement__slug", "form"))
    told = {row.subject: form(name, source[places[row.number]]) for row in rows}
    assert forms == told
