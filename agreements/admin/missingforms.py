"""The forms of a party that is not there: its name first, then the party or a request for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culturecoop.languages import country_name

from ..models import Party, PartyKind, PartyRequest
from ..names import PartyNames
from ..proposals import proposal_for, usual_name

FIELDS = ["name", "code", "kind"]


class NameForm(forms.Form):
    """The name or the code that somebody looks for."""

    name = Party._meta.get_field("name").formfield(
        required=True, help_text="", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class NewParty(forms.ModelForm):
    """Mixed into a form about a party that is to be new: it has a name that no party has."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].help_text = ""

    def clean_name(self):
        name = self.cleaned_data["name"]
        if PartyNames().is_of_several(name):
            sentence = _("Several parties are called “%(name)s” already: choose one in the list.")
            raise ValidationError(sentence % {"name": name})
        return _unknown(name, proposal_for(name).party)

    def clean_code(self):
        code = self.cleaned_data["code"]
        return _unknown(code, Party.objects.filter(code=code).first())

    def clean(self):
        super().clean()
        name, code = self.cleaned_data.get("name"), self.cleaned_data.get("code")
        country = code and country_name(code)
        means = PartyNames().find(name) if name else None
        is_other = self.cleaned_data.get("kind") != PartyKind.COUNTRY or (
            means and code not in means
        )
        if name and country and is_other:
            sentence = _("“%(code)s” is the code of %(country)s: choose another one.")
            self.add_error("code", sentence % {"code": code, "country": country})


def _unknown(text, there):
    """Return what was typed, which a party that is there must not be called."""
    if there:
        raise ValidationError(
            _("“%(name)s” is there already: %(party)s (%(code)s).")
            % {"name": text, "party": there.display_name, "code": there.code}
        )
    return text


class PartyForm(NewParty):
    """A party that is added at once. What has its usual name is called so in every language."""

    class Meta:
        model = Party
        fields = FIELDS

    def clean(self):
        super().clean()
        name, code = self.cleaned_data.get("name", ""), self.cleaned_data.get("code", "")
        if usual_name(name, code):
            self.cleaned_data["name"] = ""


class RequestForm(NewParty):
    """A party that is asked for."""

    class Meta:
        model = PartyRequest
        fields = [*FIELDS, "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean_name(self):
        return _not_asked_for("name", super().clean_name())

    def clean_code(self):
        return _not_asked_for("code", super().clean_code())


def _not_asked_for(column, text):
    """Return what was typed, which no open request has."""
    if text and PartyRequest.objects.open().filter(**{f"{column}__iexact": text}).exists():
        raise ValidationError(_("“%(text)s” is asked for already.") % {"text": text})
    return text


class DeclineForm(forms.Form):
    """Why there is to be no such party."""

    reason = PartyRequest._meta.get_field("reason").formfield(required=True)
