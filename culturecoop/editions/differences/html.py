"""Differences as HTML: what went in `del`, what came in `ins`, in the blocks that it stands in."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .words import Kind, Piece, Word

TAGS = {"b": "strong", "strong": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
PARAGRAPH = Word("¶")
#: The blocks that look like themselves; all others look like a paragraph.
BLOCKS = ("h2", "h3", "li", "blockquote", "td", "th")


def both(pieces: Iterable[Piece]) -> SafeString:
    """Return both texts in one, with what went and what came."""
    return _blocks(_each(pieces))


def older(pieces: Iterable[Piece]) -> SafeString:
    """Return the older text, with what went."""
    return _blocks(_each(piece for piece in pieces if piece.kind != Kind.ADDED))


def newer(pieces: Iterable[Piece]) -> SafeString:
    """Return the newer text, with what came."""
    return _blocks(_each(piece for piece in pieces if piece.kind != Kind.REMOVED))


def _each(pieces):
    return [(piece.kind, word) for piece in pieces for word in piece.words]


def _blocks(words):
    """Return each block in an element; a block that came or went itself begins with a “¶”."""
    blocks = [("", [])]
    for kind, word in words:
        if word.block:
            blocks.append((word.block, [] if kind == Kind.SAME else [(kind, PARAGRAPH)]))
        else:
            blocks[-1][1].append((kind, word))
    filled = [(_class(name), _runs(inside)) for name, inside in blocks if inside]
    return format_html_join("", '<div class="words{}">{}</div>', filled)


def _class(name):
    """Return how a block looks: as the innermost of those that look like themselves."""
    found = [tag for tag in name.split() if tag in BLOCKS]
    return f" words--{found[-1]}" if found else ""


def _runs(words):
    runs = groupby(words, key=lambda one: (one[0], one[1].marks))
    return format_html_join(
        "", "{}", ((_run(kind, marks, "".join(w.text for _kind, w in same)),)
                   for (kind, marks), same in runs)
    )  # fmt: skip


def _run(kind, marks, text):
    inside = format_html("{}", text)
    for mark in reversed(marks):
        name, _blank, attributes = mark.partition(" ")
        if name in TAGS:
            inside = format_html("<{0}>{1}</{0}>", TAGS[name], inside)
        elif name == "a":
            address = attributes.removeprefix("href=")
            inside = format_html(
                '<u>{}</u><small class="words__address"> {} </small>', inside, address
            )
    if kind == Kind.REMOVED:
        return format_html(
            '<del><span class="visually-hidden">{} </span>{}</del>', _("removed:"), inside
        )
    if kind == Kind.ADDED:
        return format_html(
            '<ins><span class="visually-hidden">{} </span>{}</ins>', _("added:"), inside
        )
    return inside
