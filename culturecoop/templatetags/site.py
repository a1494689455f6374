"""What templates of the whole site need: languages and dates."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import translate_url
from django.utils import dateformat, timezone
from django.utils.html import format_html_join
from django.utils.translation import get_language

from culturecoop.dates import day_format
from culturecoop.languages import language_name, own_name
from culturecoop.links import host_of
from culturecoop.stylesheets import SHEETS

register = template.Library()
register.filter(language_name)
register.filter("own_language_name", own_name)
register.filter("host", host_of)


@register.simple_tag
def style_sheets():
    """The names of the style sheets of the public pages: one where they were collected."""
    return getattr(staticfiles_storage, "style_sheets", SHEETS)


@dataclass(frozen=True)
class LanguageLink:
    """This page in another language of the site."""

    code: str
    name: str
    url: str


@register.simple_tag(takes_context=True)
def language_links(context):
    """LanguageLinks to the site's other languages; the home page where the address has none."""
    here = _address(context)
    return [_link(here, code) for code, _n in settings.LANGUAGES if code != get_language()]


@register.simple_tag(takes_context=True)
def alternates(context):
    """LanguageLinks with full addresses to the languages that the content exists in."""
    languages = context.get("languages") or []
    request = context.get("request")
    if request is None or len(languages) < 2:
        return []
    links = [_link(request.path, code) for code in sorted(languages)]
    return [LanguageLink(e.code, e.name, request.build_absolute_uri(e.url)) for e in links]


def _link(here, code):
    there = here if code == get_language() else translate_url(here, code)
    if there == here and code != get_language():
        there = translate_url("/", code)
    return LanguageLink(code, own_name(code), there)


def _address(context):
    """The address that has other languages: the reader's, with its day and its filters.

    Editions are numbered in their language, and previews have no other address: there it is
    that of what is published (`here`), with the day.
    """
    request, reading = context.get("request"), context.get("reading")
    fixed = reading is not None and (reading.past or reading.draft)
    if request is None or fixed:
        return context.get("here", "/") + (reading.query if fixed else "")
    return request.get_full_path()


@register.simple_tag(takes_context=True)
def absolute(context, address):
    """An address of the site in full, with its host; as it is where there is no request."""
    request = context.get("request")
    return request.build_absolute_uri(address) if request else address


@register.simple_tag
def today():
    """The day on which a page is read: no page is kept beyond its end."""
    return timezone.localdate()


@register.filter
def iso(date):
    """A date or PartialDate for the `datetime` attribute: without marks of doubt."""
    return str(date).rstrip("?~%")


@register.filter
def times(dates):
    """PartialDates in words, each in an element of its own, with commas between them."""
    return format_html_join(
        ", ", '<time datetime="{}">{}</time>', [(iso(d), d.display()) for d in dates]
    )


@register.filter(expects_localtime=True)
def day(date):
    """A date, or the local day of a datetime, as the active language writes days; "" for None."""
    return dateformat.format(date, day_format(date.day)) if date else ""
