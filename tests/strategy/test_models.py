"""Pages: their place in the tree, and what publishing one stores."""

import pytest
from django.core.exceptions import ValidationError

from agreements.models import Theme
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from strategy.blocks import AgreementList, Link, Milestone, Text
from strategy.models import Page, PageEdition
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(make_page):
    return make_page("").page


def test_the_path_follows_from_parent_and_slug(home):
    culture = Page.objects.create(parent=home, slug="culture")
    trade = Page.objects.create(parent=culture, slug="trade")
    assert (home.path, culture.path, trade.path) == ("", "culture", "culture/trade")
    assert trade.ancestors() == [home, culture]
    assert trade.get_absolute_url() == "/culture/trade/"


@pytest.mark.parametrize("slug", ["agreements", "admin", "documents", "de", "editions"])
def test_words_of_the_sites_own_addresses_are_refused(home, slug):
    with pytest.raises(ValidationError, match="used by the site"):
        Page(parent=home, slug=slug).full_clean()


def test_such_a_word_is_free_further_down(home):
    culture = Page.objects.create(parent=home, slug="culture")
    Page(parent=culture, slug="agreements").full_clean()
    with pytest.raises(ValidationError, match="used by the site"):
        Page(parent=culture, slug="editions").full_clean()


def test_a_page_has_one_place(home):
    Page.objects.create(parent=home, slug="culture")
    with pytest.raises(ValidationError, match="“/culture” has the address /culture/ already"):
        Page(parent=home, slug="culture").full_clean()


def test_only_the_home_page_stands_alone(home):
    with pytest.raises(ValidationError, match="Only the home page"):
        Page(slug="culture").full_clean()
    with pytest.raises(ValidationError, match="Only the home page"):
        Page(parent=home).full_clean()


def test_a_page_cannot_stand_below_itself(home):
    culture = Page.objects.create(parent=home, slug="culture")
    trade = Page.objects.create(parent=culture, slug="trade")
    culture.parent = trade
    with pytest.raises(ValidationError, match="below itself"):
        culture.full_clean()


def test_blocks_are_copied_with_region_order_and_key(make_page):
    draft = make_page("", publish=False)
    Text.objects.create(parent=draft, region="main", ordering=10, text="<p>One</p>")
    Link.objects.create(parent=draft, region="more", ordering=20, title="Two")
    live = publish(draft)
    copy = verbs.new_draft(live)
    for model in (Text, Link):
        columns = ("region", "ordering", "key")
        old, new = (model.objects.filter(parent=e).values(*columns).get() for e in (live, copy))
        assert old == new


def test_languages_are_published_apart(home, make_page):
    german = make_page("", title="Startseite", language="de")
    assert PageEdition.objects.live().count() == 2
    assert (german.number, german.wording_no) == (1, 1)


def test_a_new_source_leaves_its_translations_behind(make_page):
    source, german = make_page(""), make_page("", language="de")
    source = publish(verbs.new_draft(source))
    assert (source.wording_no, german.wording_no) == (2, 1)
    source = publish(verbs.new_draft(source), meaning_unchanged=True)
    assert source.wording_no == 2
    assert publish(verbs.new_draft(german)).wording_no == 2


def test_documents_inside_texts_become_public_with_the_page(make_page):
    for slug in ("report", "protocol", "unused"):
        document = Document.objects.create(slug=slug, title=slug)
        document.files.create(language="en", address=f"https://example.org/{slug}")
    report, protocol, unused = Document.objects.order_by("pk")
    draft = make_page("", publish=False)
    Text.objects.create(
        parent=draft, region="main", ordering=1, text='<p><a href="/documents/report/">R</a></p>'
    )
    Milestone.objects.create(parent=draft, region="main", ordering=2, document=protocol)
    assert draft.document_ids() == {report.pk, protocol.pk}
    publish(draft)
    assert report.files_at()
    assert protocol.files_at()
    assert not unused.files_at()


def test_a_link_leads_to_one_place(make_page, home):
    draft = make_page("culture", publish=False)
    link = Link(parent=draft, region="more", title="x", address="https://example.org", page=home)
    with pytest.raises(ValidationError, match="one target only"):
        link.full_clean()
    with pytest.raises(ValidationError, match="Give a title"):
        Link(parent=draft, region="more").full_clean()
    Link(parent=draft, region="more", title="Only text").full_clean()


def test_a_list_knows_its_kinds(make_page):
    draft = make_page("", publish=False)
    block = AgreementList(parent=draft, region="main", kinds=["protocol", "treaty"])
    with pytest.raises(ValidationError, match="treaty"):
        block.full_clean()
    assert str(AgreementList(theme=Theme(name="Trade"))) == "Trade"


def test_rich_text_keeps_only_what_pages_style(make_page):
    draft = make_page("", publish=False)
    text = Text(
        parent=draft,
        region="main",
        text='<h2 style="color:red">T</h2><script>x()</script><p onclick="x()">a <b>b</b></p>'
        '<p><a onfocus="x()" href="/documents/report/">d</a></p>',
    )
    text.full_clean()
    for forbidden in ("script", "style", "onclick", "onfocus"):
        assert forbidden not in text.text
    assert '<a href="/documents/report/"' in text.text
