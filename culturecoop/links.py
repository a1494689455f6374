"""Where links may lead: one rule for rich text, for fields that hold an address, for imports.

A link leads to another site by its whole address (`https://…`); inside rich text also to this
site (`/agreements/korea/`), to a heading (`#why`) or to a mailbox. What lacks just its scheme is
mended; all else is refused with a sentence that says what was expected.
"""

import posixpath
import re
from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import html

# Browsers drop some blanks, read a backslash as a stroke, and show neither.
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\xa0\\]")
_WITHOUT_SCHEME = re.compile(r"www\.[^\s/@:]+\.[^\s@]+", re.IGNORECASE)
_MAILBOX = re.compile(r"mailto:[^@?]+@[^@?]+(\?.*)?", re.IGNORECASE)
_is_web_address = URLValidator(schemes=["http", "https"])


def mended(address):
    """The address as it is stored: without blanks around it, "www.…" with its scheme."""
    address = address.strip()
    return f"https://{address}" if _WITHOUT_SCHEME.fullmatch(address) else address


def host_of(address):
    """Where an address outside leads: "eur-lex.europa.eu"."""
    return address.partition("//")[2].partition("/")[0].removeprefix("www.")


def is_internal(address):
    """Whether it is a path of this site."""
    return address.startswith("/") and not address.startswith("//")


def why_refused(address, *, inside=False):
    """Why no link may lead there, in a sentence; "" when one may.

    `inside` rich text, a link may also lead to a place of this site or to a mailbox.
    """
    if _BLANK.search(address):
        return _("An address has no blanks, control characters or “\\” inside.")
    try:
        parts = urlsplit(address)
        is_whole = parts.port != 0  # above 65535 it is a ValueError
    except ValueError:
        is_whole = False
    if not is_whole:
        return _expected(inside)
    if "@" in parts.netloc:
        return _("Leave out what stands before “@”: a name or a password does not belong there.")
    if _leads_to_admin(address, parts):
        return _("Readers cannot open the pages of the editors. Give a public address.")
    return "" if _is_known(address, inside) else _expected(inside)


def _expected(inside):
    if inside:
        return _(
            "Expected an address of this site, like /agreements/korea/, or one that begins with "
            "https://, http:// or mailto:."
        )
    return _("Expected an address that begins with https:// or http://.")


def _leads_to_admin(address, parts):
    """A browser resolves "/x/../admin/", and the server takes "/%61dmin/" for the same."""
    if not is_internal(address) and parts.hostname not in settings.ALLOWED_HOSTS:
        return False
    path = "/" + posixpath.normpath(unquote(parts.path)).strip("/") + "/"
    return path.startswith(reverse("admin:index"))


def _is_known(address, inside):
    if inside and (is_internal(address) or address.startswith("#") or _MAILBOX.fullmatch(address)):
        return True
    try:
        _is_web_address(address)
    except ValidationError:
        return False
    return True


def check_address(address):
    """Raise ValidationError when no link may lead to the address of another site."""
    if why := why_refused(address):
        raise ValidationError(
            gettext_lazy("No link can lead to “%(address)s”. %(why)s"),
            code="address",
            params={"address": address, "why": why},
        )


class AddressFormField(forms.CharField):
    """The box of an address. The model field says what is wrong with it."""

    widget = forms.URLInput

    def to_python(self, value):
        return mended(super().to_python(value))

    def addresses_in(self, typed):
        """Return the addresses of what was typed: all of it is one."""
        return [typed.strip()]


class AddressField(models.URLField):
    """The whole address of something on another site."""

    default_validators = [check_address]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 500} | kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return mended(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": AddressFormField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


# Inside rich text ------------------------------------------------------------------------------


def links_in(text):
    """[(address, words)] of the links of an HTML text, in their order."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    whole = f"<div>{text}</div>".encode(errors="replace")
    links = html.document_fromstring(whole, parser=parser).iter("a", "area")
    return [(a.get("href"), " ".join(a.text_content().split())) for a in links if a.get("href")]


def addresses_in(text):
    """The addresses that the links of an HTML text lead to, each once."""
    return list(dict.fromkeys(address for address, _words in links_in(text)))


def check_links(text):
    """Raise ValidationError with a sentence for each link of an HTML text that is refused."""
    faults = [
        ValidationError(
            gettext_lazy("The link “%(words)s” cannot lead to “%(address)s”. %(why)s"),
            code="address",
            params={"words": words or address, "address": address, "why": why},
        )
        for address, words in links_in(text)
        if (why := why_refused(mended(address), inside=True))
    ]
    if faults:
        raise ValidationError(faults)


def safe_address(address):
    """The address of a link in rich text as readers get it, or None where it may not lead."""
    address = mended(address)
    return None if why_refused(address, inside=True) else address


# Completed addresses --------------------------------------------------------------------------


def completion_notes(forms_):
    """Return a sentence for each address in bound forms that was completed."""
    typed = [
        address
        for form in forms_
        for name in form.changed_data
        if hasattr(form.fields[name], "addresses_in")
        for address in form.fields[name].addresses_in(form[name].data or "")
    ]
    pairs = {address: mended(address) for address in typed if mended(address) != address}
    sentence = _("“%(typed)s” was completed to “%(stored)s”.")
    return [sentence % {"typed": typed, "stored": stored} for typed, stored in pairs.items()]
