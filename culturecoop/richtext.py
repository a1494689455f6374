"""Rich text with just the marks that the public pages style, sanitised on the way in and out."""

import re
from collections import defaultdict

import nh3
from django.core.validators import MaxLengthValidator
from django.utils.html import escape, strip_tags
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from . import links
from .texts import MAX_LENGTH, TidyFormField, TidyMixin, no_control_characters

NUMERALS = {
    "decimal": ("1", "2", "3"),
    "lower-alpha": ("a", "b", "c"),
    "upper-alpha": ("A", "B", "C"),
    "lower-roman": ("i", "ii", "iii"),
    "upper-roman": ("I", "II", "III"),
}
#: How a list can be numbered; static/css/components/numbering.css draws what HTML does not know.
LIST_TYPES = [
    {"type": f"{numeral}{form}", "label": ", ".join(sample.format(sign) for sign in signs) + ", …"}
    for form, sample in (("", "{}."), ("-in-brackets", "({})"), ("-with-bracket", "{})"))
    for numeral, signs in NUMERALS.items()
] + [{"type": "disc", "label": "•, •, •, …"}]

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"listTypes": LIST_TYPES},
    "ListItem": True,
    "Blockquote": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
    "Clipboard": True,
}

MAX_ROUNDS = 10  # the worst of many that were tried needs four


def sanitizer(tags=(), attributes=None, **options):
    """A function that leaves of an HTML text what the editor knows, and no link that is refused.

    `tags`, `attributes` ({tag: names}) and other `options` of nh3 allow more.
    """
    allowed = allowlist_from_extensions(expand_extensions(EXTENSIONS))
    known = defaultdict(set, {tag: set(names) for tag, names in allowed["attributes"].items()})
    for tag, names in (attributes or {}).items():
        known[tag] |= set(names)
    allowed |= {"tags": {*allowed["tags"], *tags}, "attributes": dict(known), **options}
    cleaner = nh3.Cleaner(**allowed, attribute_filter=_without_refused_links)
    return lambda text: _settled(cleaner.clean, text)


def _settled(clean, text):
    """Cleaned until nothing changes: what a browser makes of it is then what was looked at.

    A link inside a table inside a link, for one, is read otherwise than it is written.
    """
    for _round in range(MAX_ROUNDS):
        before, text = text, clean(text)
        if text == before:
            return text
    return escape(strip_tags(text))


def _without_refused_links(_tag, name, value):
    return links.safe_address(value) if name == "href" else value


_NOTHING = re.compile(r"<(\w+)></\1>")
_sanitize = sanitizer()


def sanitized(text):
    """An HTML text as it is stored; "" when it says nothing."""
    text = _sanitize(text)
    return "" if _NOTHING.fullmatch(text) else text


class RichTextFormField(TidyFormField, ProseEditorFormField):
    """The box of the editor, its line ends tidied."""

    def addresses_in(self, typed):
        """Return the addresses that the links of what was typed lead to."""
        return [address.strip() for address in links.addresses_in(typed)]


class RichTextField(TidyMixin, ProseEditorField):
    """HTML of a known vocabulary. `clean()` sanitises; imports must call `full_clean()`."""

    default_validators = [no_control_characters, MaxLengthValidator(MAX_LENGTH)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": sanitized} | kwargs)

    def clean(self, value, instance):
        """Report a refused link, which the sanitiser would silently remove."""
        links.check_links(self.to_python(value) or "")
        return super().clean(value, instance)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        for key in ("extensions", "sanitize", "config"):
            kwargs.pop(key, None)
        return name, "culturecoop.richtext.RichTextField", args, kwargs
