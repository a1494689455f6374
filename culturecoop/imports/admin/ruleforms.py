"""The options of a rule: how a column of ours is read from its headings."""

from dataclasses import replace

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from culturecoop.mapping import Rule, notations
from culturecoop.mapping.names import SEPARATORS
from culturecoop.mapping.notations import NOTATIONS
from culturecoop.mapping.rules import COMBINATIONS
from culturecoop.tabular import lists
from culturecoop.texts import MAX_LENGTH

from .targets import CHOICE, DATE, NAMES, SLUG, TEXT
from .widgets import OPEN, WordsTable

MOST_WORDS = 40
#: The answer for a word that leaves the cell empty.
EMPTY = "-"
#: Browsers lose blanks and line ends of values, so these separators have names on the page.
SEPARATOR_NAMES = {"\n": "newline", " - ": "hyphen"}
SEPARATORS_NAMED = {name: sign for sign, name in SEPARATOR_NAMES.items()}
#: {option: what makes the value of a rule of the one that is typed}
STORED = {
    "separator": lambda name: SEPARATORS_NAMED.get(name, name),
    "always": lambda codes: tuple(lists.split(codes)),
    "prefix": slugify,
    "shorten": lambda length: length or 0,
}


def value_field(target, label, present=""):
    """Return the field of a value of the target: a select where it takes only some words.

    The present value is offered too when it is none of them, such as several codes.
    """
    if target.choices:
        choices = dict([("", "–"), (present, present or "–"), *target.choices])
        return forms.ChoiceField(label=label, choices=choices.items(), required=False)
    return forms.CharField(label=label, required=False)


class OptionalForm(forms.Form):
    """A form of which any field can be left empty; the names of its fields are their ids."""

    def __init__(self, data, **kwargs):
        super().__init__(data, auto_id="%s", label_suffix="", **kwargs)
        for field in self.fields.values():
            field.required = False


class RuleForm(OptionalForm):
    """The options that the page asks for: those that matter for the kind of the column.

    Its fields are posted as `notation-signature`. A rule that the page did not show yet keeps
    what it is, and so does an option.
    """

    combine = forms.ChoiceField(label=_("Take"))
    notation = forms.ChoiceField(
        label=_("Dates are written"), choices=[("", _("– choose –")), *NOTATIONS.items()]
    )
    separator = forms.ChoiceField(
        label=_("Names are separated by"),
        choices=[
            ("", _("one name a cell")),
            *((SEPARATOR_NAMES.get(sign, sign), label) for sign, label in SEPARATORS.items()),
        ],
    )
    always = forms.CharField(
        label=_("Always also"),
        help_text=_("Codes of parties that belong to every row and are not named in the file, "
                    "separated by “;”."),
        widget=forms.TextInput({"size": 12}),
    )  # fmt: skip
    prefix = forms.CharField(label=_("Begins with"), widget=forms.TextInput({"size": 12}))
    values = forms.Field()
    value = forms.CharField()
    shorten = forms.IntegerField(
        label=_("Shorten to (characters)"), min_value=0, max_value=MAX_LENGTH
    )

    def __init__(self, data, *, target, rule, texts):
        self.target, self.rule = target, rule
        options = self.base_fields if data else ()
        is_on_page = any(f"{option}-{target.name}" in data for option in options)
        super().__init__(data if is_on_page else None, prefix=target.name)
        self.initial = vars(rule) | {
            "separator": SEPARATOR_NAMES.get(rule.separator, rule.separator),
            "always": lists.joined(rule.always),
            "shorten": rule.shorten or None,
        }
        combinations = dict([*target.combinations, (rule.combine, COMBINATIONS[rule.combine])])
        self.fields["combine"].choices = combinations.items()
        self.fields["value"] = value_field(target, _("When empty"), rule.value)
        self._set_words(texts)
        for option in {*self.fields} - self._asked():
            del self.fields[option]

    def add_prefix(self, field_name):
        return f"{field_name}-{self.prefix}"

    def _asked(self):
        """Return the names of the options that matter."""
        kind, rule = self.target.kind, self.rule
        asked = {
            "combine": len(rule.sources) > 1 or kind == SLUG,
            "notation": kind == DATE,
            "separator": kind == NAMES,
            "always": kind == NAMES and self.target.several,
            "prefix": kind == SLUG and rule.combine == "slug",
            "values": kind == CHOICE or rule.values,
            "value": kind in (TEXT, CHOICE),
            "shorten": kind == TEXT,
        }
        return {option for option, matters in asked.items() if matters}

    def _set_words(self, texts):
        """Show the most frequent words, and those that the rule has, with ours as it says."""
        values, choices = self.rule.values, self.target.choices
        words = dict(texts.most_common(MOST_WORDS))
        words |= {word: texts.get(word, 0) for word in values if word != "*"}
        words.pop("*", None)
        ours = {code.casefold(): code for code, _label in choices}
        ours |= {label.casefold(): code for code, label in choices}
        self.initial["values"] = {word: ours.get(word.casefold(), OPEN) for word in words}
        self.initial["values"] |= {word: answer or EMPTY for word, answer in values.items()}
        self.fields["values"].widget = WordsTable([*words.items(), ("*", 0)], self.target)

    def changed_rule(self):
        """Return the rule with the options that were posted."""
        if not self.is_bound:
            return self.rule
        posted = {name: value for name, value in self.cleaned_data.items()
                  if self.add_prefix(name) in self.data}  # fmt: skip
        return replace(self.rule, **{name: self._stored(name, posted[name]) for name in posted})

    def _stored(self, name, value):
        """Return the value of an option as a rule has it."""
        if name == "values":
            others = {w: ours for w, ours in self.rule.values.items() if w not in value}
            answered = {w: ours for w, ours in value.items() if ours != OPEN}
            return others | {w: "" if ours == EMPTY else ours for w, ours in answered.items()}
        if name == "combine":
            return value or self.rule.combine
        return STORED[name](value) if name in STORED else value


def first_rule(target, sources, texts):
    """Return a rule for a column that had none, by what the samples say."""
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
