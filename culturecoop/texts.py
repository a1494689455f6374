"""Text that people type: stripped, with line ends as "\\n", without control characters.

No text is longer than 32,000 characters, because a spreadsheet cell holds no more.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 32_000
# What XML 1.0, and so a spreadsheet, cannot hold.
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tidy(text):
    """The text as it is stored: line ends "\\n", no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def folded(text):
    """The text to compare: with single blanks, without case."""
    return " ".join(text.split()).casefold()


def quoted(text):
    """The text in the quotation marks of the language that is active."""
    return gettext("“%(text)s”") % {"text": text}


def whole_number(text):
    """The number that a form or an address names, or None: whatever comes, it raises nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def no_control_characters(text):
    found = FORBIDDEN.search(text)
    if found:
        raise ValidationError(
            _("Character %(position)d is a control character (%(code)s). Remove it."),
            code="control_character",
            params={"position": found.start() + 1, "code": f"U+{ord(found[0]):04X}"},
        )


class TidyMixin:
    """Mixed into a field, before it: its text is tidied."""

    def to_python(self, value):
        value = super().to_python(value)
        return tidy(value) if isinstance(value, str) else value


class TidyFormField(TidyMixin, forms.CharField):
    """A browser sends line ends as "\\r\\n": text that comes back so has not changed."""


class _Tidy(TidyMixin):
    default_validators = [no_control_characters]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TidyFormField} | kwargs)


class LineField(_Tidy, models.CharField):
    """One line of text."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 500} | kwargs)


class PlainTextField(_Tidy, models.TextField):
    """Text in paragraphs, without marks."""

    default_validators = [no_control_characters, MaxLengthValidator(MAX_LENGTH)]


class ReasonField(forms.CharField):
    """The question for a reason, in a box of several lines."""

    def __init__(self, help_text):
        super().__init__(
            label=_("Reason"),
            widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
            validators=[no_control_characters, MaxLengthValidator(MAX_LENGTH)],
            help_text=help_text,
        )


def sort_key(text):
    """What names are sorted by: without regard to case and accents."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if c.isalnum() or c == " "
    ).casefold()
