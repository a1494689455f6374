"""What search knows of pages: their titles and the words of their blocks, in each language."""

import re
from collections import defaultdict
from html import unescape

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.bulk import rows_as_read
from culturecoop.search.sources import EditionSource, Result, register
from culturecoop.search.words import Content, Passage

from .blocks import Image, Link, Milestone, Target, Text
from .models import Page, PageEdition

#: The words of blocks that readers read.
FIELDS = {
    Text: ["text"],
    Milestone: ["actor", "text", "link_text"],
    Link: ["heading", "title"],
    Image: ["alternative", "caption", "credit"],
}
_TAG = re.compile(r"(?=<)")


@register
class PageSource(EditionSource):
    name = "page"
    label = _("page")
    order = 2
    model = PageEdition
    identity_model = Page

    def contents(self, pks, read=()):
        editions = rows_as_read(PageEdition.objects.filter(pk__in=pks), read)
        addresses = defaultdict(list)
        texts = _texts(pks, addresses)
        return {
            edition.pk: Content(
                addresses=addresses[edition.pk],
                titles=[Passage(edition.language, edition.title)],
                passages=[
                    Passage(edition.language, text) for text in (edition.lead, *texts[edition.pk])
                ],
            )
            for edition in editions
        }

    def results(self, pks):
        editions = PageEdition.objects.filter(pk__in=pks).select_related("page")
        texts = _texts(pks, defaultdict(list))
        return {edition.pk: _result(edition, texts[edition.pk]) for edition in editions}


def _texts(pks, addresses):
    """Return {edition id: the texts of its blocks, in their order}: a query a kind of block.

    Where they lead outside is added to `addresses`, {edition id: [address or ""]}.
    """
    found = defaultdict(list)
    for block, fields in FIELDS.items():
        rows = block.objects.filter(parent__in=pks).order_by("ordering", "pk")
        columns = [*fields, "address"] if issubclass(block, Target) else fields
        for parent, ordering, *texts in rows.values_list("parent", "ordering", *columns):
            if columns != fields:
                addresses[parent].append(texts.pop())
            words = " ".join(filter(None, texts))
            found[parent].append((ordering, _plain(words) if block is Text else words))
    return {pk: [text for _place, text in sorted(found[pk], key=lambda row: row[0])] for pk in pks}


def _plain(html):
    """Return a rich text without its tags, which part words."""
    return " ".join(unescape(strip_tags(_TAG.sub(" ", html))).split())


def _result(edition, texts):
    """Return the Result of a page, at its address in its own language where the site has that."""
    spoken = edition.language if edition.language in dict(settings.LANGUAGES) else get_language()
    with translation.override(spoken):
        url = edition.page.get_absolute_url()
    return Result(
        edition.title,
        edition.language,
        url,
        url_language=spoken if spoken != get_language() else "",
        passages=[Passage(edition.language, text) for text in (edition.lead, *texts) if text],
    )
