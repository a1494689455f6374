"""Whatever the verbs did, the rows are those that `rebuild_search` makes."""

import datetime
from contextlib import suppress

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements.models import Agreement, AgreementEdition, Party, PartyAlias, Theme
from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from culturecoop.editions.verbs import Refused
from culturecoop.reference.verbs import amend, remove
from culturecoop.search import proofs
from culturecoop.search.models import SearchDocument, SearchName, SearchWord
from strategy.models import Page, PageEdition
from tests.answering import publish
from tests.profiles import examples

START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
ahead = st.sampled_from([0, 0, 1, 3])
STEPS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(["agreement", "page"])),
    st.tuples(st.just("publish"), st.sampled_from(["agreement", "page"]), ahead),
    st.tuples(st.just("cancel"), st.sampled_from(["agreement", "page"])),
    st.tuples(st.just("withdraw"), st.sampled_from(["agreement", "page"]), ahead),
    st.tuples(st.just("restore"), st.sampled_from(["agreement", "page"])),
    st.tuples(st.just("file"), st.sampled_from(["en", "de"])),
    st.tuples(st.just("publish_file")),
    st.tuples(st.just("withdraw_file")),
    st.tuples(st.just("restore_file")),
    st.tuples(st.just("withdraw_document"), ahead),
    st.tuples(st.just("restore_document")),
    st.tuples(st.just("amend"), st.sampled_from(["party", "alias", "no_alias", "theme", "title"])),
    st.tuples(st.just("wait"), st.integers(1, 4)),
)


class Site:
    """An agreement, a page and a document, to which things happen."""

    def __init__(self, clock):
        self.clock, self.count = clock, 0
        self.party, self.theme = Party(code="KR"), Theme(slug="arts", name="Arts")
        self.document = Document(slug="report", title="Report")
        for row in (self.party, self.theme, self.document):
            amend(row)
        draft = verbs.start(Agreement.objects.create(slug="korea"), AgreementEdition)
        draft.texts.create(language="en", title="Korea")
        draft.parties.create(party=self.party)
        draft.documents.create(document=self.document)
        draft.themes.add(self.theme)
        page = Page.objects.create(slug="", path="")
        verbs.start(page, PageEdition, language="en", title="Home")

    def do(self, name, *words):
        with suppress(Refused, StopIteration):
            getattr(self, name)(*words)

    def _editions(self, kind):
        return (AgreementEdition if kind == "agreement" else PageEdition).objects

    def _one(self, rows):
        row = rows.order_by("pk").last()
        if row is None:
            raise StopIteration
        return row

    def edit(self, kind):
        source = self._editions(kind).content().published().order_by("live_from")
        draft = verbs.new_draft(source.last()) if source else self._one(self._editions(kind).none())
        self.count += 1
        if kind == "agreement":
            draft.texts.update(title=f"Title {self.count}")
        else:
            draft.title = f"Title {self.count}"
            draft.save()

    def publish(self, kind, hours):
        at = self._now() + hours * HOUR if hours else None
        publish(self._one(self._editions(kind).drafts()), at=at)

    def cancel(self, kind):
        verbs.cancel_schedule(self._one(self._editions(kind).scheduled()))

    def withdraw(self, kind, hours):
        at = self._now() + hours * HOUR if hours else None
        edition = self._one(self._editions(kind).live())
        verbs.withdraw(
            edition, reason="Why", at=at, documents=[d.pk for d in edition.documents_left()]
        )

    def restore(self, kind):
        verbs.restore(self._one(self._editions(kind).content().shown()))

    def file(self, language):
        self.count += 1
        DocumentFile.objects.create(
            document=self.document, language=language, title=f"File {self.count}",
            address="https://example.org/",
        )  # fmt: skip

    def publish_file(self):
        publish_file(self._one(self.document.files))

    def withdraw_file(self):
        withdrawals.withdraw_file(self._one(self.document.files.public()), reason="Why")

    def restore_file(self):
        withdrawals.restore_file(self._one(self.document.files.withdrawn()))

    def withdraw_document(self, hours):
        at = self._now() + hours * HOUR if hours else None
        withdrawals.withdraw_document(self.document, reason="Why", at=at)

    def restore_document(self):
        withdrawals.restore_document(self.document)

    def amend(self, what):
        self.count += 1
        if what == "alias":
            amend(PartyAlias(party=self.party, alias=f"Alias {self.count}"))
        elif what == "no_alias":
            remove(self._one(PartyAlias.objects))
        else:
            row, field = {
                "party": (self.party, "name"),
                "theme": (self.theme, "name"),
                "title": (self.document, "title"),
            }[what]
            setattr(row, field, f"Name {self.count}")
            amend(row)

    def wait(self, hours):
        self.clock.shift(hours * HOUR)

    def _now(self):
        return datetime.datetime.now(datetime.UTC)


class AnyHistoryTests(TestCase):
    @examples(1)
    @example([("edit", "agreement"), ("file", "en"), ("publish", "agreement", 3),
              ("cancel", "agreement"), ("wait", 4)])  # fmt: skip
    @given(st.lists(STEPS, min_size=3, max_size=14))
    def test_the_rows_are_those_that_are_made_anew(self, steps):
        with time_machine.travel(START, tick=False) as clock:
            site = Site(clock)
            for step in [("publish", "agreement", 0), *steps]:
                site.do(*step)
                clock.shift(datetime.timedelta(seconds=1))
                assert list(proofs.faults()) == []


@pytest.mark.django_db
class TestRebuilding:
    def test_what_was_lost_is_made_again(self, demonstration, find):
        found = find("Jamaica")
        for model in (SearchDocument, SearchName, SearchWord):
            model.objects.all().delete()
        assert find("Jamaica") == []

        call_command("rebuild_search", verbosity=0)
        assert find("Jamaica") == found != []
        assert find("Jamiaca") == found

    def test_migrate_names_the_command_where_nothing_was_made_yet(self, demonstration, capsys):
        call_command("migrate")
        assert "rebuild_search" not in capsys.readouterr().out
        SearchDocument.objects.all().delete()
        call_command("migrate")
        assert "run `manage.py rebuild_search`" in capsys.readouterr().out

    def test_what_is_there_no_more_is_taken_away(self, demonstration):
        row = SearchDocument.objects.filter(kind="agreement").first()
        for identity, kind in ((0, "agreement"), (row.identity_id, "agreement"), (1, "unknown")):
            SearchDocument.objects.create(
                kind=kind, object_id=0, identity_id=identity, live_from=START, words="secret"
            )
            call_command("rebuild_search", verbosity=0)
            assert not SearchDocument.objects.filter(object_id=0).exists()

    def test_faults_are_told(self, demonstration):
        rows = SearchDocument.objects.filter(kind="agreement").order_by("pk")
        rows.filter(pk=rows[0].pk).update(title="other")
        rows.filter(pk=rows[1].pk).update(live_until=START + 365_000 * HOUR)
        rows[2].delete()
        SearchDocument.objects.create(
            kind="page", object_id=0, identity_id=Page.objects.first().pk, live_from=START
        )
        SearchName.objects.first().delete()

        faults = list(proofs.faults())
        assert sum("has other words or times" in fault for fault in faults) == 2
        assert sum("is not found" in fault for fault in faults) == 1
        assert sum("readers do not see it" in fault for fault in faults) == 1
        assert sum("other names" in fault for fault in faults) == 1
        assert len(faults) == 5
