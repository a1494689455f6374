"""What a mapping says: which column of a foreign sheet becomes which column of ours, and how."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.spreadsheets.reading.limits import LONGEST_SHEET_NAME

from . import checking
from .checking import Invalid, invalid
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
}


@dataclass
class Rule:
    """How one of our columns (`target`) is filled.

    `value` stands when the sources are empty, or always without sources. `values` gives our word
    for the file's ("*": for all others). `shorten` is the longest length, 0 for any.
    `always` are codes that stand in every row, before those of the sources.
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

    @classmethod
    def from_dict(cls, target, content):
        """The rule in the dict; raises Invalid."""
        place = f"columns.{target}"
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
        }
        rule = cls(target, **checking.checked(place, content, kinds))
        if not rule.sources and not rule.value:
            raise invalid(place, _("Expected “sources” (headings of the file) or a “value”."))
        if not rule.sources and rule.take == "same":
            raise invalid(f"{place}.take", _("“same” needs “sources” (headings of the file)."))
        return rule

    def to_dict(self):
        """What differs from the defaults, for JSON and TOML; the target is not in it."""
        plain, content = Rule(self.target), {}
        for name in (*self.__dataclass_fields__,)[1:]:
            value = getattr(self, name)
            if value != getattr(plain, name):
                content[name] = list(value) if isinstance(value, tuple) else value
        return content


@dataclass
class Mapping:
    """How a foreign sheet is read: where its table is, and a rule for each of our columns.

    `names` gives the codes for a name in the file (none: to leave it out), `new_names` the kind
    and the name of codes that the register does not have.
    """

    resource: str
    sheet: str = ""
    heading_rows: tuple = (1, 1)
    encoding: str = ""
    delimiter: str = ""
    empty: tuple = ()
    columns: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    new_names: dict = field(default_factory=dict)
    title: str = ""
    source: str = ""

    @classmethod
    def from_dict(cls, content):
        """The mapping in the dict, as read from TOML or JSON; raises Invalid."""
        kinds = {
            "title": checking.text,
            "source": checking.text,
            "resource": checking.text_up_to(checking.LONGEST_RESOURCE_NAME),
            "sheet": checking.text_up_to(LONGEST_SHEET_NAME),
            "heading_rows": checking.heading_rows,
            "encoding": checking.encoding,
            "delimiter": checking.delimiter,
            "empty": checking.texts,
            "columns": _columns,
            "names": checking.names,
            "new_names": checking.new_names,
        }
        found = checking.checked("", content, kinds)
        for name in ("resource", "columns"):
            if not found.get(name):
                raise invalid(name, _("This has to be given."))
        return cls(**found)

    def to_dict(self):
        """What differs from the defaults, in the order of the documentation."""
        content = {
            "title": self.title,
            "source": self.source,
            "resource": self.resource,
            "sheet": self.sheet,
            "heading_rows": list(self.heading_rows),
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "empty": list(self.empty),
            "columns": {target: rule.to_dict() for target, rule in self.columns.items()},
            "names": {name: list(codes) for name, codes in self.names.items()},
            "new_names": {code: dict(about) for code, about in self.new_names.items()},
        }
        return {name: value for name, value in content.items() if value}

    @classmethod
    def for_resource_sheet(cls, resource, headings):
        """The mapping of a sheet of our own (the name of its resource): each column as it is."""
        rules = {heading: Rule(heading, (heading,), take="same") for heading in headings}
        return cls(resource, columns=rules)


def usable(content):
    """The mapping in the dict; None when it is Invalid, as one of an earlier version can be."""
    try:
        return Mapping.from_dict(content)
    except Invalid:
        return None


def _columns(place, value):
    found = checking.table(place, value)
    return {target: Rule.from_dict(target, content) for target, content in found.items()}
