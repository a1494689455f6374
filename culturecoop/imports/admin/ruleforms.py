"""The options of a rule: how a column of ours is read from its headings."""

from dataclasses import replace

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from culturecoop import notations
from culturecoop.mapping import Rule
from culturecoop.mapping.names import SEPARATORS
from culturecoop.mapping.rules import COMBINATIONS, NUMERIC
from culturecoop.notations import NOTATIONS
from culturecoop.tabular import lists
from culturecoop.texts import MAX_LENGTH

from .targets import CHOICE, DATE, NAMES, SLUG, TEXT

MOST_WORDS = 40
#: The answers for a word that has none yet, and for one that leaves the cell empty.
OPEN, EMPTY = "?", "-"
#: Browsers lose blanks and line ends of values, so these separators have names on the page.
SEPARATOR_NAMES = {"\n": "newline", " - ": "hyphen"}
SEPARATORS_NAMED = {name: sign for sign, name in SEPARATOR_NAMES.items()}
#: How several sources can become one cell, by the kind of the column.
COMBINATIONS_OF = {
    DATE: ("first", "earliest", "latest"),
    CHOICE: ("first", "join"),
    NAMES: ("first", "join"),
    SLUG: ("slug", "first"),
    TEXT: ("first", "join", "lines", "labelled"),
}


#: How parties are written, by the notation of the rule.
PARTIES_STAND_AS = [
    ("", _("names or codes")),
    (NUMERIC, _("numbers of ISO 3166: 4 or 004 is Afghanistan")),
]


def value_field(target, label, present=""):
    """Return the field of a value of the target: a select where it takes only some words.

    The present value is offered too when it is none of them, such as several codes.
    """
    if target.choices:
        choices = dict([("", "–"), (present, present or "–"), *target.choices])
        return forms.ChoiceField(label=label, choices=choices, initial=present, required=False)
    return forms.CharField(label=label, initial=present, required=False)


class OptionalForm(forms.Form):
    """A form of which any field can be left empty; the names of its fields are their ids."""

    def __init__(self, data, **kwargs):
        super().__init__(data, auto_id="%s", label_suffix="", **kwargs)
        for field in self.fields.values():
            field.required = False


class WordsWidget(forms.Widget):
    """Reads {word of the file: ours} from the table of words (`words.html`)."""

    def value_from_datadict(self, data, files, name):
        # Browsers send every line end as two characters.
        words = (word.replace("\r\n", "\n") for word in data.getlist(f"{name}-word"))
        return dict(zip(words, data.getlist(name), strict=False))


