"""The forms of the page of the columns: where the headings of the file go, and how."""

from collections import Counter
from dataclasses import replace
from functools import cached_property

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from culturecoop.mapping import Rule, headings
from culturecoop.tabular import lists

from .ruleforms import OptionalForm, RuleForm, first_rule, value_field
from .widgets import TargetsSelect

#: Columns that are offered a constant when the file has none for them.
OFTEN_CONSTANT = ("kind", "source_language", "language")
CONSTANT = "constant-"


class TargetsField(forms.MultipleChoiceField):
    """The columns of ours that a heading goes to; also one that is not offered yet can be."""

    def __init__(self, heading, targets):
        super().__init__(widget=TargetsSelect(heading, targets), required=False)
        self.targets = targets

    def to_python(self, value):
        return list(dict.fromkeys(filter(None, value or [])))

    def valid_value(self, value):
        return self.targets.find(value) is not None


class ColumnsForm(OptionalForm):
    """Where the headings go (`to-3`), and what stands in none of them (`constant-kind`)."""

    new_constant = forms.ChoiceField(label=_("Another column"))
    new_constant_value = forms.CharField(label=_("Its value"))
    empty = forms.CharField(
        label=_("Words that stand for an empty cell"),
        help_text=_("Separated by “;”, such as NA; n/a; --"),
    )

    def __init__(self, data, mapping, columns, targets):
        super().__init__(data)
        self.mapping, self.columns, self.targets = mapping, columns, targets
        by_name = {headings.folded(column.heading): column.heading for column in columns}
        self.placed = {name: placed(rule, by_name) for name, rule in mapping.columns.items()}
        self.fields["new_constant"].choices = lambda: targets.choices
        self.initial["empty"] = lists.joined(mapping.empty)
        for column in columns:
            self.fields[f"to-{column.index}"] = TargetsField(column.heading, targets)
            self.initial[f"to-{column.index}"] = [
                name for name, sources in self.placed.items() if column.heading in sources
            ]
        for name in self._constant_names():
            target = targets.find(name)
            label = format_html("{} <code>{}</code>", target.label, name)
            present = mapping.columns.get(name, Rule(name)).value
            self.fields[CONSTANT + name] = value_field(target, label, present)
            self.initial[CONSTANT + name] = present

    def _constant_names(self):
        names = [name for name in OFTEN_CONSTANT if name in self.targets.resource.fields]
        names += [name for name, rule in self.mapping.columns.items() if not rule.sources]
        names = [name for name in names if not self.placed.get(name)]
        names += [key.removeprefix(CONSTANT) for key in self.data if key.startswith(CONSTANT)]
        return [name for name in dict.fromkeys(names) if self.targets.find(name)]

    def constant_fields(self):
        """Return the fields of what stands in no column of the file."""
        return [self[name] for name in self.fields if name.startswith(CONSTANT)]

    def sources(self):
        """Return {our column: (headings of the file)}, the order of an earlier choice kept."""
        found = {}
        for column in self.columns:
            for name in dict.fromkeys(self[f"to-{column.index}"].value() or []):
                if self.targets.find(name):
                    found.setdefault(name, []).append(column.heading)
        orders = {name: [*self.placed.get(name, ()), *found[name]] for name in found}
        return {name: tuple(sorted(found[name], key=orders[name].index)) for name in found}

    def constants(self):
        """Return {our column: value} of those that have one in all rows."""
        posted = {name.removeprefix(CONSTANT): value for name, value in self.cleaned_data.items()
                  if name.startswith(CONSTANT)}  # fmt: skip
        new, value = self.cleaned_data["new_constant"], self.cleaned_data["new_constant_value"]
        posted |= {new: value} if new and value else {}
        return {name: value for name, value in posted.items() if value}


class MappingForms:
    """All forms of the page: that of the columns, and one for each rule."""

    def __init__(self, data, mapping, columns, targets):
        self.mapping, self.file_columns, self.targets = mapping, columns, targets
        self.columns = ColumnsForm(data, mapping, columns, targets)
        self.sources = self.columns.sources()
        self.rules = {
            name: self._rule_form(data, name, sources) for name, sources in self.sources.items()
        }

    def _rule_form(self, data, name, sources):
        target, kept = self.targets.find(name), self.mapping.columns.get(name)
        texts = Counter()
        for column in self.file_columns:
            if column.heading in sources:
                texts.update(column.texts)
        # What the sheet has no heading for is left out only when the page is saved.
        rule = replace(kept, sources=sources) if kept else first_rule(target, sources, texts)
        return RuleForm(data, target=target, rule=rule, texts=texts)

    def is_valid(self):
        forms_of_rules = [form for form in self.rules.values() if form.is_bound]
        return all(form.is_valid() for form in (self.columns, *forms_of_rules))

    def changed_mapping(self):
        """Return the mapping that the page says; options that were not on it stay."""
        rules = {name: form.changed_rule() for name, form in self.rules.items()}
        for name, value in self.columns.constants().items():
            if name not in rules:
                kept = self.mapping.columns.get(name) or Rule(name)
                rules[name] = replace(kept, sources=(), value=value, combine="first")
        changed = replace(self.mapping, columns=rules)
        if "empty" in self.columns.data:
            changed.empty = tuple(lists.split(self.columns.cleaned_data["empty"]))
        return changed

    @cached_property
    def rows(self):
        """[(column of the file, its field, forms of its rules, [(label, heading)])].

        The last are the rules whose options stand at another heading.
        """
        found = []
        for column in self.file_columns:
            mine = [f for f in self.rules.values() if column.heading in f.rule.sources]
            here = [form for form in mine if form.rule.sources[0] == column.heading]
            elsewhere = [
                (form.target.label, form.rule.sources[0]) for form in mine if form not in here
            ]
            found.append((column, self.columns[f"to-{column.index}"], here, elsewhere))
        return found

    def lost_sources(self):
        """Return the sources of the mapping that the sheet has no heading for."""
        known = {headings.folded(column.heading) for column in self.file_columns}
        sources = [s for rule in self.mapping.columns.values() for s in rule.sources]
        return [s for s in dict.fromkeys(sources) if headings.folded(s) not in known]


def placed(rule, by_name):
    """Return the sources of a rule as the headings of this file call them, without others."""
    found = [by_name.get(headings.folded(source)) for source in rule.sources]
    return [heading for heading in found if heading]
