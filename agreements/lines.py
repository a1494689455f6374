"""An agreement in a line of a page with its statement, and as others point to it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .reading import titles_of
from .rows import ListedAgreement
from .titles import full_title


@dataclass
class AgreementLine:
    """A line of a page in the language of its text: "In 2007, Protocol … is concluded with …"."""

    agreement: ListedAgreement
    year: int
    url: str
    document: object  # DocumentLine of its first document, or None

    @property
    def text(self):
        return self.agreement.text

    @property
    def title(self):
        return self.agreement.title(beside=self.text.line)

    @property
    def status(self):
        return self.agreement.status

    @cached_property
    def language(self):
        """The language of the whole line: the text's, as long as the site speaks it."""
        spoken = dict(settings.LANGUAGES)
        return self.text.language if self.text.language in spoken else get_language()

    @property
    def beginning(self):
        with translation.override(self.language):
            return _("In %(year)s,") % {"year": self.year}

    @cached_property
    def clause(self):
        with translation.override(self.language):
            return self.status.clause(self.text.line) if self.status else "."


@dataclass
class AgreementLines:
    """The lines of one list, and the address of the register when it has more."""

    lines: list
    more_url: str = ""


@dataclass(frozen=True)
class AgreementTitle:
    """A live agreement as others point to it: in the reader's language, else in its own."""

    text: object
    reading: object

    @property
    def url(self):
        return self.text.edition.agreement.get_absolute_url() + self.reading.query

    @cached_property
    def title(self):
        return full_title(self.text.edition, self.text.title, self.text.language)

    @property
    def language(self):
        return self.text.language

    @property
    def foreign(self):
        """Its language, where it is not the reader's."""
        return self.language if self.language != get_language() else ""


def agreement_titles(ids, reading):
    """Return {id: AgreementTitle} of the agreements that are live; no query without ids."""
    titles = titles_of(ids, reading.at) if ids else {}
    return {pk: AgreementTitle(text, reading) for pk, text in titles.items()}
