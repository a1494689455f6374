"""No cell breaks an import: it is taken, or it is an error of its row."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements.models import Agreement, AgreementEdition, Party, Theme
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob
from culturecoop.sheets import registry
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, upload

ODD = [
    "", "1", "0/1", "3/7", "9" * 30, "1/" + "9" * 30, "=1", '";', "'", ";;", "EU; EU", "EU", "KR",
    "trade", "korea", "chile", "signature", "protocol", "part", "whole", "en", "xx", "2012",
    "2012-13-01", "0000", "٣٣٣٣", "²", "c0000000000", "00000000-0000-0000-0000-000000000000",
    "https://example.org/", "http://", "a\nb", "\x0b", "\x00", "x" * 33_000, "NaN", "TRUE",
]  # fmt: skip
cells = st.sampled_from(ODD) | st.text(max_size=5)


class AnyCell(TestCase):
    @given(name=st.sampled_from(["agreements", "events", "parties", "documents"]), data=st.data())
    def test_any_cell_in_any_column(self, name, data):
        self.make_register()
        headings, rows = export(name)
        changed = data.draw(st.lists(st.sampled_from(headings), min_size=1, max_size=4))
        rows = [row | {column: data.draw(cells) for column in changed} for row in rows]
        rows.append({column: data.draw(cells) for column in headings})
        job = upload(name, headings, rows, kind="csv")
        assert job.state == ImportJob.State.REFUSED or job.total == job.rows.count()
        if job.can_apply:
            with contextlib.suppress(jobs.NotApplied):
                jobs.apply(job)

    def make_register(self):
        Party.objects.bulk_create(Party(code=code, name=code) for code in ("EU", "KR"))
        Theme.objects.create(slug="trade", name="Trade")
        document = Document.objects.create(slug="protocol", title="Protocol")
        document.files.create(language="en", address="https://example.org/a.pdf")
        draft = verbs.start(Agreement.objects.create(slug="korea"), AgreementEdition)
        draft.texts.create(language="en", title="Korea")
        for kind in ("signature", "initialled"):
            draft.events.create(kind=kind, date="2012")
        publish(draft)
        assert {resource.name for resource in registry.resources()} >= {"agreements", "events"}
