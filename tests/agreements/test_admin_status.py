"""The panel above the events of a draft: what readers would see of what is typed."""

import pytest
from lxml import html

from agreements.models import AgreementEdition, Membership, Party
from culturecoop.editions import verbs
from tests.forms import add_row, fields

from .panel import ADD, FOLLOW_ADDING, FORM, KOREA, change_url, status_url, typed, words


@pytest.fixture
def author(signed_in):
    return signed_in("author")


class TestWhatItSays:
    def test_the_saved_state_stands_in_the_page(self, author, editing):
        page = html.fromstring(author.get(change_url(editing)).content.decode())
        panel = page.get_element_by_id("status-panel")
        said = " ".join(" ".join(panel.itertext()).split())
        assert "Status today: The protocol has been in force since 13 December 2015." in said
        assert "As saved." in said
        assert "Readers see the same now." in said
        assert panel.get("data-address") == status_url(editing)
        assert panel.xpath(".//*[@aria-live='polite']")

    def test_a_draft_that_would_lose_in_force(self, author, editing):
        """The denunciation is in no row of the database, only in the form."""
        values = typed(author, editing)
        add_row(values, "events", kind="denunciation_effective", date="2020-01-31", scope="whole",
                party="", until="", source="A register")  # fmt: skip
        said = words(author.post(status_url(editing), values))
        gone = "The protocol was terminated with effect from 31 January 2020."
        assert f"Status today: {gone}" in said
        now = "Readers now see: The protocol has been in force since 13 December 2015."
        assert f"{now} They would see: {gone}" in said
        changed = "in force since 13 December 2015 → terminated with effect from 31 January 2020"
        assert f"Parties whose status would change EU, KR: {changed}" in said
        assert "It would no longer be in force or applied for" in said
        assert "As typed, not saved." in said

    def test_a_changed_and_a_deleted_row_count_as_typed(self, author, editing):
        values = typed(author, editing)
        dates = {values[f"events-{n}-kind"][0]: n for n in range(2)}
        force = dates["entry_into_force"]
        later = values | {f"events-{force}-date": ["2016-02"]}
        assert "in force since February 2016" in words(author.post(status_url(editing), later))
        less = values | {f"events-{force}-DELETE": ["on"]}
        said = words(author.post(status_url(editing), less))
        assert "Status today: The protocol is signed but is not yet in force." in said

    def test_rows_that_are_not_complete_are_left_out_and_counted(self, author, editing):
        values = typed(author, editing)
        add_row(values, "events", kind="termination", date="201", scope="whole", party="")
        add_row(values, "events", kind="", date="2020", scope="whole", party="")
        add_row(values, "events", kind="", date="", scope="whole", party="")
        add_row(values, "parties", party="", side="own", capacity="", position="3")
        said = words(author.post(status_url(editing), values))
        assert "in force since 13 December 2015" in said
        assert "3 rows are not complete yet and are left out." in said
        values["events-0-date"] = ["20"]
        said = words(author.post(status_url(editing), values))
        assert "4 rows are not complete yet and are left out." in said

    def test_one_party_twice_counts_once(self, author, editing):
        values = typed(author, editing)
        eu = str(Party.objects.get(code="EU").pk)
        add_row(values, "parties", party=eu, side="partner", capacity="", position="3")
        said = words(author.post(status_url(editing), values))
        assert "1 row is not complete yet and is left out." in said
        assert "Readers see the same now." in said

    def test_the_form_and_our_own_line(self, author, make_agreement):
        draft = make_agreement(
            "convention", kind="convention", parties=["EU", "KR", "PE"], publish=False,
            events=[("entry_into_force", "1998-07-01"), ("accession", "1997", "EU")],
        )  # fmt: skip
        values = typed(author, draft)
        said = words(author.post(status_url(draft), values | {"form": ["multilateral"]}))
        assert "The convention has been in force since 1 July 1998. EU: in force" in said
        assert "Readers do not see this agreement yet." in said
        assert "what is its form?" not in said
        proposed = words(author.post(status_url(draft), values))
        assert "EU: in force" in proposed
        assert "what is its form?" in proposed
        said = words(author.post(status_url(draft), values | {"form": ["bilateral"]}))
        assert "EU: in force" not in said.split("Parties whose")[0]

    def test_a_side_that_is_typed_counts(self, author, make_agreement):
        """A member of ours that leaves moves its own row alone; a partner ends the whole."""
        draft = make_agreement(
            "trade", parties=["EU", "MT"], publish=False,
            events=[*KOREA, ("denunciation_effective", "2020", "MT")],
        )  # fmt: skip
        values = typed(author, draft)
        names = {values[f"parties-{n}-party"][0]: n for n in range(2)}
        malta = names[str(Party.objects.get(code="MT").pk)]
        ours = values | {f"parties-{malta}-side": ["own"]}
        partner = values | {f"parties-{malta}-side": ["partner"]}
        assert "has been in force" in words(author.post(status_url(draft), ours))
        assert "was terminated" in words(author.post(status_url(draft), partner))

    def test_what_publication_would_refuse_and_ask(self, author, editing):
        values = typed(author, editing)
        add_row(values, "events", kind="resumption", date="2019", scope="whole", party="")
        said = words(author.post(status_url(editing), values))
        assert "Publication would be refused “resumption 2019”: there is no “suspension”" in said
        assert "You would be asked before publication Events have no source" in said

    def test_an_agreement_that_is_being_added(self, author, db):
        eu = Party.objects.create(code="EU", name="European Union")
        page = author.get(ADD)
        assert FOLLOW_ADDING in page.content.decode()
        values = fields(page, FORM) | {"kind": ["protocol"]}
        add_row(values, "parties", party=str(eu.pk), side="", capacity="", position="1")
        add_row(values, "events", kind="signature", date="2010", scope="whole", party="")
        said = words(author.post(FOLLOW_ADDING, values))
        assert "Status today: The protocol is signed but is not yet in force." in said
        assert not AgreementEdition.objects.exists()

    def test_a_dozen_of_changes_is_shown_and_the_rest_counted(self, author, make_agreement):
        codes = [f"X{n}" for n in range(20)]
        own = [("entry_into_force", str(2000 + n), code) for n, code in enumerate(codes)]
        live = make_agreement("many", parties=["EU", *codes], form="multilateral",
                              events=[("adopted", "1999"), *own])  # fmt: skip
        draft = verbs.new_draft(live)
        values = typed(author, draft)
        add_row(values, "events", kind="termination", date="2021", scope="whole", party="")
        said = words(author.post(status_url(draft), values))
        assert said.count("→") == 12
        assert "and 8 more" in said  # the Union has no part in it


def test_members_of_a_grouping_are_told_by_name(author, make_agreement):
    body = Party.objects.create(code="CARIFORUM", kind="grouping", name="CARIFORUM")
    haiti = Party.objects.create(code="HT")
    Membership.objects.create(grouping=body, member=haiti)
    live = make_agreement("cariforum", parties=["EU", "CARIFORUM"], events=KOREA)
    draft = verbs.new_draft(live)
    values = typed(author, draft)
    add_row(values, "events", kind="denunciation_effective", date="2020", scope="whole",
            party=str(haiti.pk))  # fmt: skip
    said = words(author.post(status_url(draft), values))
    assert "Haiti: in force since 13 December 2015 →" in said
    assert AgreementEdition.objects.drafts().count() == 1
