"""The rules of a mapping: which column of a foreign sheet becomes which of ours, when and how."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, model_validator

from culturecoop.notations import NOTATIONS

from .fields import (
    GivenText,
    Length,
    NotWritten,
    ResourceName,
    Slug,
    Text,
    TextLists,
    Texts,
    Words,
    one_of,
)
from .names import SEPARATORS

#: How the sources of a column become its one cell.
COMBINATIONS = {
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
#: The notation of parties that stand as numbers of ISO 3166.
NUMERIC = "numeric"
WRITTEN = ConfigDict(extra="forbid")


def _of_sources(combine, info: ValidationInfo):
    if combine in ("same", "letter") and not info.data.get("sources"):
        message = _("“%(take)s” needs “sources” (headings of the file).")
        raise ValueError(message % {"take": combine})
    return combine


@dataclass
class Rule:
    """How one of our columns (`target`) is filled.

    `value` stands when the sources are empty, or always without sources. `values` gives our word
    for the file's ("*": for all others). `shorten` is the longest length, 0 for any.
    `always` are codes that stand in every row, before those of the sources.
    The rule holds where the cells of the headings in `where` hold one of the texts, and those of
    the headings in `unless` none; an empty list stands for any text.
    """

    __pydantic_config__: ClassVar = WRITTEN

    target: Annotated[str, NotWritten, Field(exclude=True)] = ""
    sources: Texts = ()
    value: Text = ""
    #: Called `take` in mappings.
    combine: Annotated[
        Text, one_of(COMBINATIONS), AfterValidator(_of_sources), Field(alias="take")
    ] = "first"
    notation: Annotated[Text, one_of(["", *NOTATIONS, NUMERIC])] = ""
    separator: Annotated[Text, one_of(["", *SEPARATORS])] = ""
    values: Words = field(default_factory=dict)
    prefix: Slug = ""
    shorten: Length = 0
    always: Texts = ()
    where: TextLists = field(default_factory=dict)
    unless: TextLists = field(default_factory=dict)

    @model_validator(mode="after")
    def _has_something(self):
        if not self.sources and not self.value:
            raise ValueError(_("Expected “sources” (headings of the file) or a “value”."))
        return self


def _with_targets(rules):
    for target, rule in rules.items():
        rule.target = target
    return rules


Rules = Annotated[dict[Text, Rule], AfterValidator(_with_targets)]
GivenRules = Annotated[Rules, Field(min_length=1)]


@dataclass
class RowRule:
    """A further row that is made of a row of the file, where its date is filled.

    `spans` is the heading of cells like “France (1 May 2004 - ); Italy ( - 2010)”: a row for each
    piece, whose sources `party`, `from` and `until` are. Where there is a `question`, it is put to
    the editor, and nothing is entered.
    """

    __pydantic_config__: ClassVar = WRITTEN

    columns: Rules = field(default_factory=dict)
    spans: Text = ""
    question: Text = ""
    where: TextLists = field(default_factory=dict)
    unless: TextLists = field(default_factory=dict)


@dataclass
class Question:
    """A note for the editor on a row of the file where the conditions hold."""

    __pydantic_config__: ClassVar = WRITTEN

    text: GivenText
    where: Annotated[TextLists, Field(min_length=1)]
    unless: TextLists = field(default_factory=dict)


@dataclass
class Further:
    """Another sheet of ours that is filled from the same rows of the file."""

    __pydantic_config__: ClassVar = WRITTEN

    resource: ResourceName
    columns: GivenRules
    rows: Annotated[tuple[RowRule, ...], Field(min_length=1)]
