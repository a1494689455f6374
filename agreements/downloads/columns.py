"""The columns that go out to everybody. What is not named here stays inside."""

from django.conf import settings

from agreements.models import AgreementEdition
from agreements.resources import contents
from culturecoop.editions.changes import kept
from culturecoop.languages import EU_LANGUAGES

#: Of the sheet of agreements; it has an internal note as well.
COLUMNS = (
    "slug", "base", "source_language", "kind", "themes", "parties", "form", "binding",
    "legal_basis", "status", "negotiations_concluded", "initialled", "adopted", "signature",
    "provisional_application", "entry_into_force", "suspension", "denunciation_effective",
    "termination", "expiry", "replacement", "celex", "eli", "oj", "unts", "other_number",
    "documents",
)  # fmt: skip
#: What readers see of a text in the languages of the site, and in others.
TEXTS = ("official_title", "title", "summary", "line", "wording")
TITLES = ("official_title", "title")


def headings():
    """Return the names of the columns of a download, the same for each list of the register."""
    return [*COLUMNS, *(f"{part}_{code}" for code in languages() for part in texts_in(code))]


def texts_in(language):
    """Return which parts of a text go out in a language."""
    return TEXTS if language in dict(settings.LANGUAGES) else TITLES


def languages():
    """Return the languages that readers find texts in."""
    return kept("downloads languages", _languages)


def _languages():
    found = contents.languages_of(AgreementEdition.objects.live().order_by().values("pk"))
    return [code for code in EU_LANGUAGES if code in found]
