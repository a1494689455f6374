"""When readers see it: now, or at a time that the editor chooses; never one for the other.

Neither radio is chosen beforehand, as the GOV.UK Design System asks, because a moment that was
typed by half arrives empty and would otherwise mean “now”. Who wants it now presses the button
that says so; the Enter key does not.
"""

import datetime
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..seen import moment

NOW, LATER = "now", "at"
ZONES = {"Europe/Brussels": pgettext_lazy("time zone", "Brussels")}
FARTHEST = datetime.timedelta(days=3653)


class MomentInput(forms.DateTimeInput):
    """The browser's own choice of date and time."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__({"data-moment": ""}, format="%Y-%m-%dT%H:%M")


def zone_name():
    """Return the site's time zone as people call it: "Brussels"."""
    name = timezone.get_default_timezone_name()
    return str(ZONES.get(name) or name.rpartition("/")[2].replace("_", " "))


def _zone_help():
    return gettext("Local time (%(zone)s).") % {"zone": zone_name()}


class MomentField(forms.DateTimeField):
    """A date and time ahead in the site's time zone; empty where "now" is chosen."""

    widget = MomentInput
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")

    def __init__(self, **kwargs):
        kwargs |= {"label": _("Date and time"), "help_text": lazy(_zone_help, str)()}
        super().__init__(required=False, input_formats=self.input_formats, **kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
        raise ValidationError(
            _("The clocks change at this time: it comes twice, or not at all. Choose another.")
        )

    def clean(self, value):
        at = super().clean(value)
        if at is not None and at < timezone.now():
            raise ValidationError(_("This time has passed. Choose one ahead, or “now”."))
        if at is not None and at > timezone.now() + FARTHEST:
            raise ValidationError(_("This is more than ten years ahead. Is the year right?"))
        return at


class MomentChoice(forms.RadioSelect):
    """Radios above a button that says "now": it is sent after them, and what they say counts."""

    def value_from_datadict(self, data, files, name):
        try:
            return data.getlist(name)[0]
        except (AttributeError, IndexError):
            return data.get(name)


class MomentForm(forms.Form):
    """Mixed into the form of a verb that takes a moment: `cleaned_data["at"]`, None for now."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Now")), (LATER, _("At a time"))],
        widget=MomentChoice,
        error_messages={"required": _("Choose: now, or at a time.")},
    )
    at = MomentField()

    def clean(self):
        cleaned = super().clean()
        when = cleaned.pop("when", None)
        if "at" not in cleaned:
            return cleaned
        if when == LATER and cleaned["at"] is None:
            self.add_error("at", _("Give the whole date and time, like 2030-01-31 09:00."))
        elif when == NOW and cleaned["at"]:
            self.add_error("when", _("You gave a time below, but chose “now”. Choose one of them."))
        return cleaned


def _chosen(form):
    """The moment that is in a form; None for none, or for one that is refused."""
    try:
        return form.fields["at"].clean(form["at"].value())
    except ValidationError:
        return None


@dataclass(frozen=True)
class MomentLabels:
    """What the button of a form says: for a time that is not given yet, for now, and at a time.

    `later` has the placeholder %(when)s. The page's script follows the choice with them.
    """

    plain: str
    now: str
    later: str

    def of(self, form):
        """Return the words for what was chosen in a form that came back."""
        at = _chosen(form)
        if at:
            return self.later % {"when": f"{moment(at)} ({zone_name()})"}
        return self.plain if form["when"].value() == LATER else self.now

    @property
    def zone(self):
        return zone_name()
