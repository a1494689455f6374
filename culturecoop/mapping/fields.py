"""The types of what may stand in a mapping: pydantic checks them and gives each its one form."""

import codecs
from collections.abc import Collection
from typing import Annotated

from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from culturecoop.sheets import registry
from culturecoop.tabular.reading import ENCODINGS
from culturecoop.texts import MAX_LENGTH

MOST_HEADING_ROWS = 5
#: The last row that spreadsheet programs know.
LAST_ROW = 2**20


def _without_nul(value):
    if "\0" in value:
        raise ValueError(_("It holds a character that no text can hold (NUL)."))
    return value


def one_of(choices: Collection[str]) -> BeforeValidator:
    """Return the validator of a text that is one of the choices; anything else learns of them."""

    def check(value):
        if not isinstance(value, str) or value not in choices:
            raise ValueError(_expected(choices))
        return value

    return BeforeValidator(check)


def _expected(choices):
    quoted = [f"“{choice}”" for choice in choices if choice]
    expected = get_text_list(quoted, _("or")).replace("\n", "\\n")
    return _("Expected one of: %(names)s.") % {"names": expected}


def _listed(value):
    return [value] if isinstance(value, str) else value


def _slug(value):
    if value != slugify(value):
        message = _("Expected letters without accents, digits and hyphens, such as “%(slug)s”.")
        raise ValueError(message % {"slug": slugify(value) or "list"})
    return value


def _heading_rows(value):
    rows = tuple(value) if isinstance(value, list | tuple) else ()
    whole = len(rows) == 2 and all(type(row) is int for row in rows)
    if not whole or not 1 <= rows[0] <= rows[1] < rows[0] + MOST_HEADING_ROWS <= LAST_ROW:
        raise ValueError(_("Expected the first and the last row of the headings, such as [1, 1]."))
    return rows


def _encoding(value):
    """Return the encoding as we call it, from any usual name such as “Windows-1252”."""
    ours = {codecs.lookup(name).name: name for name, _label in ENCODINGS}
    try:
        return ours[codecs.lookup(value).name] if value != "" else value
    except (LookupError, TypeError, ValueError):
        raise ValueError(_expected([name for name, _label in ENCODINGS])) from None


def _delimiter(value):
    if len(value) > 1 or (value and value in '"\r\n'):
        message = _(
            "“%(text)s” cannot be the delimiter: expected is one character between the columns."
        )
        raise ValueError(message % {"text": value})
    return value


def _resource_name(value):
    if not isinstance(value, str) or registry.find(value) is None:
        raise ValueError(_expected([resource.name for resource in registry.resources()]))
    return value


def _unknown(value):
    raise PydanticCustomError("extra_forbidden", "unknown")


Text = Annotated[str, AfterValidator(_without_nul)]
GivenText = Annotated[Text, Field(min_length=1)]
ResourceName = Annotated[Text, BeforeValidator(_resource_name)]
Texts = tuple[Text, ...]
Words = dict[Text, Text]
#: {heading or name: texts}; a single text may stand without brackets.
TextLists = dict[Text, Annotated[list[Text], BeforeValidator(_listed)]]
Slug = Annotated[Text, AfterValidator(_slug)]
Length = Annotated[int, Field(strict=True, ge=0, le=MAX_LENGTH)]
HeadingRows = Annotated[tuple[int, int], BeforeValidator(_heading_rows)]
Encoding = Annotated[Text, BeforeValidator(_encoding)]
Delimiter = Annotated[Text, AfterValidator(_delimiter)]
#: Of attributes that the code sets, and no mapping may have.
NotWritten = BeforeValidator(_unknown)
