"""What ISO 3166 calls the countries in each language: for short, and in full.

The translations are those of Debian's iso-codes, which pycountry brings along. A name without a
translation is left out.
"""

import gettext
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycountry

#: What the names of states that no longer exist are translated in, and those of the others.
COUNTRIES, FORMER = "iso3166-1", "iso3166-3"
#: Translations that name something else: (language, code, name).
WRONG = {
    ("ga", "DZ", "Poblacht Dhaonlathach an Chongó"),
    ("sk", "GM", "Slovenská republika"),
    ("sk", "IR", "Slovenčina"),
    ("sk", "LA", "Domov"),
}
_PARTS = ("name", "official_name", "common_name")


def translated_names(languages: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (alpha-2, or alpha-4 of former countries, name in English, name, language)."""
    for language in languages:
        for domain, countries in ((COUNTRIES, _countries), (FORMER, _former)):
            translations = _translations(language, domain)
            for code, country in countries() if translations else ():
                for english, name in _names(country, translations):
                    if (language, code, name) not in WRONG:
                        yield code, english, name, language


def _countries():
    return ((country.alpha_2, country) for country in pycountry.countries)


def _former():
    return ((country.alpha_4, country) for country in pycountry.historic_countries)


def _names(country, translations):
    """Yield the names of a country that are translated: in English, and translated."""
    for part in _PARTS:
        name = getattr(country, part, "")
        translated = translations.gettext(name) if name else name
        if translated != name:
            yield name, translated


def _translations(language, domain):
    """Return the translations, None without any; gettext's own function would keep them all."""
    path = Path(pycountry.LOCALES_DIR, language, "LC_MESSAGES", f"{domain}.mo")
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)
