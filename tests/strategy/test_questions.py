"""What is asked before a page is published, and where it is mended."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from strategy.blocks import Image, Link, Text
from strategy.models import PageEdition
from tests.answering import publish


def text(draft, markup, region="main", ordering=1):
    return Text.objects.create(parent=draft, region=region, ordering=ordering, text=markup)


def codes(draft):
    return {question.code: question.place for question in draft.questions()}


@pytest.fixture
def draft(make_page):
    return make_page("", title="Home", publish=False)


@pytest.mark.parametrize(
    ("markup", "region", "expected"),
    [
        ("<h2>One</h2><h3>Two</h3><h2>Three</h2>", "main", False),
        ("<h3>One</h3>", "main", True),
        ("<h3>One</h3>", "in_depth", False),
        ("<p>None</p>", "main", False),
    ],
)
def test_a_heading_that_is_a_level_too_small(draft, markup, region, expected):
    """WCAG technique H42 and G141: no level is skipped."""
    text(draft, markup, region)
    assert ("skipped_level" in codes(draft)) == expected


@pytest.mark.parametrize(
    ("address", "dead"), [("/nowhere/", True), ("/", False), ("https://example.org/x", False)]
)
def test_a_link_inside_the_site_that_opens_nothing(draft, address, dead):
    publish(draft)
    second = verbs.new_draft(draft)
    block = text(second, f'<p>See <a href="{address}">this</a>.</p>')
    found = codes(second)
    assert ("dead_links" in found) == dead
    assert not dead or found["dead_links"] == "strategy_text_set-0"
    assert address in block.text


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_link_to_a_page_or_agreement_that_readers_do_not_see(
    make_page, make_agreement, draft, language
):
    """Unpublished or withdrawn: the block shows nothing, or words without a link."""
    publish(draft)
    hidden = make_page("hidden", publish=False).page
    shown = make_page("shown").page
    korea, peru = make_agreement("korea"), make_agreement("peru", publish=False)
    second = make_page("other", publish=False, language=language)
    for target in ({"page": hidden}, {"agreement": peru.agreement}):
        link = Link.objects.create(parent=second, region="main", ordering=1, **target)
        assert codes(second)["dead_links"] == "strategy_link_set-0"
        link.delete()
    for target in ({"page": shown}, {"agreement": korea.agreement}):
        Link.objects.create(parent=second, region="main", ordering=1, **target)
    assert "dead_links" not in codes(second)
    verbs.withdraw(korea, reason="Old")
    assert codes(second)["dead_links"] == "strategy_link_set-1"


def test_a_link_to_a_document_that_comes_out_with_the_page(draft, make_file):
    document = Document.objects.create(slug="report", title="Report")
    Link.objects.create(parent=draft, region="main", ordering=1, document=document)
    text = '<p><a href="/documents/report/">It</a></p>'
    Text.objects.create(parent=draft, region="main", ordering=2, text=text)
    assert "dead_links" in codes(draft)
    make_file(document)
    assert "dead_links" not in codes(draft)


def test_a_link_without_a_target(draft):
    Link.objects.create(
        parent=draft, region="main", ordering=1, title="Sound", address="https://a.eu/"
    )
    Link.objects.create(parent=draft, region="main", ordering=2, title="Nowhere")
    assert codes(draft) == {"no_target": "strategy_link_set-1"}


def test_a_document_without_a_file(draft, make_file):
    document = Document.objects.create(slug="report", title="Report")
    Link.objects.create(parent=draft, region="main", ordering=1, document=document)
    assert codes(draft) == {"no_file": "strategy_link_set-0"}
    make_file(document)
    assert codes(draft) == {}


def test_a_document_that_is_withdrawn_or_will_be(draft, make_file):
    document = Document.objects.create(slug="report", title="Report")
    publish_file(make_file(document))
    text(draft, '<p>See <a href="/documents/report/">the report</a>.</p>')
    assert codes(draft) == {}
    withdrawals.withdraw_document(document, reason="Old", at=timezone.now() + timedelta(days=2))
    assert codes(draft) == {"withdrawn_document": "strategy_text_set-0"}
    withdrawals.restore_document(document)
    withdrawals.withdraw_file(document.files.get(), reason="Old")
    assert codes(draft)["withdrawn_document"] == "strategy_text_set-0"


def test_an_image_without_a_text_alternative(draft):
    name = default_storage.save("images/2026/a.png", ContentFile(b"x"))
    Image.objects.bulk_create([Image(parent=draft, region="main", ordering=1, file=name)])
    assert codes(draft) == {"no_alternative": "strategy_image_set-0"}


def test_an_untouched_copy_as_a_translation(draft, signed_in):
    text(draft, "<p>Words</p>")
    publish(draft)
    address = reverse("admin:strategy_pageedition_translate", args=[draft.pk])
    signed_in("author").post(address, {"language": "de"})
    copy = PageEdition.objects.get(language="de")
    assert codes(copy) == {"copy": "id_title"}
    Text.objects.filter(parent=copy).update(text="<p>Worte</p>")
    assert codes(PageEdition.objects.get(language="de")) == {}


def test_the_same_again(draft):
    text(draft, "<p>Words</p>")
    publish(draft)
    second = verbs.new_draft(draft)
    assert codes(second) == {"nothing_changed": ""}
    Text.objects.filter(parent=second).update(text="<p>Other words</p>")
    assert codes(second) == {}


def test_words_of_force_beside_a_link_to_an_agreement_are_a_hint(draft, make_agreement):
    make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010")])
    text(draft, '<p>The <a href="/agreements/korea/">protocol</a> is in force.</p><p>In force.</p>')
    [hint] = draft.hints()
    assert "“in force”, but the events say: signed" in hint.text
    assert hint.place == "strategy_text_set-0"


def test_a_page_without_a_title_is_told_at_its_field(draft, signed_in):
    """An import can leave a draft without one."""
    PageEdition.objects.update(title="")
    address = reverse("admin:strategy_pageedition_verb", args=[draft.pk, "publish"])
    page = signed_in("publisher").get(address)
    assert page.status_code == 200
    assert "A page needs a title before readers see it." in page.content.decode()
    assert 'change/#id_title"' in page.content.decode()


def test_a_page_above_that_readers_do_not_see_is_a_hint(signed_in, make_page):
    make_page("", title="Home")
    above = make_page("trade", title="Trade", publish=False)
    draft = make_page("trade/music", publish=False)
    page = signed_in("publisher").get(f"/admin/strategy/pageedition/{draft.pk}/publish/do/")
    [hint] = page.context["checklist"].hints
    assert "The page above it, “Trade”, is not published" in hint.text
    assert hint.url == f"/admin/strategy/page/{above.page_id}/en/"
    publish(above)
    assert not list(draft.hints())
