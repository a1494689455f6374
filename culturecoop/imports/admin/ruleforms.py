"""From the posted page of the columns to a Mapping.

Names of the posted fields: `to-3` (what the fourth heading goes to, several times), then of each
column of ours `combine-kind`, `notation-kind`, `separator-kind`, `prefix-kind`, `value-kind`,
`shorten-kind`, `always-kind`, `word-kind` with `ours-kind` (lists), and `constant-kind` without
a source.
"""

from collections import Counter
from dataclasses import replace

from django.utils.text import slugify

from culturecoop.mapping import Rule, headings, names, notations
from culturecoop.mapping.rules import COMBINATIONS
from culturecoop.tabular import lists
from culturecoop.texts import MAX_LENGTH, whole_number

from .targets import DATE, NAMES, SLUG, TEXT

#: The answers for a word beside our words: not answered yet, and leave the cell empty.
OPEN, EMPTY = "?", "-"
#: Browsers lose blanks and line ends of values, so these separators have names on the page.
SEPARATOR_NAMES = {"\n": "newline", " - ": "hyphen"}
SEPARATORS_NAMED = {name: sign for sign, name in SEPARATOR_NAMES.items()}


def read(posted, mapping, columns, targets):
    """The mapping that the page says; options that were not on the page stay as they are."""
    sources = chosen_sources(posted, mapping, columns, targets)
    found = {name: _rule(posted, name, mapping, said, columns, targets)
             for name, said in sources.items()}  # fmt: skip
    for name, value in _constants(posted, targets):
        if name not in found:
            kept = mapping.columns.get(name) or Rule(name)
            found[name] = replace(kept, sources=(), value=value, combine="first")
    changed = replace(mapping, columns=found)
    if "empty" in posted:
        changed.empty = tuple(lists.split(posted["empty"]))
    return changed


def chosen_sources(posted, mapping, columns, targets):
    """{our column: (headings of the file)}, the order of an earlier choice kept."""
    found = {}
    for column in columns:
        for name in dict.fromkeys(posted.getlist(f"to-{column.index}")):
            if name and targets.find(name):
                found.setdefault(name, []).append(column.heading)
    for name, said in found.items():
        before = placed(mapping, name, columns)
        said.sort(key=lambda heading: before.index(heading) if heading in before else len(before))
    return {name: tuple(said) for name, said in found.items()}


def placed(mapping, name, columns):
    """The sources of a rule as the headings of this file call them; others are left out."""
    rule = mapping.columns.get(name)
    by_name = {headings.folded(column.heading): column.heading for column in columns}
    found = [by_name.get(headings.folded(source)) for source in rule.sources] if rule else []
    return [heading for heading in found if heading]


def _rule(posted, name, mapping, sources, columns, targets):
    target = targets.find(name)
    kept = mapping.columns.get(name)
    texts = texts_of(columns, sources)
    rule = replace(kept, sources=sources) if kept else _first_rule(target, sources, texts)
    for option in ("combine", "notation", "separator", "prefix", "value"):
        if f"{option}-{name}" in posted:
            setattr(rule, option, _known(option, posted[f"{option}-{name}"].strip("\t\r "), rule))
    rule.prefix = slugify(rule.prefix)
    if f"shorten-{name}" in posted:
        rule.shorten = min(whole_number(posted[f"shorten-{name}"].strip()) or 0, MAX_LENGTH)
    if f"always-{name}" in posted:
        rule.always = tuple(lists.split(posted[f"always-{name}"]))
    if f"word-{name}" in posted:
        rule.values = _values(rule.values, posted, name)
    return rule


def _known(option, value, rule):
    """The value when it is one that there is, else what was."""
    allowed = {
        "combine": set(COMBINATIONS),
        "notation": {"", *notations.NOTATIONS},
        "separator": {"", *names.SEPARATORS},
    }
    if option == "separator":
        value = SEPARATORS_NAMED.get(value, value)
    return value if option not in allowed or value in allowed[option] else getattr(rule, option)


def _first_rule(target, sources, texts):
    """A rule for a column that had none, with what the samples tell."""
    rule = Rule(target.name, sources)
    if target.kind == SLUG:
        rule.combine = "slug"
    elif target.kind == DATE:
        rule.notation = notations.guess(texts)
    elif target.kind == NAMES:
        rule.separator = next((s for s in (";", "|", "\n") if any(s in t for t in texts)), "")
        rule.separator = rule.separator or ("," if any("," in text for text in texts) else "")
        rule.combine = "join" if len(sources) > 1 else "first"
    elif target.kind == TEXT and len(sources) > 1:
        rule.combine = "labelled"
    return rule


def texts_of(columns, sources):
    """Counter of the texts under some headings."""
    counts = Counter()
    for column in columns:
        if column.heading in sources:
            counts.update(column.texts)
    return counts


def _values(before, posted, name):
    values = dict(before)
    pairs = zip(posted.getlist(f"word-{name}"), posted.getlist(f"ours-{name}"), strict=False)
    for word, ours in pairs:
        values.pop(word, None)
        if ours != OPEN:
            values[word] = "" if ours == EMPTY else ours
    return values


def _constants(posted, targets):
    for key, value in posted.items():
        if key.startswith("constant-") and value.strip():
            name = key.removeprefix("constant-")
            if targets.find(name):
                yield name, value.strip()
    name, value = posted.get("new-constant", ""), posted.get("new-constant-value", "").strip()
    if name and value and targets.find(name):
        yield name, value
