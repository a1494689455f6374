"""Pages in the admin: adding, blocks, translations, places, and what the editor would let slip."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from strategy.models import Page, PageEdition, Picture
from tests.forms import add_row, confirm, fields, said

from ..culturecoop.documents.samples import image, pdf

LIST = reverse("admin:strategy_pageedition_changelist")
ADD = reverse("admin:strategy_pageedition_add")
FORM = "pageedition_form"
PLACE = {"region": "main", "ordering": "10"}


def change_url(edition):
    return reverse("admin:strategy_pageedition_change", args=[edition.pk])


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def home(make_page):
    return make_page("", title="Home")


@pytest.fixture
def draft(home):
    return verbs.new_draft(home)


def png():
    file = io.BytesIO()
    Pillow.new("RGB", (40, 30)).save(file, "PNG")
    return file.getvalue()


def save(client, draft, rows=(), **changes):
    """Send the form of a draft with more blocks: [(prefix, {field: value})]."""
    values = fields(client.get(change_url(draft)), FORM) | changes
    for prefix, row in rows:
        add_row(values, prefix, **(PLACE | row))
    return client.post(change_url(draft), values, follow=True)


class TestAdding:
    def test_the_first_page_is_the_home_page(self, author):
        values = fields(author.get(ADD), FORM) | {"title": "Home"}
        assert said(author.post(ADD, values, follow=True)) == ["“Home” was added as a draft."]
        assert Page.objects.get().path == ""

    def test_parent_slug_and_language_with_the_first_draft(self, author, home):
        values = fields(author.get(ADD), FORM)
        assert values["parent"] == [str(home.page_id)]
        values |= {"slug": "trade", "source_language": "fr", "title": "Commerce"}
        add_row(values, "strategy_text_set", text="<p>Bonjour</p>", **PLACE)
        author.post(ADD, values)
        edition = PageEdition.objects.drafts().get()
        assert (edition.page.path, edition.language) == ("trade", "fr")
        assert edition.strategy_text_set.get().text == "<p>Bonjour</p>"

    @pytest.mark.parametrize("slug", ["admin", "agreements", "de", "Trade", ""])
    def test_a_slug_that_cannot_be_is_said_at_its_field(self, author, home, slug):
        values = fields(author.get(ADD), FORM) | {"slug": slug, "title": "Trade"}
        response = author.post(ADD, values)
        assert "slug" in response.context["adminform"].form.errors
        assert Page.objects.count() == 1

    def test_a_second_home_page_is_refused(self, author, home):
        values = fields(author.get(ADD), FORM) | {"parent": "", "slug": "", "title": "Home"}
        assert author.post(ADD, values).status_code == 200


class TestBlocks:
    def test_all_kinds_of_blocks_are_saved_in_their_places(self, author, draft):
        document = Document.objects.create(slug="report", title="Report")
        rows = [
            ("strategy_text_set", {"text": "<p>Hello</p>"}),
            ("strategy_milestone_set", {"date": "2007-05", "actor": "The Commission"}),
            ("strategy_link_set", {"document": document.pk, "region": "more"}),
            ("strategy_agreementlist_set", {"order": "year", "kinds": ["protocol"]}),
        ]
        response = save(author, draft, rows)
        assert said(response) == ["“Home” was saved."]
        assert str(draft.strategy_milestone_set.get().date) == "2007-05"
        assert draft.strategy_link_set.get().region == "more"
        assert draft.strategy_agreementlist_set.get().kinds == ["protocol"]
        assert "Kinds:" in author.get(change_url(draft)).content.decode()

    def test_rich_text_is_sanitised(self, author, draft):
        wild = "<h2>Title</h2><script>alert(1)</script><p onclick='x()'>Text</p><h1>Big</h1>"
        save(author, draft, [("strategy_text_set", {"text": wild})])
        text = draft.strategy_text_set.get().text
        assert "<h2>Title</h2>" in text
        assert not any(word in text for word in ("script", "onclick", "<h1"))

    def test_rich_text_with_line_ends_of_a_browser(self, author, draft):
        save(author, draft, [("strategy_text_set", {"text": "<p>One</p>\r\n<p>Two</p>"})])
        assert draft.strategy_text_set.get().text == "<p>One</p>\n<p>Two</p>"

    def test_a_link_without_a_target_warns(self, author, draft):
        response = save(author, draft, [("strategy_link_set", {"title": "Pilot project"})])
        assert "Without a target, readers see it as plain text: “Pilot project”." in said(response)

    def test_a_link_with_two_targets_is_refused(self, author, draft, home):
        row = {"title": "Both", "page": home.page_id, "address": "https://example.org/"}
        assert "one target only" in said(save(author, draft, [("strategy_link_set", row)]))[0]

    @pytest.mark.parametrize(
        ("name", "content", "fault"),
        [
            ("chart.png", png(), None),
            ("chart.webp", image("WEBP"), None),
            ("chart.png", image("PNG", (9_000, 9_000)), "too many pixels"),
            ("chart.jpg", image("JPEG", (64, 64))[:-200], "damaged"),
            ("chart.png", b"<html><script>alert(1)</script></html>", "web page"),
            ("chart.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
            ("chart.pdf", pdf(), "is a PDF document. Accepted are PNG, JPEG, WebP."),
            ("chart.jpg", pdf(), "is a PDF document. Accepted are PNG, JPEG, WebP."),
            ("chart.jpg", b"a,b\n1,2\n", "Accepted are PNG, JPEG, WebP."),
            ("chart.gif", b"GIF89a\1\0\1\0", "Accepted are PNG, JPEG, WebP."),
        ],
    )
    def test_an_image_is_a_picture_by_its_bytes(self, author, draft, name, content, fault):
        file = SimpleUploadedFile(name, content, "image/png")
        response = save(author, draft, [("strategy_image_set", {"file": file})])
        assert draft.strategy_image_set.exists() == (fault is None)
        assert Picture.objects.exclude(files={}).exists() == (fault is None)
        if fault:
            assert any(fault in sentence for sentence in said(response)), said(response)

    def test_blocks_are_not_cloned_past_the_draft(self, author, draft, home):
        """The editor's `_clone` would write any block into any page, a published one too."""
        block = draft.strategy_text_set.create(text="<p>One</p>", region="main", ordering=10)
        live = home.strategy_text_set.model(parent=home, text="<p>Live</p>", region="main")
        live.ordering = 10
        type(live).objects.bulk_create([live])
        clone = {
            "_clone": [f"strategy.text:{row}" for row in (live.pk, block.pk) if row],
            "_clone_region": "main",
            "_clone_ordering": "20",
            "title": "Changed",
        }
        save(author, draft, **clone)
        assert type(block).objects.count() == 2

    def test_a_published_page_is_shown_as_readers_see_it(self, publisher, home):
        response = publisher.get(change_url(home))
        content = response.content.decode()
        assert f'src="{home.page.get_absolute_url()}"' in content
        assert "content_editor/index.js" not in content
        assert 'name="title"' not in content

    def test_two_people_a_block_that_the_other_removed_keeps_its_text(
        self, author, signed_in, draft
    ):
        for number in (1, 2):
            draft.strategy_link_set.create(title=f"Link {number}", region="main", ordering=number)
        mine = fields(author.get(change_url(draft)), FORM)
        save(signed_in("author", "maria"), draft, **{"strategy_link_set-0-DELETE": "on"})
        mine["strategy_link_set-0-title"] = "Typed for long"
        response = author.post(change_url(draft), mine)
        assert any("maria saved this draft" in sentence for sentence in said(response))
        assert "Typed for long" in response.content.decode()


