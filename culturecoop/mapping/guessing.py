"""A first mapping for a sheet: from its headings, its first rows and earlier mappings.

The editor looks it over, so it leaves a column out rather than filling it with the wrong thing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from culturecoop import notations
from culturecoop.sheets.columns import ChoiceWidget, CodesWidget, DateWidget
from culturecoop.sheets.resources import SheetResource
from culturecoop.tabular.reading import Cell, as_text

from . import words
from .mappings import Mapping
from .partycolumns import parties
from .rules import Rule

#: Words of a cell that stands for nothing.
EMPTY = {"na", "n/a", "--", "-", "nan", "null", "none"}
# The share of the samples that have to be of the kind of the column.
ENOUGH = 0.5
ORDERS = {"day_first", "month_first"}
_PAIR = re.compile(r"\s*[(\[]?\b(?:[A-Z]|\d+)\b[)\]]?$")


def guess(
    resource: SheetResource,
    headings: Sequence[str],
    samples: Sequence[Sequence[Cell]],
    earlier: Iterable[Mapping] = (),
) -> Mapping:
    """Return a mapping to start from. Samples are the cells of some rows under the headings.

    Of the earlier mappings, the one with most sources whose sources all stand in the headings is
    returned as it is.
    """
    known = _earlier(resource, headings, earlier)
    if known:
        return replace(known, sheet="", heading_rows=(1, 1), encoding="", delimiter="")
    if set(resource.required) <= set(headings) and not resource.unknown(headings):
        return Mapping.for_resource_sheet(resource.name, headings)
    return _Guess(resource, headings, samples).mapping()


def _earlier(resource, headings, earlier):
    fitting = (
        mapping
        for mapping in earlier
        if mapping.resource == resource.name
        and mapping.sources
        and mapping.sources <= set(headings)
    )
    return max(fitting, key=lambda mapping: len(mapping.sources), default=None)


class _Guess:
    def __init__(self, resource, headings, samples):
        self.resource, self.headings = resource, list(headings)
        self.plain = [words.plain(heading) for heading in headings]
        self.empty = set()
        self.all_texts = [
            [as_text(row[index]).strip() if index < len(row) else "" for row in samples]
            for index in range(len(headings))
        ]
        self.samples = [self._meaning(texts) for texts in self.all_texts]
        self.language = words.language_of(self.plain)
        self.own = [name for name in words.COLUMNS if resource.column(name) is not None]
        if resource.column(f"title_{self.language}") is not None:
            self.own.insert(0, "title")
        self.used = set()

    def mapping(self) -> Mapping:
        rules = self._titles() if "title" in self.own else {}
        rules |= {target: rule for target in self._targets(rules) if (rule := self._rule(target))}
        self._share_order(rules)
        if "slug" in self.resource.required:
            rules = self._slug(rules) | rules
        column = self.resource.column("source_language")
        if column is not None and len(rules) > 1:
            rules.setdefault("source_language", Rule("source_language", value=self.language))
        return Mapping(self.resource.name, columns=rules, empty=tuple(sorted(self.empty)))

    def _titles(self):
        """Return the rules of titles whose headings name a language: “title_fr”, “Titel (DE)”."""
        places: dict[str, int] = {}
        for index, plain in enumerate(self.plain):
            target = f"title_{words.language_of_title(plain)}"
            is_better = target not in places or not self.samples[places[target]]
            if self.resource.column(target) is not None and is_better:
                places[target] = index
        self.used.update(places.values())
        return {target: Rule(target, (self.headings[i],)) for target, i in places.items()}

    def _targets(self, rules):
        """Return the columns to look for, those with a clear kind of content first."""
        named = {name: f"title_{self.language}" if name == "title" else name for name in self.own}
        return [named[n] for n in self.own if n not in ("slug", "base") and named[n] not in rules]

    def _rule(self, target):
        """Return the rule of the column, from the heading that fits it best; None without one.

        One that is filled goes before one that is empty.
        """
        found = self.resource.names(target)
        free = [index for index in range(len(self.headings)) if index not in self.used]
        if found is not None:
            rule = self._parties(target, found, free)
        else:
            scores = {index: score for index in free if (score := self._score(index, target))}
            order = sorted(scores, key=lambda i: (bool(self.samples[i]), scores[i]), reverse=True)
            rule = next(filter(None, (self._fitting(target, index) for index in order)), None)
        if rule:
            self.used.update(self.headings.index(source) for source in rule.sources)
        return rule

    def _score(self, index, target):
        """Return how well the heading fits a column; 0 where it fits another one better."""
        name = "title" if target.startswith("title_") else target
        score = words.score(self.plain[index], name)
        others = (words.score(self.plain[index], other) for other in self.own if other != name)
        return score if score >= max(others, default=0) else 0

    def _parties(self, target, index, free):
        headings = [self.headings[i] for i in free]
        samples = [self.samples[i] for i in free]
        several = isinstance(self.resource.column(target).widget, CodesWidget)
        return parties(target, headings, samples, index, several=several)

    def _fitting(self, target, index):
        """Return the rule that reads this column of the file, None when its samples do not fit."""
        source, texts = self.headings[index], self.samples[index]
        widget = self.resource.column(target).widget
        if isinstance(widget, DateWidget):
            return self._dates(target, index)
        if isinstance(widget, ChoiceWidget):
            return _choices(target, source, texts, widget)
        return Rule(target, (source,))

    def _dates(self, target, index):
        texts = self.samples[index]
        dated = [text for text in texts if notations.is_date(text)]
        if len(dated) < len(texts) * ENOUGH:
            return None
        sources = tuple(self.headings[i] for i in self._alike(index))
        combine = "earliest" if len(sources) > 1 else "first"
        notation = notations.guess(self._texts(sources))
        return Rule(target, sources, combine=combine, notation=notation)

    def _alike(self, index):
        """Return the columns that differ from this one by a letter or number: “(G)”, “(S)”."""
        stem = _PAIR.sub("", self.headings[index])
        if stem == self.headings[index] or not stem:
            return [index]
        return [i for i, heading in enumerate(self.headings) if _PAIR.sub("", heading) == stem]

    def _texts(self, sources):
        return [text for source in sources for text in self.samples[self.headings.index(source)]]

    def _share_order(self, rules):
        """Let the order of day and month that one column of dates proves hold for the others."""
        dates = [r for r in rules.values() if self._is_date(r.target)]
        proven = {rule.notation for rule in dates} & ORDERS
        if len(proven) != 1:
            return
        [order] = proven
        proofs = [t for rule in dates if rule.notation == order for t in self._texts(rule.sources)]
        for rule in dates:
            texts = [*proofs, *self._texts(rule.sources)]
            if not rule.notation and notations.guess(texts) == order:
                rule.notation = order

    def _is_date(self, target):
        return isinstance(self.resource.column(target).widget, DateWidget)

    def _slug(self, rules):
        """Return the rule of the slug: of a column that always differs, or the title and more."""
        scored = [(words.score(plain, "slug"), -i) for i, plain in enumerate(self.plain)]
        for score, minus in sorted(scored, reverse=True):
            if score and self._differ([self.headings[-minus]]):
                return {"slug": Rule("slug", (self.headings[-minus],), combine="slug")}
        sources: list[str] = []
        titles = [name for name in rules if name.startswith("title_")]
        for target in (*titles[:1], "signature", "parties"):
            if target in rules and not (sources and self._differ(sources)):
                sources += rules[target].sources
        # A day tells no agreement: another one can be signed on it.
        if not sources or set(sources) <= {*self._sources_of_dates(rules)}:
            return {}
        return {"slug": Rule("slug", tuple(sources), combine="slug")}

    def _sources_of_dates(self, rules):
        return [s for rule in rules.values() if self._is_date(rule.target) for s in rule.sources]

    def _differ(self, sources):
        """Return whether no two samples have the same texts in the columns."""
        columns = [self.headings.index(source) for source in sources]
        texts = list(zip(*(self.all_texts[column] for column in columns), strict=True))
        return bool(texts) and len(set(texts)) == len(texts) and ("",) not in texts

    def _meaning(self, texts):
        """Return the texts of a column that mean something; notes those that stand for nothing."""
        self.empty.update(text for text in texts if text.casefold() in EMPTY)
        return [text for text in texts if text and text not in self.empty]


def _choices(target, source, texts, widget):
    """Return the rule of a column with choices, when most of the words are ours.

    A language has to be one of ours in every row. What a list states as the status is not
    entered, but held against the dates: other words for it mean nothing.
    """
    ours: dict[str, str] = {}
    for code, label in widget.field.flatchoices:
        ours |= {words.plain(str(code)): str(code), words.plain(str(label)): str(code)}
    values = {text: ours[words.plain(text)] for text in texts if words.plain(text) in ours}
    known = sum(text in values for text in texts)
    needed = len(texts) if target == "source_language" else len(texts) * ENOUGH
    if not texts or known < needed:
        return None
    others = {"*": ""} if target == "status" else {}
    return Rule(target, (source,), values=values | others)
