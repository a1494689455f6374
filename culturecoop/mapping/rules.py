"""The rules of a mapping: which column of a foreign sheet becomes which of ours, when and how."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import checking
from .checking import invalid
from .names import SEPARATORS
from .notations import NOTATIONS

#: How the sources of a column become its one cell.
TAKES = {
    "first": gettext_lazy("the first one that is not empty"),
    "earliest": gettext_lazy("the earliest date"),
    "latest": gettext_lazy("the latest date"),
    "join": gettext_lazy("all, with a blank between"),
    "lines": gettext_lazy("all, one a line"),
    "labelled": gettext_lazy("all, one a line, each after its heading"),
    "slug": gettext_lazy("all, as a slug"),
    "same": gettext_lazy("the cell as it is"),
    "letter": gettext_lazy("the letter behind a date"),
}


@dataclass
class Rule:
    """How one of our columns (`target`) is filled.

    `value` stands when the sources are empty, or always without sources. `values` gives our word
    for the file's ("*": for all others). `shorten` is the longest length, 0 for any.
    `always` are codes that stand in every row, before those of the sources.
    The rule holds where the cells of the headings in `where` hold one of the texts, and those of
    the headings in `unless` none; an empty list stands for any text.
    """

    target: str
    sources: tuple = ()
    value: str = ""
    take: str = "first"
    notation: str = ""
    separator: str = ""
    values: dict = field(default_factory=dict)
    prefix: str = ""
    shorten: int = 0
    always: tuple = ()
    where: dict = field(default_factory=dict)
    unless: dict = field(default_factory=dict)

    @classmethod
    def from_dict(cls, target, content, place=""):
        """The rule in the dict; raises Invalid."""
        place = place or f"columns.{target}"
        kinds = {
            "sources": checking.texts,
            "value": checking.text,
            "take": checking.one_of(TAKES),
            "notation": checking.one_of(["", *NOTATIONS]),
            "separator": checking.one_of(["", *SEPARATORS]),
            "values": checking.words,
            "prefix": checking.slug,
            "shorten": checking.length,
            "always": checking.texts,
            "where": checking.conditions,
            "unless": checking.conditions,
        }
        rule = cls(target, **checking.checked(place, content, kinds))
        if not rule.sources and not rule.value:
            raise invalid(place, _("Expected “sources” (headings of the file) or a “value”."))
        if not rule.sources and rule.take in ("same", "letter"):
            message = _("“%(take)s” needs “sources” (headings of the file).")
            raise invalid(f"{place}.take", message % {"take": rule.take})
        return rule

    def to_dict(self):
        """What differs from the defaults, for JSON and TOML; the target is not in it."""
        return _differing(self, Rule(self.target), besides={"target"})


@dataclass
class RowRule:
    """A further row that is made of a row of the file, where its date is filled.

    `spans` is the heading of cells like “France (1 May 2004 - ); Italy ( - 2010)”: a row for each
    piece, whose sources `party`, `from` and `until` are. Where there is a `question`, it is put to
    the editor, and nothing is entered.
    """

    columns: dict = field(default_factory=dict)
    spans: str = ""
    question: str = ""
    where: dict = field(default_factory=dict)
    unless: dict = field(default_factory=dict)

    @classmethod
    def from_dict(cls, place, content):
        kinds = {
            "columns": column_rules,
            "spans": checking.text,
            "question": checking.text,
            "where": checking.conditions,
            "unless": checking.conditions,
        }
        return cls(**checking.checked(place, content, kinds))

    def to_dict(self):
        return _differing(self, RowRule())


@dataclass
class Question:
    """What the editor is told of a row of the file where the conditions hold."""

    text: str
    where: dict = field(default_factory=dict)
    unless: dict = field(default_factory=dict)

    @classmethod
    def from_dict(cls, place, content):
        kinds = {
            "text": checking.text,
            "where": checking.conditions,
            "unless": checking.conditions,
        }
        found = checking.checked(place, content, kinds)
        for name in ("text", "where"):
            if not found.get(name):
                raise invalid(f"{place}.{name}", _("This has to be given."))
        return cls(**found)

    def to_dict(self):
        return _differing(self, Question(""))


@dataclass
class Further:
    """Another sheet of ours that is filled from the same rows of the file."""

    resource: str
    columns: dict = field(default_factory=dict)
    rows: tuple = ()

    @classmethod
    def from_dict(cls, place, content):
        kinds = {
            "resource": checking.text_up_to(checking.LONGEST_RESOURCE_NAME),
            "columns": column_rules,
            "rows": checking.tables(RowRule.from_dict),
        }
        found = checking.checked(place, content, kinds)
        for name in ("resource", "columns", "rows"):
            if not found.get(name):
                raise invalid(f"{place}.{name}", _("This has to be given."))
        return cls(**found)

    def to_dict(self):
        return _differing(self, Further(""))


def _differing(self, plain, besides=()):
    """{name: value} of the fields that differ from those of `plain`, for JSON and TOML."""
    names = [name for name in self.__dataclass_fields__ if name not in besides]
    values = {name: getattr(self, name) for name in names}
    return {n: as_plain(value) for n, value in values.items() if value != getattr(plain, n)}


def as_plain(value):
    """The value with its rules as dicts, for JSON and TOML."""
    if isinstance(value, dict):
        return {name: as_plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(inner) for inner in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def column_rules(place, value):
    """{our column: Rule} of the table; raises Invalid."""
    found = checking.table(place, value)
    return {
        target: Rule.from_dict(target, content, f"{place}.{target}")
        for target, content in found.items()
    }
