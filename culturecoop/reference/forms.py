"""The form of reference data: nobody overwrites what somebody else changed meanwhile."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culturecoop.clock import day_and_time
from culturecoop.texts import whole_number

from . import addresses


class SeenField(forms.IntegerField):
    """The newest amendment that the editor had before him: never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class SeenForm(forms.ModelForm):
    """Mixed into the form of a row: it is refused when the row was amended since it was opened.

    `amendments_of(row)` gives the amendments of the row and of those below it in the form.
    """

    seen = SeenField(required=False)

    amendments_of = None
    conflict = None  # what was amended meanwhile, when something was

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        newest = self._newest()
        self.initial["seen"] = newest.pk if newest else 0

    def clean(self):
        super().clean()
        if self.instance.pk:
            self._refuse_unseen()

    def _refuse_unseen(self):
        if self.instance.address_views:
            addresses.hold()
        type(self.instance)._base_manager.select_for_update().get(pk=self.instance.pk)
        newest = self._newest()
        chosen = whole_number(self.data.get("_over", "")) or self.cleaned_data.get("seen") or 0
        if newest and newest.pk != chosen:
            self.conflict = {"message": _changed_meanwhile(newest), "version": newest.pk}
            raise ValidationError(_("Nothing was saved. Your text is still in the form."))

    def _newest(self):
        found = type(self).amendments_of(self.instance) if self.instance.pk else None
        return found and found.select_related("by").order_by("-pk").first()


def _changed_meanwhile(amendment):
    return _("%(who)s changed it on %(day)s at %(time)s, after you had opened it.") % {
        "who": amendment.by or _("A command"),
        **day_and_time(amendment.at),
    }
