"""The form of the page of the columns: where the headings of the file go, and how."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.mapping import Rule, appearance, headings
from culturecoop.tabular import lists

from .ruleforms import OptionalForm, RuleForm, first_rule, value_field
from .targets import NAMES

#: Columns that are offered a constant when the file has none for them.
OFTEN_CONSTANT = ("kind", "source_language", "language")
CONSTANT = "constant-"
#: The options of a mapping about what a sheet shows beside its values.
APPEARANCE = ("merged", "hidden", "struck")


class TargetsField(forms.MultipleChoiceField):
    """The columns of ours that a heading goes to; also one that is not offered yet can be."""

    def __init__(self, targets):
        super().__init__(required=False)
        self.targets = targets

    def valid_value(self, value):
        return not value or self.targets.find(value) is not None


class ColumnsForm(OptionalForm):
    """Where the headings go (`to-3`), and what stands in none of them (`constant-kind`).

    `rules` are {our column: the form of its options} of those that headings go to.
    """

    new_constant = forms.ChoiceField(label=_("Another column"))
    new_constant_value = forms.CharField(label=_("Its value"))
    empty = forms.CharField(
        label=_("Words that stand for an empty cell"),
        help_text=_("Separated by “;”, such as NA; n/a; --"),
    )
    merged = forms.ChoiceField(label=_("Cells merged downwards"), choices=appearance.MERGED)
    hidden = forms.ChoiceField(label=_("Hidden rows"), choices=appearance.KEPT)
    struck = forms.ChoiceField(label=_("What is struck out"), choices=appearance.KEPT)

    def __init__(self, data, mapping, columns, targets):
        super().__init__(data)
        self.mapping, self.columns, self.targets = mapping, columns, targets
        self.headings = {headings.folded(column.heading): column.heading for column in columns}
        self.placed = {name: self._placed(rule) for name, rule in mapping.columns.items()}
        self.fields["new_constant"].choices = lambda: targets.choices
        self.initial["empty"] = lists.joined(mapping.empty)
        self.initial |= {name: getattr(mapping, name) for name in APPEARANCE}
        for column in columns:
            self.fields[f"to-{column.index}"] = TargetsField(targets)
            self.initial[f"to-{column.index}"] = [
                name for name, sources in self.placed.items() if column.heading in sources
            ]
        self.constants = self._constants()
        for name in self.constants:
            target = targets.find(name)
            label = format_html("{} <code>{}</code>", target.label, name)
            present = mapping.columns.get(name, Rule(name)).value
            self.fields[CONSTANT + name] = value_field(target, label, present)
        self.rules = {name: self._rule_form(name, found) for name, found in self._sources().items()}

    def _placed(self, rule):
        """Return the sources of a rule as the headings of this file call them, without others."""
        found = [self.headings.get(headings.folded(source)) for source in rule.sources]
        return [heading for heading in found if heading]

    def _constants(self):
        """Return the names of the columns whose value is asked for."""
        names = [name for name, rule in self.mapping.columns.items() if not rule.sources]
        names = [name for name in (*OFTEN_CONSTANT, *names) if not self.placed.get(name)]
        names += [key.removeprefix(CONSTANT) for key in self.data if key.startswith(CONSTANT)]
        return [name for name in dict.fromkeys(names) if self.targets.find(name)]

    def _chosen(self, column):
        """Return the columns of ours that are chosen for one of the file."""
        return [name for name in self[f"to-{column.index}"].value() if name]

    def _sources(self):
        """Return {our column: (headings of the file)}, the order of an earlier choice kept."""
        found = {}
        for column in self.columns:
            for name in dict.fromkeys(self._chosen(column)):
                if self.targets.find(name):
                    found.setdefault(name, []).append(column.heading)
        orders = {name: [*self.placed.get(name, ()), *found[name]] for name in found}
        return {name: tuple(sorted(found[name], key=orders[name].index)) for name in found}

    def _rule_form(self, name, sources):
        target, kept = self.targets.find(name), self.mapping.columns.get(name)
        texts = sum((c.texts for c in self.columns if c.heading in sources), Counter())
        # What the sheet has no heading for is left out only when the page is saved.
        rule = replace(kept, sources=sources) if kept else first_rule(target, sources, texts)
        return RuleForm(self.data, target=target, rule=rule, texts=texts)

    def clean_new_constant_value(self):
        """Return the value; raises ValidationError when its column does not take it."""
        name, value = self.cleaned_data.get("new_constant"), self.cleaned_data["new_constant_value"]
        # A party can be one that this import makes.
        if name and value and self.targets.find(name).kind != NAMES:
            self.targets.resource.column(name).cleaned(value)
        return value

    def clean(self):
        """Refuse what would get lost: half of a constant, and one where a heading goes."""
        typed = self.cleaned_data
        for given, lacking in permutations(("new_constant", "new_constant_value")):
            if typed.get(given) and typed.get(lacking) == "":
                self.add_error(lacking, self.fields[lacking].error_messages["required"])
        filled = {CONSTANT + name: name for name in self.constants}
        filled["new_constant"] = typed.get("new_constant")
        for field, name in filled.items():
            if typed.get(field) and name in self.rules:
                message = gettext("“%(heading)s” goes to this column already.")
                heading = self.rules[name].rule.sources[0]
                self.add_error(field, message % {"heading": heading})

    def is_valid(self):
        return super().is_valid() and all(f.is_valid() for f in self.rules.values() if f.is_bound)

    def changed_mapping(self):
        """Return the mapping that the page says; options that were not on it stay."""
        rules = {name: form.changed_rule() for name, form in self.rules.items()}
        values = {name: self.cleaned_data[CONSTANT + name] for name in self.constants}
        if new_value := self.cleaned_data["new_constant_value"]:
            values[self.cleaned_data["new_constant"]] = new_value
        for name, value in values.items():
            if name and value and name not in rules:
                kept = self.mapping.columns.get(name) or Rule(name)
                rules[name] = replace(kept, sources=(), value=value, combine="first")
        shown = {name: self.cleaned_data[name] for name in APPEARANCE if name in self.data}
        changed = replace(self.mapping, columns=rules, **shown)
        if "empty" in self.data:
            changed.empty = tuple(lists.split(self.cleaned_data["empty"]))
        return changed

    def rows(self):
        """Yield (column of the file, its field, what is chosen, forms of its rules, others).

        The others are those whose options stand at another heading.
        """
        for column in self.columns:
            chosen = self._chosen(column)
            mine = [self.rules[name] for name in dict.fromkeys(chosen) if name in self.rules]
            here = [form for form in mine if form.rule.sources[0] == column.heading]
            elsewhere = [form for form in mine if form not in here]
            yield column, self[f"to-{column.index}"], chosen, here, elsewhere

    def appearance_fields(self, seen):
        """Return the fields about what was `seen` in the sheet, or is chosen already."""
        return [self[name] for name in APPEARANCE if name in seen or getattr(self.mapping, name)]

    def constant_fields(self):
        """Return the fields of what stands in no column of the file."""
        return [self[CONSTANT + name] for name in self.constants]

    def lost_sources(self):
        """Return the sources of the mapping that the sheet has no heading for."""
        sources = [s for rule in self.mapping.columns.values() for s in rule.sources]
        return [s for s in dict.fromkeys(sources) if headings.folded(s) not in self.headings]
