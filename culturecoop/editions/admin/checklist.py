"""What stands on the page that publishes a draft: what stops it, and the hints.

What is asked there is in `answers.py`.
"""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext

from culturecoop.reference.admin import admin_address

from .lists import moment


@dataclass(frozen=True)
class Line:
    """A sentence with the address where it is mended, or ""."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Checklist:
    """Lines that stop the publication, hints, what else comes of it, and where it will be."""

    errors: list
    hints: list
    notes: list
    places: list


def checklist(draft, form_url):
    """Return the Checklist of a draft, whose form is at `form_url`."""
    errors = [Line(text, _at(form_url, place)) for text, place in obstacles(draft)]
    hints = [] if errors else [Line(one.text, _at(form_url, one.place)) for one in draft.hints()]
    return Checklist(errors, hints, _schedules(draft), draft.places())


def _at(url, place):
    if place.startswith("/"):
        return place
    return f"{url}#{place}" if place else ""


def obstacles(draft):
    """Yield (sentence, place in the form) of what `check_publishable` says.

    The code of an error that stands at no field is the fragment of its place.
    """
    try:
        draft.check_publishable()
    except ValidationError as found:
        for field, errors in found.update_error_dict({}).items():
            for error in errors:
                place = error.code if field == NON_FIELD_ERRORS else f"id_{field}"
                yield " ".join(error.messages), place or ""


def _schedules(draft):
    """What was decided for later, and stays so."""
    replaced = gettext("Edition %(number)s is scheduled and will replace it on %(when)s.")
    withdrawn = gettext(
        "It is scheduled to be withdrawn on %(when)s, whichever edition is live then."
    )
    return [
        Line(
            (withdrawn if later.withdrawal else replaced)
            % {"number": later.number, "when": moment(later.live_from)},
            admin_address(later),
        )
        for later in draft.siblings().scheduled().order_by("live_from")
    ]
