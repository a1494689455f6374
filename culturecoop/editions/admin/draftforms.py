"""The forms of verbs: what an editor has seen of an edition, or of a draft in its version."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from culturecoop.texts import whole_number

from ..seen import Seen

INCOMPLETE = {"required": _("The form came back incomplete. Open the draft again.")}


class VerbForm(forms.Form):
    """Nothing is asked but the confirmation. `by` is who asks."""

    def __init__(self, *args, edition, by=None, **kwargs):
        self.edition, self.by = edition, by
        super().__init__(*args, **kwargs)

    def conflict(self):
        """Return what happened since the editor looked, "" when nothing did or it is unknown."""
        return ""

    def renewed(self, edition):
        """Return a form with what was typed, for the edition as it is now: to decide again."""
        typed = {
            name: self[name].value()
            for name, field in self.fields.items()
            if not field.widget.is_hidden
        }
        return type(self)(initial=typed, edition=edition, by=self.by)


class DraftForm(VerbForm):
    """The confirmation of a verb that acts on a draft: for the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=INCOMPLETE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.edition.version


class RowsField(forms.CharField):
    """The ids of the rows that the editor saw on the page, as a list."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) else ",".join(str(pk) for pk in value or ())

    def clean(self, value):
        return [whole_number(pk) for pk in super().clean(value).split(",") if pk]


class SeenField(forms.CharField):
    """What the editor saw besides the draft, as a Seen; by default what there is to see now."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(initial=Seen.now, error_messages=INCOMPLETE)

    def clean(self, value):
        try:
            return Seen.parse(super().clean(value))
        except ValueError:
            raise ValidationError(INCOMPLETE["required"]) from None
