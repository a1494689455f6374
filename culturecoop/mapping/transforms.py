"""From the texts of the sources to the one cell of a rule.

`compiled(rule, translator)` gives a function of [(index of the column, text)] and the row; it
returns the cell, and adds what is wrong to the row's errors and notes.
"""

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _

from culturecoop import notations
from culturecoop.notations import Sentinel
from culturecoop.sheets.columns import ChoiceWidget, CodesWidget, DateWidget, ListWidget
from culturecoop.tabular import lists
from culturecoop.texts import folded

from . import names
from .errors import Invalid, invalid
from .parties import Parties
from .rules import NUMERIC, Rule

LONGEST_SLUG = 150
REMEMBERED = 50_000
DATE_COMBINATIONS = {"first", "earliest", "latest"}
_SIGN = re.compile(r"[^\w\s]")
_OTHER_ORDER = {"day_first": "month_first", "month_first": "day_first"}


def compiled(rule: Rule, translator: Any) -> Callable[[list[tuple[int, str]], Any], str]:
    """Return the function of the rule; raises Invalid when the rule does not fit its column.

    `translator` has what the rules of a table share: see `tables.Table`.
    """
    widget = translator.resource.column(rule.target).widget
    index = translator.index_of_names(rule.target)
    _check_parties(rule, index)
    if rule.combine == "same":
        return _same
    if rule.combine == "slug":
        return partial(_slug, rule)
    if rule.combine == "letter":
        return _Letter(rule, translator)
    if index is not None:
        return Parties(rule, translator, index)
    if isinstance(widget, DateWidget) or rule.notation or rule.combine in ("earliest", "latest"):
        return _Dates(rule, translator)
    if rule.values:
        return _Words(rule, translator, widget)
    return partial(_text, rule, translator.headings)


def _check_parties(rule, index):
    """Raise Invalid where the rule says of another column what only parties can have."""
    place = f"columns.{rule.target}"
    if rule.always and (index is None or rule.combine in ("same", "slug")):
        message = _("“always” is for columns of parties, and not for “same” and “slug”.")
        raise invalid(place, message)
    if rule.notation == NUMERIC and index is None:
        message = _("“%(notation)s” is for columns of parties.") % {"notation": NUMERIC}
        raise invalid(f"{place}.notation", message)


def _same(texts, row):
    return texts[0][1]


def _text(rule, headings, texts, row):
    text = _together(rule, headings, texts) or rule.value
    return _shortened(text, rule.shorten) if rule.shorten else text


def _together(rule, headings, texts):
    """Return the texts that are not empty, combined as the rule has it."""
    filled = [(index, text) for index, text in texts if text]
    if not filled:
        return ""
    if rule.combine == "join":
        return " ".join(text for _index, text in filled)
    if rule.combine == "lines":
        return "\n".join(text for _index, text in filled)
    if rule.combine == "labelled":
        return "\n".join(f"{headings[index]}: {text}" for index, text in filled)
    return filled[0][1]


