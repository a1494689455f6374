"""Agreements in the admin: adding, the list, the form with many parts, parties and themes."""

import pytest
from django.urls import reverse

from agreements.models import Agreement, AgreementEdition, Party, Theme
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.editions.signals import drafts_changed
from culturecoop.reference.models import Amendment
from tests.forms import add_row, fields, said

LIST = reverse("admin:agreements_agreementedition_changelist")
ADD = reverse("admin:agreements_agreementedition_add")
FORM = "agreementedition_form"


def change_url(edition):
    return reverse("admin:agreements_agreementedition_change", args=[edition.pk])


def party_url(party, page="change"):
    return reverse(f"admin:agreements_party_{page}", args=[party.pk])


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def korea(db):
    return Party.objects.create(code="KR")


def slugs(response):
    return {row.agreement.slug for row in response.context["cl"].result_list}


class TestAdding:
    def filled(self, client, **changes):
        values = fields(client.get(ADD), FORM)
        return values | {"slug": "korea", "texts-0-title": "Korea"} | changes

    def test_slug_language_and_first_draft_on_one_form(self, author, korea):
        document = Document.objects.create(slug="protocol", title="Protocol")
        values = self.filled(author, source_language="fr", **{"texts-0-language": "fr"})
        add_row(values, "parties", party=korea.pk, position="1")
        add_row(values, "events", kind="signature", date="2010-10", scope="whole")
        add_row(values, "documents", document=document.pk, position="1")
        response = author.post(ADD, values, follow=True)
        assert said(response) == ["“Korea” was added as a draft."]
        draft = AgreementEdition.objects.get()
        assert (draft.agreement.slug, draft.agreement.source_language) == ("korea", "fr")
        assert draft.is_draft
        assert draft.created_by == author.user
        assert [str(event) for event in draft.events.all()] == ["signature 2010-10"]
        assert [row.party for row in draft.parties.all()] == [korea]
        assert [row.document for row in draft.documents.all()] == [document]

    @pytest.mark.parametrize("part", ["parties", "documents"])
    def test_a_row_that_was_added_and_left_empty_is_left_out(self, author, part):
        add_row(values := self.filled(author), part, position="3")  # written when it is added
        assert author.post(ADD, values).status_code == 302
        assert not getattr(AgreementEdition.objects.get(), part).exists()

    def test_a_slug_that_is_taken_is_said_at_its_field(self, author, make_agreement):
        make_agreement("korea", title="The agreement with Korea")
        response = author.post(ADD, self.filled(author))
        assert said(response) == [
            "“The agreement with Korea” has the address /agreements/korea/ already."
        ]
        assert response.context["adminform"].form.errors.keys() == {"slug"}

    def test_a_fault_in_a_part_adds_nothing(self, author):
        values = self.filled(author)
        add_row(values, "events", kind="signature", date="some day", scope="whole")
        response = author.post(ADD, values)
        assert "cannot be read as a date" in said(response)[0]
        assert not Agreement.objects.exists()

    def test_save_and_publish_goes_on_to_the_publication(self, publisher):
        response = publisher.post(ADD, self.filled(publisher, _publish="1"))
        assert response.url.endswith("/publish/do/")

    def test_save_and_preview_goes_on_to_the_public_page_with_a_banner(self, author):
        response = author.post(ADD, self.filled(author, _preview="1"), follow=True)
        content = response.content.decode()
        assert "<h1" in content
        assert "Preview" in content
        assert "Last update" not in content


