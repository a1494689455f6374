"""What may stand in a mapping: each function checks a value and gives it in its one form.

They take the place of the value in the mapping (“columns.slug.take”) and raise Invalid.
"""

import codecs

from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _

from culturecoop.tabular.reading import ENCODINGS, storable
from culturecoop.texts import MAX_LENGTH

MOST_HEADING_ROWS = 5
#: The last row that spreadsheet programs know.
LAST_ROW = 2**20
LONGEST_RESOURCE_NAME = 50


class Invalid(Exception):
    """A mapping that cannot be used; its text names the place and what was expected."""


def invalid(place, message):
    return Invalid(storable(f"{place}: {message}" if place else message))


def checked(place, content, kinds):
    """The content with each value as its kind, {name: function}, makes it."""
    if not isinstance(content, dict):
        raise invalid(place, _("Expected a table."))
    found = {}
    for name, value in content.items():
        inner = f"{place}.{name}" if place else str(name)
        if name not in kinds:
            expected = get_text_list(list(kinds), _("or"))
            raise invalid(inner, _("Unknown. Expected: %(names)s.") % {"names": expected})
        found[name] = kinds[name](inner, value)
    return found


def text(place, value):
    if not isinstance(value, str):
        raise invalid(place, _("Expected a text in quotes."))
    if "\0" in value:
        raise invalid(place, _("It holds a character that no text can hold (NUL)."))
    return value


def text_up_to(longest):
    def check(place, value):
        if len(text(place, value)) > longest:
            message = _("Expected at most %(count)d characters.") % {"count": longest}
            raise invalid(place, message)
        return value

    return check


def texts(place, value):
    if not isinstance(value, list | tuple):
        raise invalid(place, _("Expected a list of texts."))
    return tuple(text(place, item) for item in value)


def one_of(choices):
    def check(place, value):
        if not isinstance(value, str) or value not in choices:
            raise invalid(place, _expected(choices))
        return value

    return check


def _expected(choices):
    quoted = [f"“{choice}”" for choice in choices if choice]
    expected = get_text_list(quoted, _("or")).replace("\n", "\\n")
    return _("Expected one of: %(names)s.") % {"names": expected}


def table(place, value, message=""):
    """The table with names that can be stored."""
    if not isinstance(value, dict):
        raise invalid(place, message or _("Expected a table."))
    return {text(place, str(name)): inner for name, inner in value.items()}


def words(place, value):
    message = _("Expected a table: a word of the file = a word of ours.")
    found = table(place, value, message)
    return {name: text(f"{place}.{name}", word) for name, word in found.items()}


def conditions(place, value):
    """{heading: texts} of what a cell has to hold; a single text may stand without brackets."""
    found = table(place, value, _("Expected a table: a heading of the file = texts."))
    lists = {name: [said] if isinstance(said, str) else said for name, said in found.items()}
    return {name: list(texts(f"{place}.{name}", said)) for name, said in lists.items()}


def tables(check):
    """A check of a list of tables, each of which `check(place, content)` makes something of."""

    def check_all(place, value):
        if not isinstance(value, list | tuple):
            raise invalid(place, _("Expected a list of tables."))
        return tuple(check(f"{place}.{number}", content) for number, content in enumerate(value, 1))

    return check_all


def slug(place, value):
    if text(place, value) != slugify(value):
        message = _("Expected letters without accents, digits and hyphens, such as “%(slug)s”.")
        raise invalid(place, message % {"slug": slugify(value) or "list"})
    return value


def length(place, value):
    if type(value) is not int or not 0 <= value <= MAX_LENGTH:
        raise invalid(place, _("Expected a number of characters."))
    return value


def heading_rows(place, value):
    rows = tuple(value) if isinstance(value, list | tuple) else ()
    whole = len(rows) == 2 and all(type(row) is int for row in rows)
    if not whole or not 1 <= rows[0] <= rows[1] < rows[0] + MOST_HEADING_ROWS <= LAST_ROW:
        raise invalid(
            place, _("Expected the first and the last row of the headings, such as [1, 1].")
        )
    return rows


def encoding(place, value):
    """The encoding as we call it; other usual names, such as “Windows-1252”, are known too."""
    if not text(place, value):
        return value
    ours = {codecs.lookup(name).name: name for name, _label in ENCODINGS}
    try:
        found = ours.get(codecs.lookup(value).name)
    except (LookupError, ValueError):
        found = None
    if found is None:
        raise invalid(place, _expected([name for name, _label in ENCODINGS]))
    return found


def delimiter(place, value):
    if len(text(place, value)) > 1 or (value and value in '"\r\n'):
        raise invalid(
            place,
            _("“%(text)s” cannot be the delimiter: expected is one character between the columns.")
            % {"text": value},
        )
    return value


def names(place, value):
    """{name: [codes]}; a single code may stand without brackets."""
    found = table(place, value, _("Expected a table: a name in the file = a code."))
    lists = {name: [codes] if isinstance(codes, str) else codes for name, codes in found.items()}
    return {name: list(texts(f"{place}.{name}", codes)) for name, codes in lists.items()}


def new_names(place, value):
    """{code: {"kind": …, "name": …}}, both given."""
    found = {}
    for code, about in table(place, value).items():
        inner = f"{place}.{code}"
        found[code] = checked(inner, about, {"kind": text, "name": text})
        if not code or not all(found[code].get(part) for part in ("kind", "name")):
            raise invalid(inner, _("Expected “kind” and “name”."))
    return found
