"""The desk: the counts on top, what is told in a line, and the trays of upkeep."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from lxml import html

from culturecoop import trays
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.editions.admin.upkeep import YEAR
from culturecoop.reference.verbs import amend
from tests.answering import publish

pytestmark = pytest.mark.django_db
EDIT = "/admin/agreements/agreementedition/{}/edit/"


@pytest.fixture
def ada(signed_in):
    return signed_in("author", "ada")


def full(client):
    """Return {name: tray} of those that are shown."""
    return {tray.name: tray for tray in client.get(reverse("admin:index")).context["full"]}


def shown_in(client, tray):
    """Return how many the lists of a tray show, beside what it counts."""
    found = [client.get(one["address"]).context["cl"].result_count for one in tray.lists]
    return found, [one["count"] for one in tray.lists]


def translated(make_agreement, slug="korea", meaning_unchanged=False):
    """An agreement whose English was changed after its German, published."""
    first = make_agreement(slug, title=slug.title())
    draft = verbs.new_draft(first)
    draft.texts.create(language="de", title=f"{slug} auf Deutsch")
    draft = verbs.new_draft(publish(draft))
    draft.texts.filter(language="en").update(title=f"{slug.title()}, amended")
    return publish(draft, meaning_unchanged=meaning_unchanged)


class TestCounts:
    def test_each_leads_to_its_tray(self, ada, make_agreement):
        for slug in ("korea", "peru"):
            verbs.record_change(make_agreement(slug, publish=False), by=ada.user)
        page = html.fromstring(ada.get(reverse("admin:index")).content.decode())
        [link] = page.xpath("//nav[contains(@class, 'desk-counts')]//a")
        assert " ".join(link.text_content().split()) == "My drafts 2"
        [tray] = page.xpath(f"//section[@id='{link.get('href')[1:]}']")
        assert tray.xpath("string(h2)") == "My drafts"

    def test_what_is_very_much_is_not_counted(self, ada, make_agreement, monkeypatch):
        monkeypatch.setattr(trays, "COUNTED", 1)
        for slug in ("korea", "peru"):
            verbs.record_change(make_agreement(slug, publish=False), by=ada.user)
        page = html.fromstring(ada.get(reverse("admin:index")).content.decode())
        assert page.xpath("string(//nav[contains(@class, 'desk-counts')]//strong)") == "1+"

    def test_what_is_empty_is_told_in_one_line(self, ada):
        page = html.fromstring(ada.get(reverse("admin:index")).content.decode())
        [line] = page.xpath("//p[contains(@class, 'desk-empty')]")
        for sentence in (
            "You have no drafts.",
            "No translation is behind.",
            "Nothing is scheduled.",
        ):
            assert sentence in line.text_content()
        assert not page.xpath("//nav[contains(@class, 'desk-counts')]")


class TestBehind:
    def test_the_language_is_named_and_the_form_one_click_away(self, ada, make_agreement):
        edition = translated(make_agreement)
        [row] = full(ada)["behind"].rows
        assert (row["said"], row["url"]) == ("behind: German", EDIT.format(edition.pk))
        assert ada.get(row["url"]).status_code == 200
        assert shown_in(ada, full(ada)["behind"]) == ([1], [1])

    def test_where_the_meaning_is_unchanged_none_is(self, ada, make_agreement):
        translated(make_agreement, meaning_unchanged=True)
        assert "behind" not in full(ada)

    def test_a_draft_mends_nothing_before_it_is_published(self, ada, make_agreement):
        draft = verbs.new_draft(translated(make_agreement), by=ada.user)
        draft.texts.filter(language="de").update(title="Korea, geändert")
        verbs.record_change(draft, by=ada.user)
        assert [row["url"] for row in full(ada)["behind"].rows] == [EDIT.format(draft.pk)]
        publish(draft)
        assert "behind" not in full(ada)

    def test_a_new_translation_in_a_draft_is_not_behind(self, ada, make_agreement):
        draft = verbs.new_draft(make_agreement("korea", title="Korea"))
        draft.texts.create(language="fr", title="Corée")
        verbs.record_change(draft, by=ada.user)
        assert "behind" not in full(ada)

    def test_a_page_follows_another_page(self, ada, make_page):
        source = make_page("", title="Home")
        german = make_page("", title="Start", language="de")
        assert "behind" not in full(ada)
        publish(verbs.new_draft(source))
        [row] = full(ada)["behind"].rows
        assert (row["title"], row["said"]) == ("Start", "behind: German")
        assert shown_in(ada, full(ada)["behind"]) == ([1], [1])
        publish(verbs.new_draft(german))
        assert "behind" not in full(ada)

    def test_another_source_language_turns_it_round(self, ada, make_agreement):
        edition = translated(make_agreement)
        edition.agreement.source_language = "de"
        amend(edition.agreement)
        assert "behind" not in full(ada)


class TestUntouched:
    def test_what_is_live_for_a_year_without_a_draft(self, ada, make_agreement, make_page):
        with time_machine.travel(timezone.now() - YEAR - datetime.timedelta(days=1)):
            korea, peru = make_agreement("korea"), make_agreement("peru")
            make_page("", title="Home")
        make_agreement("chile")
        verbs.new_draft(peru)
        tray = full(ada)["untouched"]
        assert {row["title"] for row in tray.rows} == {"korea", "Home"}
        assert EDIT.format(korea.pk) in {row["url"] for row in tray.rows}
        assert shown_in(ada, tray) == ([1, 1], [1, 1])

    def test_what_was_withdrawn_is_over(self, ada, make_agreement):
        with time_machine.travel(timezone.now() - YEAR - datetime.timedelta(days=1)):
            verbs.withdraw(make_agreement("korea"), reason="Over", by=None)
        assert "untouched" not in full(ada)


class TestBare:
    @pytest.fixture
    def document(self):
        return Document.objects.create(slug="protocol", title="Protocol")

    def test_it_leads_to_its_files_and_says_where_readers_see_it(
        self, ada, document, make_agreement
    ):
        draft = make_agreement("korea", title="Korea", publish=False)
        draft.documents.create(document=document)
        tray = full(ada)["bare"]
        [row] = tray.rows
        assert (row["title"], row["said"]) == ("Protocol", "")
        assert row["url"].endswith(f"/{document.pk}/change/#files-group")
        assert 'id="files-group"' in ada.get(row["url"]).content.decode()
        assert shown_in(ada, tray) == ([1], [1])
        publish(draft)
        assert full(ada)["bare"].rows[0]["said"] == "readers see its title in: Korea"

    def test_with_a_file_it_is_gone(self, ada, document, make_file):
        file = make_file(document)
        assert "bare" not in full(ada)
        file.delete()
        assert full(ada)["bare"].count == 1

    def test_a_withdrawn_one_waits_for_nothing(self, ada, document):
        Document.objects.update(withdrawn_at=timezone.now())
        assert "bare" not in full(ada)


def fill(make_agreement, make_page, user, names):
    """Put something into every tray of upkeep, for each of some names."""
    with time_machine.travel(timezone.now() - YEAR - datetime.timedelta(days=1)):
        for name in names:
            make_agreement(f"old-{name}", title=f"Old {name}", parties=["EU", "KR"])
    today = str(timezone.localdate())
    for name in names:
        translated(make_agreement, f"behind-{name}")
        make_agreement(f"now-{name}", parties=["EU", "KR"], events=[("signature", today)])
        document = Document.objects.create(slug=f"bare-{name}", title=name)
        draft = make_agreement(f"mine-{name}", title=name, publish=False)
        draft.documents.create(document=document)
        publish(draft)
        verbs.record_change(verbs.new_draft(draft, by=user), by=user)


def test_the_queries_do_not_grow(ada, make_agreement, make_page, django_assert_max_num_queries):
    fill(make_agreement, make_page, ada.user, ["one"])
    assert {"drafts", "behind", "untouched", "changing", "bare"} <= full(ada).keys()
    with django_assert_max_num_queries(70) as few:
        full(ada)
    number = len(few)
    fill(make_agreement, make_page, ada.user, [f"more-{one}" for one in range(12)])
    assert full(ada)["behind"].count == 13
    with django_assert_max_num_queries(number):
        full(ada)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("author", {"behind", "untouched", "changing", "bare"}),
        ("publisher", {"behind", "untouched", "changing", "bare"}),
        ("administrator", {"behind", "untouched", "changing", "bare"}),
    ],
)
def test_upkeep_is_for_who_may_do_something(signed_in, make_agreement, make_page, role, shown):
    user = signed_in(role, "eve")
    fill(make_agreement, make_page, user.user, ["one"])
    assert shown <= full(user).keys()


def test_who_may_only_look_sees_no_upkeep(db, client, django_user_model, make_agreement, make_page):
    user = django_user_model.objects.create_user("eve", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    fill(make_agreement, make_page, None, ["one"])
    assert full(client).keys() == {"waiting", "changing", "published"}