class TestList:
    def test_status_today_is_computed_for_drafts_and_stored_for_published(
        self, author, make_agreement
    ):
        events = [("entry_into_force", "2001")]
        make_agreement("live", events=events)
        make_agreement("draft", events=events, publish=False)
        make_agreement("none", publish=False)
        rows = author.get(LIST).context["cl"].result_list
        found = {row.agreement.slug: row.status_on_day for row in rows}
        assert found == {"live": "in_force", "draft": "in_force", "none": None}

    def test_the_status_filters_both(self, author, make_agreement):
        make_agreement("live", events=[("entry_into_force", "2001")])
        make_agreement("draft", events=[("entry_into_force", "2001")], publish=False)
        make_agreement("signed", events=[("signature", "2001")])
        assert slugs(author.get(LIST, {"status": "in_force"})) == {"live", "draft"}

    def test_what_ends_what_is_uncertain_and_what_has_no_status(self, author, make_agreement):
        """As readers ask for them; a status takes what is certain."""
        force, notice = ("entry_into_force", "2001"), ("denunciation_notified", "2020")
        for publish, name in ((True, "live"), (False, "draft")):
            make_agreement(f"{name}-none", publish=publish)
            make_agreement(f"{name}-sure", events=[force], publish=publish)
            make_agreement(f"{name}-ending", publish=publish,
                           events=[force, ("denunciation_effective", "2098")])  # fmt: skip
            make_agreement(f"{name}-old-notice", events=[force, notice], publish=publish)
        verbs.withdraw(make_agreement("gone"), reason="Published in error")
        found = {
            status: slugs(author.get(LIST, {"status": status}))
            for status in ("in_force", "ending", "uncertain", "none")
        }
        assert found == {
            "in_force": {"live-sure", "draft-sure", "live-ending", "draft-ending"},
            "ending": {"live-ending", "draft-ending", "live-old-notice", "draft-old-notice"},
            "uncertain": {"live-old-notice", "draft-old-notice"},
            "none": {"live-none", "draft-none"},
        }

    def test_party_theme_kind_and_language_filter(self, author, make_agreement):
        make_agreement("korea", parties=["EU", "KR"], themes=["trade"], kind="protocol")
        make_agreement("peru", parties=["EU", "PE"])
        theme = Theme.objects.get()
        for query in ({"party": "KR"}, {"themes__id__exact": theme.pk}, {"kind": "protocol"}):
            assert slugs(author.get(LIST, query)) == {"korea"}
        assert slugs(author.get(LIST, {"language": "en"})) == {"korea", "peru"}
        assert slugs(author.get(LIST, {"language": "de"})) == set()

    @pytest.mark.parametrize("words", ["Protocol", "korea", "Seoul protocol", "KR", "32008"])
    def test_search(self, author, make_agreement, words):
        """In titles, slugs, numbers, and the names of parties, all words together."""
        korea = make_agreement("korea", title="Seoul Protocol", parties=["KR"], publish=False)
        korea.references.create(value="32008D0805")
        drafts_changed.send(AgreementEdition, identities=[korea.agreement_id])
        make_agreement("peru", title="Lima Declaration", parties=["PE"])
        assert slugs(author.get(LIST, {"q": words})) == {"korea"}

    def test_search_by_the_name_of_a_country_that_is_not_stored(self, author, make_agreement):
        Party.objects.create(code="PE")
        make_agreement("lima", title="Protocol", parties=["PE"])
        assert slugs(author.get(LIST, {"q": "Peru"})) == {"lima"}

    def test_an_unknown_filter_value_is_no_error(self, author):
        for query in ({"state": "x"}, {"status": "x"}, {"party": "x"}, {"language": "x"}):
            assert author.get(LIST, query).status_code == 200


class TestForm:
    def test_a_form_with_300_events_is_saved(self, author, make_agreement):
        draft = make_agreement("korea", publish=False)
        values = fields(author.get(change_url(draft)), FORM)
        for number in range(300):
            add_row(values, "events", kind="signature", date=str(1700 + number), scope="whole")
        assert len(values) > 1000  # where Django would stop by default
        assert author.post(change_url(draft), values).status_code == 302
        assert draft.events.count() == 300

    def test_its_queries_do_not_grow_with_its_parts(
        self, author, make_agreement, django_assert_max_num_queries
    ):
        codes = [f"X{number}" for number in range(40)]
        few = make_agreement("few", parties=codes[:1], publish=False,
                             events=[("signature", "2001", codes[0])])  # fmt: skip
        many = make_agreement("many", parties=codes, publish=False,
                              events=[("signature", "2001", code) for code in codes])  # fmt: skip
        author.get(change_url(few))
        with django_assert_max_num_queries(35) as one:
            author.get(change_url(few))
        with django_assert_max_num_queries(len(one)):
            author.get(change_url(many))

    def test_form_side_capacity_end_and_rest_are_saved(self, author, make_agreement):
        draft = make_agreement("korea", parties=["EU"], publish=False)
        values = fields(author.get(change_url(draft)), FORM)
        values |= {"form": "multilateral", "binding": "not_binding"}
        values |= {"parties-0-side": "own", "parties-0-capacity": "name"}
        add_row(values, "events", kind="extension", date="2010", until="2012-06", scope="rest",
                part="Title II")  # fmt: skip
        assert author.post(change_url(draft), values).status_code == 302
        draft.refresh_from_db()
        assert (draft.form, draft.binding) == ("multilateral", "not_binding")
        row, event = draft.parties.get(), draft.events.get()
        assert (row.side, row.capacity) == ("own", "name")
        assert (str(event.until), event.scope, event.part) == ("2012-06", "rest", "Title II")

    def test_a_draft_with_a_date_that_is_none_can_be_listed_and_mended(
        self, author, make_agreement
    ):
        events = [("entry_into_force", "2001"), ("expiry", "9999-12-31")]
        draft = make_agreement("korea", events=events, publish=False)
        assert "in force" in author.get(LIST).content.decode()
        assert author.get(change_url(draft)).status_code == 200

    def test_a_text_of_each_language_once(self, author, make_agreement):
        draft = make_agreement("korea", publish=False)
        values = fields(author.get(change_url(draft)), FORM)
        add_row(values, "texts", language="en", title="Again")
        assert author.post(change_url(draft), values).status_code == 200
        assert draft.texts.count() == 1

    def test_the_choice_of_an_agreement_finds_titles(self, author, make_agreement):
        make_agreement("korea", title="Seoul Protocol")
        query = {"app_label": "agreements", "model_name": "relation", "field_name": "agreement"}
        found = author.get("/admin/autocomplete/", query | {"term": "seoul"}).json()["results"]
        assert [row["text"] for row in found] == ["korea"]

    def test_a_withdrawn_agreement_shows_the_reason(self, author, make_agreement):
        withdrawal = verbs.withdraw(make_agreement("korea", title="Films"), reason="In error")
        content = author.get(change_url(withdrawal)).content.decode()
        assert all(words in content for words in ("<h1>Films</h1>", "In error"))
        assert "/do/" not in content


