"""What an editor may want to look at before a page is published.

The pages above it that readers do not see, and what it says of the status of agreements that it
links to, held against their events.
"""

import re

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import html

from agreements.claims import contradicted, hint
from agreements.models import AgreementEdition
from agreements.treaty import periods_of
from agreements.wording import status_on
from culturecoop.editions.questions import Hint
from culturecoop.texts import quoted

from .questions import Blocks

AGREEMENT = re.compile(r"^(?:/[a-z]{2})?/agreements/([-\w]+)/")


def hints_about(edition):
    """Yield the Hints about a draft of a page."""
    yield from _about_hidden_above(edition.page)
    content = Blocks(edition)
    for block in content.of("text"):
        for slug, paragraph in _paragraphs(block.text):
            yield from _about(slug, paragraph, content.place(block))


def _about_hidden_above(page):
    sentence = _(
        "The page above it, “%(title)s”, is not published: readers do not see it in the "
        "navigation path."
    )
    for above in page.ancestors():
        if not above.editions.live().exists():
            place = reverse("admin:strategy_page_stable", args=[above.pk, above.source_language])
            yield Hint(sentence % {"title": above.heading}, place)


def _paragraphs(text):
    """Yield (slug of an agreement, words) of the paragraphs and items that link to one."""
    for element in html.fromstring(f"<div>{text}</div>").iter("p", "li", "td"):
        for link in element.iter("a"):
            if found := AGREEMENT.match(link.get("href", "")):
                yield found[1], " ".join(element.text_content().split())


def _about(slug, paragraph, place):
    live = AgreementEdition.objects.live().filter(agreement__slug=slug).first()
    if live is None:
        return
    found = status_on(periods_of(live), live, timezone.localdate())
    for words in contradicted(paragraph, found.status if found else None):
        yield hint(words, quoted(paragraph[:80]), found, place)