class TestPlaces:
    def address(self, edition):
        return reverse("admin:strategy_page_address", args=[edition.page_id])

    def test_id_or_path_and_language_lead_to_the_edition(self, author, home, make_page):
        page = make_page("trade", title="Trade")
        expected = change_url(page)
        assert author.get(f"/admin/strategy/page/{page.page_id}/en/").url == expected
        assert author.get(f"/admin/strategy/page/{page.page_id}/history/").status_code == 200
        assert author.get("/admin/strategy/page/trade/en/").url == expected
        assert author.get("/admin/strategy/page/trade/de/").status_code == 404

    def test_a_publisher_moves_a_page_and_the_old_address_leads_on(
        self, publisher, home, make_page
    ):
        page = make_page("trade", title="Trade")
        values = fields(publisher.get(self.address(page)), "page_form")
        publisher.post(self.address(page), values | {"slug": "world-trade", "menu": "header"})
        moved = Page.objects.get(pk=page.page_id)
        assert (moved.path, moved.menu) == ("world-trade", "header")
        assert publisher.get("/trade/").url == "/world-trade/"

    def test_an_author_does_not_move_what_readers_know(self, author, home):
        assert author.get(self.address(home)).status_code == 200
        assert author.post(self.address(home), {"slug": "mine"}).status_code == 403

    def test_an_author_does_not_move_what_stands_above_a_public_page(self, author, home, make_page):
        trade = make_page("trade", publish=False)
        arts = make_page("trade/arts", publish=False)
        assert author.get(self.address(trade)).context["has_change_permission"]
        make_page("trade/arts/music")
        for edition in (trade, arts):
            assert not author.get(self.address(edition)).context["has_change_permission"]
            assert author.post(self.address(edition), {"slug": "mine"}).status_code == 403
        assert PageEdition.objects.live().filter(page__path="trade/arts/music").exists()

    def test_a_page_with_another_below_is_not_discarded(self, publisher, home, make_page):
        above = make_page("trade", title="Trade", publish=False)
        make_page("trade/music", title="Music", publish=False)
        response = confirm(
            publisher, reverse("admin:strategy_pageedition_verb", args=[above.pk, "discard"])
        )
        assert said(response) == ["Other content points to it: “Music”. Remove that first."]
        assert PageEdition.objects.filter(pk=above.pk).exists()