class RuleForm(OptionalForm):
    """The options that the page asks for: those that matter for the kind of the column.

    Its fields are posted as `notation-signature`. A rule that the page did not show yet keeps
    what it is, and so does an option.
    """

    combine = forms.ChoiceField(label=_("Take"))
    notation = forms.ChoiceField(
        label=_("Dates are written"), choices=[("", _("– choose –")), *NOTATIONS.items()]
    )
    separator = forms.TypedChoiceField(
        label=_("Names are separated by"),
        choices=[
            ("", _("one name a cell")),
            *((SEPARATOR_NAMES.get(sign, sign), label) for sign, label in SEPARATORS.items()),
        ],
        coerce=lambda name: SEPARATORS_NAMED.get(name, name),
    )
    always = forms.CharField(
        label=_("Always also"),
        help_text=_("Codes of parties that belong to every row and are not named in the file, "
                    "separated by “;”."),
        widget=forms.TextInput({"size": 12}),
    )  # fmt: skip
    prefix = forms.CharField(label=_("Begins with"), widget=forms.TextInput({"size": 12}))
    values = forms.Field(widget=WordsWidget)
    value = forms.CharField()
    shorten = forms.IntegerField(
        label=_("Shorten to (characters)"), min_value=0, max_value=MAX_LENGTH
    )

    def __init__(self, data, *, target, rule, texts):
        self.target, self.rule, self.texts = target, rule, texts
        is_on_page = data and any(f"{option}-{target.name}" in data for option in self.base_fields)
        super().__init__(data if is_on_page else None, prefix=target.name)
        self.initial = vars(rule) | {
            "separator": SEPARATOR_NAMES.get(rule.separator, rule.separator),
            "always": lists.joined(rule.always),
            "values": {word: ours or EMPTY for word, ours in rule.values.items()},
            "shorten": rule.shorten or None,
        }
        combinations = dict.fromkeys([*COMBINATIONS_OF[target.kind], rule.combine])
        self.fields["combine"].choices = [(name, COMBINATIONS[name]) for name in combinations]
        if target.kind == NAMES:
            self.fields["notation"] = forms.ChoiceField(
                label=_("Parties stand as"), choices=PARTIES_STAND_AS, required=False
            )
        self.fields["value"] = value_field(target, _("When empty"), rule.value)
        for option in {*self.fields} - self._asked():
            del self.fields[option]

    def add_prefix(self, field_name):
        return f"{field_name}-{self.prefix}"

    def _asked(self):
        """Return the names of the options that matter."""
        kind, rule = self.target.kind, self.rule
        asked = {
            "combine": len(rule.sources) > 1 or kind == SLUG,
            "notation": kind in (DATE, NAMES),
            "separator": kind == NAMES,
            "always": kind == NAMES and self.target.several,
            "prefix": kind == SLUG and rule.combine == "slug",
            "values": kind == CHOICE or rule.values,
            "value": kind in (TEXT, CHOICE),
            "shorten": kind == TEXT,
        }
        return {option for option, matters in asked.items() if matters}

    @property
    def words(self):
        """[(word, how often it stands in the samples, our word)]; "*" is for all others.

        They are the most frequent ones, and those that the rule has.
        """
        counts = dict(self.texts.most_common(MOST_WORDS))
        counts |= {word: self.texts[word] for word in self.rule.values}
        counts.pop("*", None)
        ours = {code.casefold(): code for code, _label in self.target.choices}
        ours |= {label.casefold(): code for code, label in self.target.choices}
        answers = {word: ours.get(word.casefold(), OPEN) for word in (*counts, "*")}
        answers |= self["values"].value()
        return [(word, counts.get(word), answer) for word, answer in answers.items()]

    def clean_combine(self):
        return self.cleaned_data["combine"] or self.rule.combine

    def clean_always(self):
        return tuple(lists.split(self.cleaned_data["always"]))

    def clean_prefix(self):
        return slugify(self.cleaned_data["prefix"])

    def clean_values(self):
        """Return {word: ours}; words that were not on the page keep what the rule has."""
        posted = self.cleaned_data["values"]
        values = {word: ours for word, ours in self.rule.values.items() if word not in posted}
        answered = {word: ours for word, ours in posted.items() if ours != OPEN}
        return values | {word: "" if ours == EMPTY else ours for word, ours in answered.items()}

    def clean_shorten(self):
        return self.cleaned_data["shorten"] or 0

    def changed_rule(self):
        """Return the rule with the options that were posted."""
        if not self.is_bound:
            return self.rule
        posted = {name for name in self.cleaned_data if self.add_prefix(name) in self.data}
        return replace(self.rule, **{name: self.cleaned_data[name] for name in posted})


def first_rule(target, sources, texts):
    """Return a rule for a column that had none, by what the samples say."""
    rule = Rule(target.name, sources)
    if target.kind == SLUG:
        rule.combine = "slug"
    elif target.kind == DATE:
        rule.notation = notations.guess(texts)
    elif target.kind == NAMES:
        signs = (sign for sign in (";", "|", "\n", ",") if any(sign in text for text in texts))
        rule.separator = next(signs, "")
        rule.combine = "join" if len(sources) > 1 else "first"
        rule.notation = NUMERIC if texts and all(map(str.isdecimal, texts)) else ""
    elif target.kind == TEXT and len(sources) > 1:
        rule.combine = "labelled"
    return rule
