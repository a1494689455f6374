"""Languages and countries: their codes, and their names from the Unicode CLDR."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# The official languages of the European Union, in the order of EU publications:
# alphabetical by the name in the language itself.
EU_LANGUAGES = (
    "bg", "es", "cs", "da", "de", "et", "el", "en", "fr", "ga", "hr", "it", "lv", "lt", "hu", "mt",
    "nl", "pl", "pt", "ro", "sk", "sl", "fi", "sv",
)  # fmt: skip


@cache
def _locale(code):
    try:
        return Locale.parse((code or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def language_name(code):
    """The name of a language in the active language: "German"."""
    return _locale(get_language()).languages.get(code, code)


def own_name(code):
    """The name of a language in itself: "Deutsch"."""
    return _locale(code).languages.get(code, code)


def country_name(code, language=None):
    """The CLDR name of the country `code` (ISO 3166-1 alpha-2), "" when CLDR has none."""
    if len(code) != 2 or not code.isalpha():
        return ""
    return _locale(language or get_language()).territories.get(code, "")


def country_names(language=None):
    """{code: name} of all countries of CLDR."""
    names = _locale(language or get_language()).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}


def site_language(code):
    """Return the language where the site speaks it, else the default one of the site."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@cache
def language_words():
    """Return {what the names of files call a language: its code}: “fr”, “fra”, “français”, …

    Its codes, and its names in itself and in the languages of the site.
    """
    words = {
        alias: code for alias, code in get_global("language_aliases").items() if len(alias) == 3
    }
    words = {alias: code for alias, code in words.items() if code in EU_LANGUAGES}
    for code in EU_LANGUAGES:
        words |= {code: code, own_name(code).casefold(): code}
        for language, _name in settings.LANGUAGES:
            words[_locale(language).languages[code].casefold()] = code
    return words


lazy_language_name = lazy(language_name, str)
LANGUAGE_CHOICES = [(code, lazy_language_name(code)) for code in EU_LANGUAGES]


def language_choices():
    """The languages that content can have (a callable, so that migrations do not list them)."""
    return LANGUAGE_CHOICES


class LanguageField(models.CharField):
    """The code of one of the languages that content can have."""

    def __init__(self, verbose_name=None, **kwargs):
        defaults = {"max_length": 7, "choices": language_choices, "default": "en"}
        super().__init__(verbose_name or _("language"), **defaults | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs
