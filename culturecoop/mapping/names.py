"""Several names in one cell."""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from culturecoop import notations

#: What can stand between the names of a cell.
SEPARATORS = {
    ";": _("semicolon ;"),
    ",": _("comma ,"),
    "/": _("slash /"),
    "|": _("bar |"),
    "\n": _("a new line each"),
    " - ": _("hyphen with blanks around it"),
    "numbered": _("numbers: 1. 2. 3."),
}
# Separators that names hold too: “Korea, Republic of”.
IN_NAMES = {",", "/", "\n", " - "}
MOST_PIECES = 5
Codes = Iterable[str]
#: Gives the codes of a name, None when nobody knows it.
Find = Callable[[str], Codes | None]

_LITERAL_LINE_END = re.compile(r"(?:\\r)?\\n|\\r|\r\n?")
# A text in brackets, round ones to two levels.
_IN_BRACKETS = r"\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]"
_BRACKETS = re.compile(_IN_BRACKETS)
_BETWEEN_MEMBERS = re.compile(r"[,;/]|\band\b")
_NUMBER = re.compile(r"(?:^|(?<=\s))(\d{1,3})\.\s*")
_AND = re.compile(r"(?:and|et|und|y|e|&)\s+", re.IGNORECASE)


def split(text: str, separator: str, find: Find) -> list[tuple[str, Codes | None]]:
    """Return [(name, codes or None)] of the names in the text, in its order.

    `find(name)` gives the codes of a name, or None. Where names can hold the separator, the
    longest name that is known comes first. A separator in brackets separates nothing.
    """
    text = _LITERAL_LINE_END.sub("\n", text)
    if separator != "\n":
        text = " ".join(text.split())
    text = text.strip()
    if not _plain(text):
        return []
    codes = find(_plain(text))
    if codes is not None or not separator:
        return [_found(text, find)]
    found = _numbered(text) if separator == "numbered" else pieces(text, separator)
    reach = MOST_PIECES if separator in IN_NAMES else 1
    return _longest_first([p for p in found if _plain(p)], separator, reach, find)


def _plain(text):
    """Return the name with single blanks, without separators around it."""
    return " ".join(text.split()).strip(" ,;|/")


def _longest_first(pieces, separator, reach, find):
    names, start = [], 0
    glue = " " if separator == "\n" else separator + (" " if separator == "," else "")
    while start < len(pieces):
        for end in range(min(start + reach, len(pieces)), start + 1, -1):
            name = _plain(glue.join(piece.strip() for piece in pieces[start:end]))
            codes = _codes(name, find)
            if codes is not None:
                names.append((name, codes))
                start = end
                break
        else:
            names.append(_found(pieces[start], find))
            start += 1
    return names


def _found(text, find):
    """Return (name, codes or None): as it is, without what is in brackets, without an “and”."""
    name = _plain(text)
    codes = _codes(name, find)
    if codes is None and _AND.match(name):
        rest = _AND.sub("", name, count=1)
        rest, codes = _found(rest, find)
        name = rest if codes is not None else name
    return name, codes


def _codes(name, find):
    """Return the codes of the name as it is, or without what is in brackets."""
    codes = find(name)
    if codes is None and _BRACKETS.search(name):
        return _without_brackets(name, find)
    return codes


def _without_brackets(name, find):
    """Return the codes of the name before brackets, when these name nobody else.

    “EFTA (Iceland, Norway)” is EFTA; “China (Taiwan)”, “Germany (Democratic Republic)” and
    “Netherlands (for Aruba)” have to be asked.
    """
    short = _plain(_BRACKETS.sub(" ", name))
    codes = find(short) if short else None
    for bracket in _BRACKETS.findall(name):
        inner = bracket.strip()[1:-1].strip()
        turned = find(f"{inner} {short}") if inner else None  # “Korea (Republic of)”
        if turned is not None:
            return turned
        if codes is None or not _is_aside(inner, short, codes, find):
            return None
    return codes


def _is_aside(inner, short, codes, find):
    """Return whether it is a number, a date, the same name again, its initials or members."""
    other = find(inner)
    if other is not None:
        return tuple(other) == tuple(codes)
    if not any(sign.isalpha() for sign in inner) or notations.is_date(inner.strip(" -–")):
        return True
    words = re.findall(r"\w+", short)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    if inner.isupper() and inner in (capitals, "".join(word[0] for word in words).upper()):
        return True
    members = [piece for piece in _BETWEEN_MEMBERS.split(inner) if piece.strip()]
    known = sum(_codes(_plain(piece), find) is not None for piece in members)
    return len(members) > 1 and known * 2 >= len(members)


def pieces(text: str, separator: str) -> list[str]:
    """Return the text split at the separators that are not in brackets."""
    closed = text.count("(") == text.count(")") and text.count("[") == text.count("]")
    outside = f"{_IN_BRACKETS}|" if closed else ""
    pieces, start = [], 0
    for match in re.finditer(outside + re.escape(separator), text):
        if match.group() == separator:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _numbered(text):
    """Return the texts after “1.”, “2.” …; numbers out of order are part of a name."""
    pieces, start, next_number = [], 0, 1
    for match in _NUMBER.finditer(text):
        if int(match[1]) == next_number:
            pieces.append(text[start : match.start()])
            start, next_number = match.end(), next_number + 1
    return [*pieces, text[start:]]
