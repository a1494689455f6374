"""A partial date as an editor types it: “16.12.2007”, “12/2008”, “um 2007”, or as it is stored.

What the spreadsheets can read is read, by the same notations. Where day and month could be
exchanged the day stands first, as the institutions of the European Union write it; the form says
in words how it was understood.
"""

import re
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import notations
from .dates import PartialDate, existing

#: The longest date in words, with its weekday, is far shorter.
MAX_LENGTH = 60
_ABOUT = re.compile(
    r"(?:(?:around|about|circa|ca|um|etwa|vers|environ)\s|ca?\.)\s*(?P<date>.+)", re.IGNORECASE
)
_TWO_DIGITS = re.compile(r"(?!.*\d{4})(?:.*\D)?\d\d\.?")


def read(text: str) -> PartialDate:
    """Return the date in the text; ValidationError says why there is none."""
    plain = " ".join(text.split())
    try:
        return PartialDate.parse(plain)
    except ValueError:
        about = _ABOUT.fullmatch(plain[: MAX_LENGTH + 1])
    date = _read(about["date"] if about else plain, plain)
    return replace(date, mark="%" if date.uncertain else "~") if about else date


def _read(text, typed):
    """Return the date in the text: what was typed, without the word for “about”."""
    if len(typed) > MAX_LENGTH:
        raise _unread(f"{typed[:MAX_LENGTH]}…")
    if notations.split_letter(text)[1]:  # of lists that have the letter of the act behind the day
        raise _unread(typed)
    figures = notations.exchangeable(text)
    found = notations.parts(text, "day_first" if figures and figures[1] else "")
    if found is None:
        raise _short_year() if _TWO_DIGITS.fullmatch(text) else _unread(typed)
    year, month, day, mark = found
    if year < notations.EARLIEST:
        raise _short_year()
    return existing(year, month, day, mark)


def _short_year():
    return ValidationError(
        _("Write the year with four digits: otherwise the century is not known."), code="century"
    )


def _unread(typed):
    return ValidationError(
        _(
            "“%(value)s” cannot be read as a date. Write 16.12.2007, 12/2007 or 2007; add ? when "
            "uncertain, ~ when approximate."
        ),
        code="invalid",
        params={"value": typed},
    )


def said(text: str) -> tuple[str, bool]:
    """Return what is understood of the text, or why nothing is; and whether it is understood."""
    try:
        return read(text).display(), True
    except ValidationError as error:
        return " ".join(error.messages), False


def is_plain(text: str) -> bool:
    """Return whether the text is as it is stored, and needs no explanation: “2007-12-16”."""
    try:
        return not PartialDate.parse(text).mark
    except ValueError:
        return False
