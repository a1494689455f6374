"""What readers would miss in a page that is about to be published.

Each is a question with the block where it is mended: it may be right as it is, and the answer is
kept.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from culturecoop.documents.completeness import documents_missed
from culturecoop.editions.comparison import history_questions
from culturecoop.editions.dead_links import dead_internal_links
from culturecoop.editions.questions import Question
from culturecoop.languages import language_name
from culturecoop.texts import quoted

KINDS = ("text", "link", "milestone", "image")
HEADINGS = re.compile(r"<h([23])\b", re.IGNORECASE)


def questions_about(edition):
    """Return the Questions about a draft of a page, in the order in which they are asked."""
    content = Blocks(edition)
    found = [*history_questions(edition), *documents_missed(edition, content.place_of_document)]
    found += [ask(content) for ask in (_copy, _no_target, _dead_links, _alternatives, _levels)]
    return [question for question in found if question]


class Blocks:
    """The blocks of a draft by their kind, and where each is in its form."""

    def __init__(self, edition):
        self.edition = edition
        self._of = {kind: list(getattr(edition, f"strategy_{kind}_set").all()) for kind in KINDS}

    def of(self, *kinds):
        return [block for kind in kinds for block in self._of[kind]]

    def place(self, block):
        """Return the fragment of the block in the form of the draft."""
        kind = block._meta.model_name
        return f"strategy_{kind}_set-{self._of[kind].index(block)}"

    def place_of_document(self, document):
        """Return the fragment of the first block that points to a document."""
        blocks = self.of("link", "milestone", "text")
        return next((self.place(block) for block in blocks if block.points_to(document)), "")

    def question(self, code, blocks, text, general):
        """Return the Question that names the blocks, and leads to the first; None without any."""
        if not blocks:
            return None
        named = "; ".join(quoted(block) for block in blocks)
        return Question(code, text % {"what": named}, general, place=self.place(blocks[0]))


def _no_target(content):
    return content.question(
        "no_target",
        [link for link in content.of("link") if not link.targets()],
        _("Links have no target, so readers see them as plain text: %(what)s."),
        _("Links have no target."),
    )


def _dead_links(content):
    found = {}
    with override(content.edition.language):
        files = content.edition.files_coming_out()
        coming = tuple(file.document.get_absolute_url() for file in files)
        for block in content.of("text", "link", "milestone"):
            for address in dead_internal_links(block.addresses()):
                if not address.startswith(coming):
                    found.setdefault(address, block)
    if not found:
        return None
    return Question(
        "dead_links",
        _("Links lead to addresses of this site where readers find nothing: %(what)s.")
        % {"what": ", ".join(found)},
        _("Links lead to addresses of this site where readers find nothing."),
        place=content.place(next(iter(found.values()))),
    )


def _alternatives(content):
    return content.question(
        "no_alternative",
        [image for image in content.of("image") if not image.alternative],
        _("Images have no text alternative: %(what)s. Are they decoration only?"),
        _("Images have no text alternative."),
    )


def _levels(content):
    """Texts whose small headings stand under no large one, in the region they are in."""
    faulty, above = [], {}
    for text in content.of("text"):
        for level in map(int, HEADINGS.findall(text.text)):
            if level > above.get(text.region, _level_of(text.region)) + 1:
                faulty.append(text)
            above[text.region] = level
    return content.question(
        "skipped_level",
        list(dict.fromkeys(faulty)),
        _("A heading skips a level, which confuses those who listen to the page: %(what)s."),
        _("A heading skips a level."),
    )


def _level_of(region):
    """The heading that stands above a region: the title of the page, or the region's own."""
    return 1 if region == "main" else 2


def _copy(content):
    edition = content.edition
    if not edition.is_translation:
        return None
    sources = edition.page.editions.filter(language=edition.page.source_language)
    source = sources.current_for_editor().first()
    if source is None or source.withdrawal or _words(edition) != _words(source):
        return None
    names = {"source": language_name(source.language)}
    return Question(
        "copy",
        _("The page is word for word the one in %(source)s. Is it translated?") % names,
        _("The page is word for word the one that it translates."),
        place="id_title",
    )


def _words(edition):
    texts = edition.strategy_text_set.values_list("text", flat=True)
    return edition.title, edition.lead, list(texts)
