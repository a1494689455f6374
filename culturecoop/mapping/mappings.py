"""What a mapping says: where the table of a foreign sheet is, and the rules for our columns."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from culturecoop.tabular.reading.limits import LONGEST_SHEET_NAME

from . import checking
from .checking import Invalid, invalid
from .rules import Further, Question, RowRule, Rule, as_plain, column_rules


@dataclass
class Mapping:
    """How a foreign sheet is read: where its table is, and a rule for each of our columns.

    `names` gives the codes for a name in the file (none: to leave it out), `new_names` the kind
    and the name of codes that the register does not have. With `rows` a row of the file makes
    several of ours; `further` sheets of ours are filled from the same rows. `is_further`
    is true of the parts that stand for these.
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
    rows: tuple = ()
    questions: tuple = ()
    further: tuple = ()
    is_further: bool = False

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
            "columns": column_rules,
            "names": checking.names,
            "new_names": checking.new_names,
            "rows": checking.tables(RowRule.from_dict),
            "questions": checking.tables(Question.from_dict),
            "further": checking.tables(Further.from_dict),
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
            "columns": as_plain(self.columns),
            "rows": as_plain(self.rows),
            "questions": as_plain(self.questions),
            "further": as_plain(self.further),
            "names": {name: list(codes) for name, codes in self.names.items()},
            "new_names": {code: dict(about) for code, about in self.new_names.items()},
        }
        return {name: value for name, value in content.items() if value}

    def parts(self):
        """The mapping itself, then one for each further sheet of ours."""
        yield self
        for further in self.further:
            yield replace(
                self,
                resource=further.resource,
                columns=further.columns,
                rows=further.rows,
                questions=(),
                further=(),
                is_further=True,
            )

    @property
    def says_more(self):
        """Whether it holds what the page of the columns cannot show."""
        rules = self.columns.values()
        has_conditions = any(rule.where or rule.unless for rule in rules)
        return bool(self.rows or self.questions or self.further) or has_conditions

    @property
    def sources(self):
        """The headings of the file that its rules read."""
        rules = [
            rule
            for part in self.parts()
            for columns in (part.columns, *(row.columns for row in part.rows if not row.spans))
            for rule in columns.values()
        ]
        spans = {row.spans for part in self.parts() for row in part.rows if row.spans}
        return {source for rule in rules for source in rule.sources} | spans

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