class TestParties:
    """Reference data: changed by publishers only, through `amend`."""

    def test_an_author_may_look_and_choose_but_not_change(self, author, korea):
        assert author.get(party_url(korea)).status_code == 200
        assert author.post(party_url(korea), {"code": "KO"}).status_code == 403
        assert author.get(reverse("admin:agreements_party_add")).status_code == 403
        query = {"app_label": "agreements", "model_name": "event", "field_name": "party"}
        found = author.get("/admin/autocomplete/", query | {"term": "south kor"}).json()
        assert [row["id"] for row in found["results"]] == [str(korea.pk)]

    def test_a_change_is_an_amendment_that_can_be_undone(self, publisher, korea):
        values = fields(publisher.get(party_url(korea)), "party_form")
        values["name"] = "Republic of Korea"
        add_row(values, "aliases", alias="ROK")
        publisher.post(party_url(korea), values)
        assert Amendment.objects.count() == 2
        amendment = Amendment.objects.get(object_id=korea.pk, content_type__model="party")
        content = publisher.get(party_url(korea, "history")).content.decode()
        assert "Republic of Korea" in content
        assert "ROK" in content
        undo = reverse("admin:agreements_party_undo", args=[amendment.pk])
        response = publisher.post(undo, {"object": korea.pk}, follow=True)
        assert said(response) == ["The change was undone."]
        korea.refresh_from_db()
        assert korea.name == ""

    def test_a_second_undo_says_that_it_was_changed_since(self, publisher, korea):
        values = fields(publisher.get(party_url(korea)), "party_form")
        publisher.post(party_url(korea), values | {"name": "Corea"})
        undo = reverse("admin:agreements_party_undo", args=[Amendment.objects.get().pk])
        publisher.post(undo, {"object": korea.pk})
        response = publisher.post(undo, {"object": korea.pk}, follow=True)
        assert "was changed since" in said(response)[-1]

    def test_an_author_cannot_undo(self, author, publisher, korea):
        values = fields(publisher.get(party_url(korea)), "party_form")
        publisher.post(party_url(korea), values | {"name": "Corea"})
        undo = reverse("admin:agreements_party_undo", args=[Amendment.objects.get().pk])
        assert author.post(undo).status_code == 403
        assert "Undo" not in author.get(party_url(korea, "history")).content.decode()

    def test_undoing_an_addition_leads_back_to_the_list(self, publisher):
        values = fields(publisher.get(reverse("admin:agreements_theme_add")), "theme_form")
        publisher.post(
            reverse("admin:agreements_theme_add"), values | {"name": "Trade", "slug": "trade"}
        )
        undo = reverse("admin:agreements_theme_undo", args=[Amendment.objects.get().pk])
        response = publisher.post(undo, {"object": Theme.objects.get().pk})
        assert response.url == reverse("admin:agreements_theme_changelist")
        assert not Theme.objects.exists()

    def test_a_party_in_use_is_not_deleted(self, publisher, make_agreement):
        make_agreement("korea", parties=["KR"])
        party = Party.objects.get()
        publisher.post(party_url(party, "delete"), {"post": "yes"}, follow=True)
        assert Party.objects.exists()

    def test_a_party_that_nothing_uses_is_deleted_with_an_amendment(self, publisher, korea):
        publisher.post(party_url(korea, "delete"), {"post": "yes"})
        assert not Party.objects.exists()
        assert Amendment.objects.get().after is None

    def test_an_alias_is_removed_with_an_amendment(self, publisher, korea):
        korea.aliases.create(alias="ROK")
        values = fields(publisher.get(party_url(korea)), "party_form")
        publisher.post(party_url(korea), values | {"aliases-0-DELETE": "on"})
        assert not korea.aliases.exists()
        assert Amendment.objects.get().after is None