def _shortened(text, longest):
    """Return the text cut at a word, with “…”, when it is longer."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at_word = cut if text[len(cut)].isspace() else cut.rpartition(" ")[0]
    return f"{(at_word or cut).rstrip(' ,;:.-–')}…"


def _slug(rule, texts, row):
    """Return the sources as one slug; a long one is cut and ends in a hash of the whole."""
    parts = [_slug_part(text) for _index, text in texts if text]
    if not parts:
        return rule.value
    whole = "-".join([rule.prefix, *parts] if rule.prefix else parts)
    if len(whole) <= LONGEST_SLUG:
        return whole
    return f"{whole[: LONGEST_SLUG - 9].rstrip('-')}-{_hash(whole)}"


def _slug_part(text):
    """Return the text as a slug; with a hash of it where a slug cannot hold all of its letters.

    Other signs are hyphens: the numbers 11/2 and 1/12 are not the same.
    """
    slug = slugify(_SIGN.sub("-", text))
    letters = unicodedata.normalize("NFKD", text)
    if slug and all(letter.isascii() or not letter.isalnum() for letter in letters):
        return slug
    return f"{slug}-{_hash(text)}" if slug else _hash(text)


def _hash(text):
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class _Dates:
    """The first, earliest or latest date of the sources.

    A date that is valid only in the other order of day and month makes those written with the
    same sign doubtful: they are refused from then on, and `translator.swapped` keeps it for the
    next reading of the file.
    """

    def __init__(self, rule, translator):
        if rule.combine not in DATE_COMBINATIONS:
            raise Invalid(
                _("columns.%(target)s: of dates, “take” can be “first”, “earliest” or “latest”.")
                % {"target": rule.target}
            )
        self.rule, self.headings = rule, translator.headings
        self.swapped = translator.swapped.setdefault(f"{translator.place}.{rule.target}", {})
        self.read = lru_cache(REMEMBERED)(self._read)

    def __call__(self, texts, row):
        dates = []
        for index, text in texts:
            if not text:
                continue
            date, message, is_note = self.read(text)
            if message:
                into = row.notes if is_note else row.errors
                into.append([self.headings[index], text, message])
            elif self.rule.combine == "first":
                return date
            else:
                dates.append(date)
        return self._chosen(dates) or self.rule.value

    def _chosen(self, dates):
        if not dates:
            return ""
        choose = max if self.rule.combine == "latest" else min
        return choose(dates, key=notations.order)

    def _read(self, text):
        """Return (date, why there is none, whether that is only a note)."""
        try:
            date = notations.read(text, self.rule.notation)
        except ValidationError as error:
            self._note_order(text)
            return "", error.messages[0], isinstance(error, Sentinel)
        sign, can_be_exchanged = notations.exchangeable(text) or ("", False)
        if can_be_exchanged and sign in self.swapped:
            message = _(
                "Day and month are not certain: “%(other)s” in the same column has them the other "
                "way round. Write the month in words."
            )
            return "", message % {"other": self.swapped[sign]}, False
        return date, "", False

    def _note_order(self, text):
        """Remember a text that is a date in the other order of day and month only."""
        other, figures = _OTHER_ORDER.get(self.rule.notation), notations.exchangeable(text)
        if other and figures:
            with contextlib.suppress(ValidationError):
                notations.read(text, other)
                self.swapped.setdefault(figures[0], text)


class _Letter:
    """Our word for the letter behind a date: “24 Jan 1983 a” is an accession.

    A date without a letter has the `value` of the rule. “a” and “A” are two letters.
    """

    def __init__(self, rule, translator):
        self.rule, self.headings = rule, translator.headings

    def __call__(self, texts, row):
        index, text = next(((i, t) for i, t in texts if t), (None, ""))
        letter = notations.split_letter(text)[1]
        word = self.rule.values.get(letter) if letter else self.rule.value
        if text and not word:
            row.errors.append([self.headings[index], text, self._message(letter)])
        return word or ""

    def _message(self, letter):
        known = {"known": get_text_list([f"“{word}”" for word in self.rule.values], _("and"))}
        if not letter:
            return _("No letter stands behind the date. The mapping knows %(known)s.") % known
        known["letter"] = letter
        return _("The letter “%(letter)s” is not known. The mapping knows %(known)s.") % known


class _Words:
    """Our words for the file's; several in a cell when the rule has a separator."""

    def __init__(self, rule, translator, widget):
        self.rule, self.headings = rule, translator.headings
        self.ours = {folded(word): word for word in rule.values.values()}
        if isinstance(widget, ChoiceWidget):
            self.ours |= {folded(str(code)): str(code) for code, _label in widget.field.flatchoices}
        elif isinstance(widget, CodesWidget):
            self.ours |= {folded(code): code for code in widget.known()}
        self.words = self.ours | {folded(word): ours for word, ours in rule.values.items()}
        self.others = rule.values.get("*")
        self.several = bool(rule.separator) or isinstance(widget, CodesWidget | ListWidget)

    def __call__(self, texts, row):
        found: dict[str, None] = {}
        for index, text in texts:
            for word in self._split(text):
                ours = self.words.get(folded(word), self.others)
                if ours is None:
                    row.errors.append([self.headings[index], word, self._expected()])
                elif ours:
                    found[ours] = None
            if text and self.rule.combine == "first":
                break
        joined = lists.joined(list(found)) if self.several else " ".join(found)
        return joined or self.rule.value

    def _split(self, text):
        if not self.rule.separator:
            return [text] if text else []
        return [name for name, _codes in names.split(text, self.rule.separator, lambda name: None)]

    def _expected(self):
        known = [word for word in self.rule.values if word != "*"][:20]
        return _("Unknown word. The mapping has %(words)s.") % {
            "words": get_text_list([f"“{word}”" for word in known], _("and"))
        }
