"""What a file is taken for before anybody has said anything."""

import pytest
from django.core.files.base import ContentFile

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportMapping
from culturecoop.mapping import Mapping
from culturecoop.tabular.reading import Unreadable

pytestmark = pytest.mark.django_db

FOREIGN = """List of treaties;;
;;
ID;Title;Signed on
7;Treaty on trade;13/05/2003
8;Treaty on culture;02/04/2004
"""


def proposed(text, name="Our treaties.csv", **options):
    job = jobs.create(ContentFile(text.encode()), name=name, **options)
    jobs.propose(job)
    return job


def test_a_sheet_of_our_own_needs_no_mapping():
    job = proposed("slug,kind\nkorea,protocol\n")
    assert (job.resource, job.needs_mapping) == ("agreements", False)


def test_a_foreign_sheet_below_a_preamble():
    job = proposed(FOREIGN)
    assert job.needs_mapping
    mapping = Mapping.from_dict(job.mapping)
    assert mapping.heading_rows == (3, 3)
    assert mapping.columns["title_en"].sources == ("Title",)
    assert mapping.columns["signature"].notation == "day_first"
    assert mapping.columns["slug"].prefix == "our-treaties"
    jobs.plan(job)
    assert job.counts == {"new": 2}
    assert job.rows.first().cells["signature"] == "2003-05-13"


def test_an_earlier_mapping_is_used_again():
    content = proposed(FOREIGN).mapping
    content["columns"]["kind"] = {"value": "protocol"}
    ImportMapping.objects.create(name="ours", content=content)
    assert proposed(FOREIGN).mapping["columns"]["kind"] == {"value": "protocol"}


def test_nothing_to_guess_from_is_told():
    job = jobs.plan(proposed("a;b\nc;d\n"))
    assert job.state == "refused"
    assert "No column" in job.message


def test_an_empty_sheet():
    with pytest.raises(Unreadable, match="empty"):
        proposed("")


def test_the_corrected_report_is_the_same_file():
    """Its name is another one, and so would be the slugs that are guessed from it."""
    first = jobs.apply(jobs.plan(proposed(FOREIGN)))
    again = jobs.plan(proposed(FOREIGN, "Our treaties, marked.csv"))
    assert first.counts == {"new": 2}
    assert again.counts == {"unchanged": 2}
