"""What templates of the whole site need: languages and dates."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from culturecoop.languages import language_name, own_name

register = template.Library()
register.filter(language_name)


@dataclass(frozen=True)
class LanguageLink:
    """This page in another language of the site."""

    code: str
    name: str
    url: str


@register.simple_tag(takes_context=True)
def language_links(context):
    """LanguageLinks to the site's other languages; the home page where the address has none."""
    return [_link(context, code) for code, _n in settings.LANGUAGES if code != get_language()]


@register.simple_tag(takes_context=True)
def alternates(context):
    """LanguageLinks with full addresses to the languages that the content exists in."""
    languages = context.get("languages") or []
    request = context.get("request")
    if request is None or len(languages) < 2:
        return []
    links = [_link(context, code) for code in sorted(languages)]
    return [LanguageLink(e.code, e.name, request.build_absolute_uri(e.url)) for e in links]


def _link(context, code):
    here = _here(context)
    there = here if code == get_language() else translate_url(here, code)
    if there == here and code != get_language():
        there = translate_url("/", code)
    return LanguageLink(code, own_name(code), there)


def _here(context):
    """The address that has other languages: the view's `here`, else that of the request."""
    request = context.get("request")
    return context.get("here") or (request.get_full_path() if request else "/")


@register.filter
def iso(date):
    """A date or PartialDate for the `datetime` attribute: without marks of doubt."""
    return str(date).rstrip("?~%")


@register.filter
def own_language_name(code):
    """The name of a language in itself: "Deutsch"."""
    return own_name(code)
