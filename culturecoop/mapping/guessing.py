"""A first mapping for a sheet: from its headings, its first rows and earlier mappings.

The editor looks it over, so it leaves a column out rather than filling it with the wrong thing.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from culturecoop import notations
from culturecoop.sheets.columns import ChoiceWidget, DateWidget
from culturecoop.sheets.resources import SheetResource
from culturecoop.tabular.reading import Cell, as_text

from . import names
from .mappings import Mapping
from .rules import Rule
from .words import LANGUAGES, PHRASES

#: Words of a cell that stands for nothing.
EMPTY = {"na", "n/a", "--", "-", "nan", "null", "none"}
# The share of the samples that have to be of the kind of the column.
ENOUGH = 0.5
_PAIR = re.compile(r"\s*[(\[]?\b(?:[A-Z]|\d+)\b[)\]]?$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


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
        self.plain = [_plain(heading) for heading in headings]
        self.empty = set()
        self.all_texts = [
            [as_text(row[index]).strip() if index < len(row) else "" for row in samples]
            for index in range(len(headings))
        ]
        self.samples = [self._meaning(texts) for texts in self.all_texts]
        self.language = self._language()
        self.used = set()

    def mapping(self) -> Mapping:
        rules = {target: rule for target in self._targets() if (rule := self._rule(target))}
        if "slug" in self.resource.required:
            rules = self._slug(rules) | rules
        column = self.resource.column("source_language")
        if column is not None and len(rules) > 1:
            rules.setdefault("source_language", Rule("source_language", value=self.language))
        return Mapping(self.resource.name, columns=rules, empty=tuple(sorted(self.empty)))

    def _targets(self):
        """Return the columns to look for, those with a clear kind of content first."""
        title = f"title_{self.language}"
        own = [name for name in PHRASES if self.resource.column(name) is not None]
        own = [name for name in own if name not in ("slug", "base")]
        return [title, *own] if self.resource.column(title) is not None else own

    def _rule(self, target):
        """Return the rule of the column, from the heading that fits it best; None without one."""
        phrases = PHRASES["title" if target.startswith("title_") else target]
        scores = [_score(plain, phrases) for plain in self.plain]
        for index in sorted(range(len(scores)), key=scores.__getitem__, reverse=True):
            if not scores[index] or index in self.used:
                continue
            rule = self._fitting(target, index)
            if rule:
                self.used.update(self.headings.index(source) for source in rule.sources)
                return rule
        return None

    def _fitting(self, target, index):
        """Return the rule that reads this column of the file, None when its samples do not fit."""
        source, texts = self.headings[index], self.samples[index]
        widget = self.resource.column(target).widget
        found = self.resource.names(target)
        if found is not None:
            separator, share = _separator(texts, found.find)
            fits = share >= ENOUGH or not texts
            return Rule(target, (source,), separator=separator) if fits else None
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
        every = [text for i in self._alike(index) for text in self.samples[i]]
        combine = "earliest" if len(sources) > 1 else "first"
        return Rule(target, sources, combine=combine, notation=notations.guess(every))

    def _alike(self, index):
        """Return the columns that differ from this one by a letter or number: “(G)”, “(S)”."""
        stem = _PAIR.sub("", self.headings[index])
        if stem == self.headings[index] or not stem:
            return [index]
        return [i for i, heading in enumerate(self.headings) if _PAIR.sub("", heading) == stem]

    def _slug(self, rules):
        """Return the rule of the slug: of a column that always differs, or the title and more."""
        phrases = PHRASES["slug"]
        scored = [(_score(plain, phrases), -i) for i, plain in enumerate(self.plain)]
        for score, minus in sorted(scored, reverse=True):
            if score and self._differ([self.headings[-minus]]):
                return {"slug": Rule("slug", (self.headings[-minus],), combine="slug")}
        sources: list[str] = []
        for target in (f"title_{self.language}", "signature", "parties"):
            if target in rules and not (sources and self._differ(sources)):
                sources += rules[target].sources
        return {"slug": Rule("slug", tuple(sources), combine="slug")} if sources else {}

    def _differ(self, sources):
        """Return whether no two samples have the same texts in the columns."""
        columns = [self.headings.index(source) for source in sources]
        texts = list(zip(*(self.all_texts[column] for column in columns), strict=True))
        return bool(texts) and len(set(texts)) == len(texts) and ("",) not in texts

    def _language(self):
        """Return the language that most of the headings are in."""
        counts = dict.fromkeys(LANGUAGES, 0)
        for phrases in PHRASES.values():
            for language, texts in phrases.items():
                known = {_plain(text) for text in texts}
                counts[language] += sum(plain in known for plain in self.plain)
        return max(counts, key=lambda language: counts[language])

    def _meaning(self, texts):
        """Return the texts of a column that mean something; notes those that stand for nothing."""
        self.empty.update(text for text in texts if text.casefold() in EMPTY)
        return [text for text in texts if text and text not in self.empty]


def _plain(text):
    """Return the words of the heading: lower case, without accents and punctuation."""
    text = _CAMEL.sub(" ", text)
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'s", "s")))


def _score(plain, phrases):
    """Return how well the heading fits one of the phrases, 0 for not at all."""
    best, words = 0, set(plain.split())
    for texts in phrases.values():
        for place, text in enumerate(texts):
            phrase = _plain(text)
            if plain == phrase:
                best = max(best, 200 - place)
            elif len(phrase) > 3 and set(phrase.split()) <= words:
                best = max(best, 100 + 10 * len(phrase.split()) - 5 * len(words))
    return max(best, 0)


def _separator(texts, find):
    """Return (the separator with which most names are known, their share)."""
    best = ("", 0.0)
    for separator in ("", *names.SEPARATORS):
        found = [codes for text in texts for _name, codes in names.split(text, separator, find)]
        known = sum(codes is not None for codes in found)
        if found and known / len(found) > best[1]:
            best = separator, known / len(found)
    return best


def _choices(target, source, texts, widget):
    """Return the rule of a column with choices, when most of the words are ours."""
    ours: dict[str, str] = {}
    for code, label in widget.field.flatchoices:
        ours |= {_plain(str(code)): str(code), _plain(str(label)): str(code)}
    values = {text: ours[_plain(text)] for text in texts if _plain(text) in ours}
    known = sum(text in values for text in texts)
    return Rule(target, (source,), values=values) if texts and known >= len(texts) / 2 else None
