"""What the columns of foreign sheets are called, in the languages of the European Union.

Each language has a file in `phrases/`: our columns, and what lists call them, the usual phrases
first. A phrase counts whatever its case, accents and punctuation are; whoever knows another one
adds it there. `title` is the column of the language that the headings are in.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from culturecoop.folding import fold
from culturecoop.languages import EU_LANGUAGES, language_words

#: Of headings that are the same in two languages, the first one counts.
LANGUAGES = tuple(dict.fromkeys(("en", "fr", "de", "es", "pt", "it", "nl", "pl", *EU_LANGUAGES)))
#: The columns, those with a clear kind of content first: in this order they are looked for.
COLUMNS = (
    "title", "parties", "party", "kind", "status", "negotiations_concluded", "initialled",
    "signature", "provisional_application", "entry_into_force", "termination", "legal_basis",
    "internal_note", "source_language", "date", "slug",
)  # fmt: skip
FOLDER = Path(__file__).with_name("phrases")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
#: Words between “title” and a language: “title in French”, “titre en anglais”.
_IN = {"in", "en", "auf", "na", "em", "po", "la"}


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """Return {column: {language: its phrases, plain, the usual ones first}}."""
    found: dict[str, dict[str, list[str]]] = {column: {} for column in COLUMNS}
    for language in LANGUAGES:
        with (FOLDER / f"{language}.toml").open("rb") as file:
            for column, texts in tomllib.load(file).items():
                found[column][language] = [plain(text) for text in texts]
    return found


def plain(text: str) -> str:
    """Return the words of a heading: lower case, without accents and punctuation."""
    return " ".join(_WORD.findall(fold(_CAMEL.sub(" ", text)).replace("'s", "s")))


def score(heading: str, column: str) -> int:
    """Return how well a plain heading fits one of the phrases of a column, 0 for not at all."""
    best, words = 0, set(heading.split())
    for texts in phrases()[column].values():
        for place, phrase in enumerate(texts):
            if heading == phrase:
                best = max(best, 200 - place)
            elif len(phrase) > 3 and set(phrase.split()) <= words:
                best = max(best, 100 + 10 * len(phrase.split()) - 5 * len(words))
    return max(best, 0)


def language_of(headings: list[str]) -> str:
    """Return the language that most of the plain headings are in."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for by_language in phrases().values():
        for language, texts in by_language.items():
            counts[language] += sum(heading in texts for heading in headings)
    return max(counts, key=lambda language: counts[language])


def language_of_title(heading: str) -> str:
    """Return the language of “title fr”, “titel deutsch” or “title in French”, "" of any other."""
    *words, last = heading.split() or [""]
    if words and words[-1] in _IN:
        words.pop()
    language = _languages().get(last, "")
    titles = phrases()["title"].values()
    return language if any(" ".join(words) in texts for texts in titles) else ""


@cache
def _languages():
    return {plain(word): code for word, code in language_words().items()}
