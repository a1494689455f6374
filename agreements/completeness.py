"""What readers would miss in an agreement that is about to be published.

Each is a question with the place where it is mended: it may be right as it is, and the answer is
kept. What contradicts itself is refused elsewhere (`contradictions.py`).
"""

from django.utils.translation import gettext as _

from culturecoop.documents.completeness import documents_missed
from culturecoop.editions.comparison import history_questions
from culturecoop.editions.questions import Question
from culturecoop.languages import language_name

from .treaty import is_own


def missing(edition):
    """Return the Questions about what readers would miss, in the order of the form."""
    found = [*history_questions(edition), *_copies(edition), _partner(edition), _event(edition)]
    found += documents_missed(edition, lambda document: "documents-group")
    return [question for question in found if question]


def _copies(edition):
    """Yield Questions about texts that say word for word what the source text says."""
    texts = {text.language: text for text in edition.texts.all()}
    source = texts.pop(edition.agreement.source_language, None)
    for language, text in texts.items():
        if source and text.words == source.words:
            names = {
                "language": language_name(language), "source": language_name(source.language)
            }  # fmt: skip
            yield Question(
                f"copy_{language}",
                _("The text in %(language)s is word for word the one in %(source)s. Is it "
                  "translated?") % names,
                _("The text in %(language)s is word for word the source text.") % names,
                place="texts-group",
            )  # fmt: skip


def _partner(edition):
    if not all(is_own(row.party) for row in edition.parties.all()):
        return None
    return Question(
        "no_partner",
        _("No partner is named, so readers do not see with whom it was made."),
        _("No partner is named."),
        place="parties-group",
    )


def _event(edition):
    if edition.events.all():
        return None
    return Question(
        "no_event",
        _("No event is recorded, so readers see no status."),
        _("No event is recorded."),
        place="events-group",
    )