class TestTranslating:
    def url(self, edition):
        return reverse("admin:strategy_pageedition_translate", args=[edition.pk])

    def test_a_translation_begins_as_a_copy(self, author, home, draft):
        draft.strategy_text_set.create(text="<p>Hello</p>", region="main", ordering=10)
        response = author.post(self.url(draft), {"language": "de"}, follow=True)
        assert "write the translation over it" in said(response)[0]
        german = PageEdition.objects.get(language="de")
        assert german.is_draft
        assert german.strategy_text_set.get().text == "<p>Hello</p>"
        assert german.strategy_text_set.get().key == draft.strategy_text_set.get().key

    def test_only_languages_that_are_not_there_are_offered(self, author, home):
        author.post(self.url(home), {"language": "de"})
        content = author.get(self.url(home)).content.decode()
        assert 'value="fr"' in content
        assert 'value="de"' not in content
        assert author.post(self.url(home), {"language": "de"}).status_code == 200
        assert PageEdition.objects.count() == 2

    def test_an_unknown_page_is_not_found(self, author, db):
        url = reverse("admin:strategy_pageedition_translate", args=[4711])
        assert author.get(url).status_code == 404


class TestList:
    def test_a_row_for_each_page_and_language(self, author, home):
        home.siblings()
        author.post(TestTranslating().url(home), {"language": "de"})
        rows = author.get(LIST).context["cl"].result_list
        assert sorted((row.language, str(row.state)) for row in rows) == [
            ("de", "draft"), ("en", "live"),
        ]  # fmt: skip

    def test_the_queries_do_not_grow(self, author, home, make_page, django_assert_max_num_queries):
        author.get(LIST)
        with django_assert_max_num_queries(20) as one:
            author.get(LIST)
        for number in range(49):
            make_page(f"page-{number}", title=f"Page {number}")
        with django_assert_max_num_queries(len(one)):
            assert len(author.get(LIST).context["cl"].result_list) == 50
