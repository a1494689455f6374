"""The forms in which names that nobody knows are answered, and what an answer means."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process, utils

from culturecoop.languages import country_name, country_names
from culturecoop.sheets import registry
from culturecoop.tabular import lists

PER_PAGE = 100
#: Of a hundred letters of a name and a suggestion, how many are the same, in any order of words.
ALIKE = 77


class Answers:
    """Turns answers into codes, and notes new parties in the mapping."""

    def __init__(self, resource, mapping):
        self.mapping, self.resource = mapping, resource
        self.parties, self.kinds = _parties(), kinds()
        self.codes = {code for code, _name in self.parties}
        self.names = {name: code for code, name in self.parties}
        self.names |= {name: code for code, name in country_names().items()}

    @cached_property
    def index(self):
        """The names that the register knows, and those of the mapping."""
        index = self.resource.names(self.resource.named_columns()[0])
        index.teach(names=self.mapping.names, new=self.mapping.new_names)
        return index

    def initial(self, name):
        """Return the answer that the mapping has for the name, as it is typed."""
        codes = self.mapping.names.get(name)
        typed = {"name": name, "label": name, "out": codes == []}
        new = self.mapping.new_names.get(codes[0]) if codes and len(codes) == 1 else None
        if new:
            return typed | {"code": codes[0], "kind": new["kind"], "label": new["name"]}
        return typed | {"codes": lists.joined(codes or [])}

    def codes_of(self, *, codes="", code="", out=False, kind="", label="", **_rest):
        """Return the codes of an answer, [] to leave the name out, None without one."""
        if sum([bool(codes), bool(code), out]) > 1:
            raise ValidationError(_("Expected one answer: a party, a new one, or to leave it out."))
        if code:
            return [self._new(code, kind, label)]
        if codes:
            found = [code for text in lists.split(codes) for code in self._find(text)]
            return list(dict.fromkeys(found))
        return [] if out else None

    def did_you_mean(self, text):
        """Return a sentence with the party that is called almost so, "" without one."""
        found = process.extractOne(
            text,
            self.names.keys(),
            scorer=fuzz.token_sort_ratio,
            processor=utils.default_process,
            score_cutoff=ALIKE,
        )
        if not found:
            return ""
        name = found[0]
        return _("Did you mean %(name)s (%(code)s)?") % {"name": name, "code": self.names[name]}

    def _find(self, text):
        if text in self.mapping.new_names:
            return [text]
        codes = self.index.find(text)
        if not codes:
            message = _("“%(name)s” is neither a code nor a name of a party.") % {"name": text}
            raise ValidationError(f"{message} {self.did_you_mean(text)}".strip())
        return codes

    def _new(self, code, kind, label):
        if not kind or not label:
            raise ValidationError(_("A new party needs a code, a kind and a name."))
        if code in self.codes:
            raise ValidationError(_("The register has a party of this code: give it as the party."))
        if country_name(code):
            raise ValidationError(
                _("“%(code)s” is the code of %(name)s: if that is meant, give it as the party.")
                % {"code": code, "name": country_name(code)}
            )
        about = {"kind": kind, "name": label}
        self.resource.check_new(code, about)
        self.mapping.new_names[code] = about
        return code


class NameForm(forms.Form):
    """One name of the file: a party, a new party, or to be left out.

    `rows` are how many rows have it, `first_row` is the first of them.
    """

    name = forms.CharField(strip=False, widget=forms.HiddenInput)
    codes = forms.CharField(
        required=False, widget=forms.TextInput({"list": "parties", "autocomplete": "off"})
    )
    out = forms.BooleanField(required=False)
    code = forms.CharField(required=False, widget=forms.TextInput({"size": 8}))
    kind = forms.ChoiceField(required=False)
    label = forms.CharField(required=False)

    def __init__(self, *args, answers, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.fields["kind"].choices = answers.kinds
        name = self["name"].value()
        self.rows = findings.get("unmatched", {}).get(name, 0)
        self.first_row = findings.get("places", {}).get(name)

    @property
    def is_answered(self):
        return any(self[name].value() for name in ("codes", "code", "out"))

    @cached_property
    def guess(self):
        """A sentence with a party that is called almost so, for a name without an answer."""
        return "" if self.is_answered else self.answers.did_you_mean(self["name"].value())

    def clean(self):
        try:
            self.cleaned_data["answer"] = self.answers.codes_of(**self.cleaned_data)
        except ValidationError as error:
            self.add_error("codes", error)


NameFormSet = forms.formset_factory(NameForm, extra=0, absolute_max=PER_PAGE, max_num=PER_PAGE)


def kinds():
    """Return the kinds of parties as choices."""
    column = registry.find("parties")().column("kind")
    return [(str(code), label) for code, label in column.widget.field.flatchoices]


def _parties():
    """Return (code, name) of the parties, for the list that helps typing."""
    resource = registry.find("parties")()
    return sorted(resource.rows(resource.objects(), ["code", "name"]))
