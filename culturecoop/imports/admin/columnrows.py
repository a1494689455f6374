"""What the page of the columns shows: a row a heading, with the options of its rules."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from culturecoop.mapping import Rule, headings
from culturecoop.mapping.rules import COMBINATIONS
from culturecoop.tabular import lists

from .ruleforms import EMPTY, OPEN, SEPARATOR_NAMES, placed, texts_of
from .targets import CHOICE, DATE, NAMES, SLUG, TEXT

MOST_WORDS = 40
#: Columns that are offered a constant when the file has none for them.
OFTEN_CONSTANT = ("kind", "source_language", "language")


@dataclass
class Options:
    """A rule, and which of its options the page asks for."""

    target: object
    rule: Rule
    sources: list
    words: list = field(default_factory=list)

    @property
    def combinations(self):
        """[(value, label)], what the rule says now among them."""
        offered = self.target.combinations
        kept = self.rule.combine not in dict(offered)
        return [*offered, (self.rule.combine, COMBINATIONS[self.rule.combine])] if kept else offered

    @property
    def asks_combine(self):
        return len(self.sources) > 1 or self.target.kind == SLUG

    @property
    def asks_notation(self):
        return self.target.kind == DATE

    @property
    def asks_prefix(self):
        return self.target.kind == SLUG and self.rule.combine == "slug"

    @property
    def asks_length(self):
        return self.target.kind == TEXT

    @property
    def asks_value(self):
        return self.target.kind in (TEXT, CHOICE)

    @property
    def asks_always(self):
        return self.target.kind == NAMES and self.target.several

    @property
    def always(self):
        return lists.joined(self.rule.always)

    @property
    def separator(self):
        return SEPARATOR_NAMES.get(self.rule.separator, self.rule.separator)


@dataclass
class Word:
    """A word of the file: how often it is among the samples, and what it becomes."""

    text: str
    count: int
    ours: str


@dataclass
class Row:
    """`chosen` are the options of a select for each column it goes to, `blank` those of one more.

    `elsewhere` are (label, heading) of rules whose options stand at another heading.
    """

    column: object
    chosen: list
    blank: str
    options: list
    elsewhere: list


def rows(mapping, columns, targets):
    """[Row] of the headings of the file."""
    sources = {name: placed(mapping, name, columns) for name in mapping.columns}
    found, blank = [], select(targets)
    for column in columns:
        mine = [name for name, said in sources.items() if column.heading in said]
        mine = [name for name in mine if targets.find(name)]
        first = [name for name in mine if sources[name][0] == column.heading]
        elsewhere = [
            (targets.find(name).label, sources[name][0]) for name in mine if name not in first
        ]
        options = [_options(mapping, name, sources[name], columns, targets) for name in first]
        chosen = [_selected(blank, name) for name in mine]
        found.append(Row(column, chosen, blank, options, elsewhere))
    return found


def select(targets):
    """The options of a select with all columns of ours, as HTML."""
    return render_to_string("admin/spreadsheets/targets.html", {"groups": targets.groups()})


def _selected(options, name):
    value = format_html('<option value="{}"', name)
    if value + ">" in options:
        return mark_safe(options.replace(value + ">", value + " selected>", 1))
    return format_html("{} selected>{}</option>{}", value, name, options)


def constants(mapping, columns, targets):
    """[(Target, value)] of columns of ours that have no heading in the file."""
    names = [name for name in OFTEN_CONSTANT if name in targets.resource.fields]
    names += [name for name, rule in mapping.columns.items() if not rule.sources]
    found = []
    for name in dict.fromkeys(names):
        rule = mapping.columns.get(name) or Rule(name)
        if targets.find(name) and not placed(mapping, name, columns):
            found.append((targets.find(name), rule.value))
    return found


def lost_sources(mapping, columns):
    """The sources of the mapping that the sheet has no heading for."""
    found = []
    for name, rule in mapping.columns.items():
        if len(placed(mapping, name, columns)) < len(rule.sources):
            known = {headings.folded(column.heading) for column in columns}
            found += [s for s in rule.sources if headings.folded(s) not in known]
    return list(dict.fromkeys(found))


def _options(mapping, name, sources, columns, targets):
    target, rule = targets.find(name), mapping.columns[name]
    options = Options(target, rule, sources)
    if target.kind == CHOICE or rule.values:
        options.words = _words(rule, target, texts_of(columns, sources))
    return options


def _words(rule, target, texts):
    ours = {code.casefold(): code for code, _label in target.choices}
    ours |= {label.casefold(): code for code, label in target.choices}
    words = dict(texts.most_common(MOST_WORDS))
    words |= {word: texts.get(word, 0) for word in rule.values if word != "*"}
    found = []
    for word, count in words.items():
        answer = rule.values.get(word)
        answer = ours.get(word.casefold(), OPEN) if answer is None else answer or EMPTY
        found.append(Word(word, count, answer))
    others = rule.values.get("*")
    return [*found, Word("*", 0, OPEN if others is None else others or EMPTY)]
