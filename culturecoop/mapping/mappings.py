"""The content of a mapping: where the table of a foreign sheet is, and our columns' rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, ClassVar

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from culturecoop.tabular.reading.limits import LONGEST_SHEET_NAME

from .appearance import KEPT, MERGED
from .errors import Invalid, first_of
from .fields import (
    Delimiter,
    Encoding,
    GivenText,
    HeadingRows,
    NotWritten,
    ResourceName,
    Text,
    TextLists,
    Texts,
    one_of,
)
from .rules import WRITTEN, Further, GivenRules, Question, RowRule, Rule

#: The order in which a mapping is written, as in the documentation.
ORDER = (
    "title", "source", "resource", "sheet", "heading_rows", "encoding", "delimiter", "empty",
    "merged", "hidden", "struck", "columns", "rows", "questions", "further", "names", "row_names",
    "new_names",
)  # fmt: skip


class NewName(TypedDict):
    """A code that the register does not have."""

    __pydantic_config__ = WRITTEN  # type: ignore[misc]

    kind: GivenText
    name: GivenText


@dataclass
class Mapping:
    """How a foreign sheet is read: where its table is, and a rule for each of our columns.

    `names` gives the codes for a name in the file (none: to leave it out), `row_names` those in
    single rows, by what identifies their rows: {name: {slug: codes}}; `new_names` the kind and the
    name of codes that the register does not have. `merged`, `hidden` and `struck` say what becomes
    of merged cells, hidden rows and what is struck out: see `appearance.py`. With `rows` a row of
    the file makes several of ours; `further` sheets of ours are filled from the same rows.
    `is_further` is true of the parts that stand for these.
    """

    __pydantic_config__: ClassVar = WRITTEN

    resource: ResourceName
    sheet: Annotated[Text, Field(max_length=LONGEST_SHEET_NAME)] = ""
    heading_rows: HeadingRows = (1, 1)
    encoding: Encoding = ""
    delimiter: Delimiter = ""
    empty: Texts = ()
    merged: Annotated[Text, one_of(MERGED)] = ""
    hidden: Annotated[Text, one_of(KEPT)] = ""
    struck: Annotated[Text, one_of(KEPT)] = ""
    columns: Annotated[GivenRules, Field(validate_default=True)] = field(default_factory=dict)
    names: TextLists = field(default_factory=dict)
    row_names: dict[GivenText, TextLists] = field(default_factory=dict)
    new_names: dict[GivenText, NewName] = field(default_factory=dict)
    title: Text = ""
    source: Text = ""
    rows: tuple[RowRule, ...] = ()
    questions: tuple[Question, ...] = ()
    further: tuple[Further, ...] = ()
    is_further: Annotated[bool, NotWritten, Field(exclude=True)] = False

    @classmethod
    def from_dict(cls, content: dict) -> "Mapping":
        """Return the mapping in the dict, as read from TOML or JSON; raises Invalid."""
        try:
            return _schema().validate_python(content)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
            raise first_of(errors, _names_in) from None

    def to_dict(self) -> dict:
        """Return what differs from the defaults, in the order of the documentation."""
        content = _schema().dump_python(self, mode="json", by_alias=True, exclude_defaults=True)
        content["heading_rows"] = list(self.heading_rows)
        return {name: content[name] for name in ORDER if content.get(name)}

    def parts(self) -> Iterator["Mapping"]:
        """Yield the mapping itself, then one for each further sheet of ours."""
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
    def says_more(self) -> bool:
        """Return whether it holds what the page of the columns cannot show."""
        rules = self.columns.values()
        has_conditions = any(rule.where or rule.unless for rule in rules)
        return bool(self.rows or self.questions or self.further) or has_conditions

    @property
    def sources(self) -> set[str]:
        """Return the headings of the file that its rules read."""
        rules = [
            rule
            for part in self.parts()
            for columns in (part.columns, *(row.columns for row in part.rows if not row.spans))
            for rule in columns.values()
        ]
        spans = {row.spans for part in self.parts() for row in part.rows if row.spans}
        return {source for rule in rules for source in rule.sources} | spans

    @classmethod
    def for_resource_sheet(cls, resource: str, headings: Iterable[str]) -> "Mapping":
        """Return the mapping of a sheet of our own, by its resource: each column as it is."""
        rules = {heading: Rule(heading, (heading,), combine="same") for heading in headings}
        return cls(resource, columns=rules)


def usable(content: dict) -> Mapping | None:
    """Return the mapping in the dict; None when it is Invalid, as an earlier one can be."""
    try:
        return Mapping.from_dict(content)
    except Invalid:
        return None


@cache
def _schema():
    return TypeAdapter(Mapping)


#: {key in a mapping: what its tables are}
_TABLES = {
    "columns": Rule, "rows": RowRule, "questions": Question, "further": Further,
    "new_names": NewName,
}  # fmt: skip


def _names_in(place):
    """Return the keys that the table in the place of a mapping may have."""
    if not place:
        return ORDER
    properties = TypeAdapter(_TABLES[place[-2]]).json_schema()["properties"]
    return [name for name in properties if name != "target"]
