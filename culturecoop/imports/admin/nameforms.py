"""The forms in which names that nobody knows are answered, and what an answer means."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process, utils

from culturecoop.languages import country_name, country_names
from culturecoop.sheets import registry
from culturecoop.tabular import lists

from .targets import choices

PER_PAGE = 100
#: Of a hundred letters of a name and a suggestion, how many are the same, in any order of words.
ALIKE = 77


class Answers:
    """Turns answers into codes, and notes new parties in the mapping."""

    def __init__(self, resource, mapping, rows):
        self.mapping, self.resource, self.rows = mapping, resource, rows
        parties = registry.find("parties")()
        self.parties = dict(sorted(parties.rows(parties.objects(), ["code", "name"])))
        self.kinds = dict(choices(parties.column("kind").widget))
        named = [*self.parties.items(), *country_names().items()]
        self.codes = {name: code for code, name in named}

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
        if codes and len(codes) == 1 and (new := self.mapping.new_names.get(codes[0])):
            return typed | {"code": codes[0], "kind": new["kind"], "label": new["name"]}
        return typed | {"codes": lists.joined(codes or [])}

    def rows_of(self, name):
        """Return the AskedRows of a name that several parties have, none of any other name."""
        return self.rows.of(name) if self.index.is_shared(name) else []

    def did_you_mean(self, text):
        """Return a sentence with the party that is called almost so, "" without one."""
        found = process.extractOne(
            text,
            self.codes.keys(),
            scorer=fuzz.token_sort_ratio,
            processor=utils.default_process,
            score_cutoff=ALIKE,
        )
        if not found:
            return ""
        name = found[0]
        return _("Did you mean %(name)s (%(code)s)?") % {"name": name, "code": self.codes[name]}

    def find(self, text):
        """Return the codes of what is typed for a name; raises ValidationError."""
        if text in self.mapping.new_names:
            return [text]
        codes = self.index.find(text)
        if not codes:
            message = _("“%(name)s” is neither a code nor a name of a party.") % {"name": text}
            raise ValidationError(f"{message} {self.did_you_mean(text)}".strip())
        return codes

    def new(self, code, kind, label):
        """Note a new party, and return its code; raises ValidationError."""
        if not kind or not label:
            raise ValidationError(_("A new party needs a code, a kind and a name."))
        if code in self.parties:
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
    out = forms.BooleanField(required=False)
    code = forms.CharField(required=False, widget=forms.TextInput({"size": 8}))
    kind = forms.ChoiceField(required=False)
    label = forms.CharField(required=False)
    #: The last one, because it is cleaned with all others.
    codes = forms.CharField(
        required=False, widget=forms.TextInput({"list": "parties", "autocomplete": "off"})
    )

    def __init__(self, *args, answers, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.fields["kind"].choices = answers.kinds
        name = self["name"].value()
        self.rows = findings.get("unmatched", {}).get(name, 0)
        self.first_row = findings.get("places", {}).get(name)
        self.asked_rows = answers.rows_of(name)
        given = answers.mapping.row_names.get(name, {})
        for row in self.asked_rows:
            self.fields[f"of-{row.slug}"] = forms.CharField(
                required=False,
                initial=lists.joined(given.get(row.slug, [])),
                widget=forms.TextInput({"list": "parties", "autocomplete": "off"}),
            )

    @cached_property
    def guess(self):
        """A sentence with a party that is called almost so, for a name without an answer."""
        is_answered = any(self[name].value() for name in ("codes", "code", "out"))
        return "" if is_answered else self.answers.did_you_mean(self["name"].value())

    def row_fields(self):
        """Return (AskedRow, its field) of each row that can be answered for itself."""
        return [(row, self[f"of-{row.slug}"]) for row in self.asked_rows]

    def clean(self):
        """Add `rows`, {slug: codes} of the rows that are answered for themselves.

        Those that are too many to be shown keep their answers.
        """
        shown = {row.slug for row in self.asked_rows}
        given = self.answers.mapping.row_names.get(self.cleaned_data.get("name"), {})
        rows = {slug: codes for slug, codes in given.items() if slug not in shown}
        for row in self.asked_rows:
            typed = self.cleaned_data.get(f"of-{row.slug}")
            try:
                found = [code for text in lists.split(typed) for code in self.answers.find(text)]
            except ValidationError as error:
                self.add_error(f"of-{row.slug}", error)
            else:
                rows |= {row.slug: list(dict.fromkeys(found))} if found else {}
        return {**self.cleaned_data, "rows": rows}

    def clean_codes(self):
        """Return the codes of the answer, [] to leave the name out, None without one."""
        typed = self.cleaned_data
        codes, code, out = (typed.get(name) for name in ("codes", "code", "out"))
        if sum(map(bool, (codes, code, out))) > 1:
            raise ValidationError(_("Expected one answer: a party, a new one, or to leave it out."))
        if code:
            return [self.answers.new(code, typed.get("kind"), typed.get("label"))]
        if codes:
            found = [code for text in lists.split(codes) for code in self.answers.find(text)]
            return list(dict.fromkeys(found))
        return [] if out else None


NameFormSet = forms.formset_factory(NameForm, extra=0, absolute_max=PER_PAGE, max_num=PER_PAGE)
