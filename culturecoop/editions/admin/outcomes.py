"""The sentences that say, and that the log keeps, what a button has done."""

from django.utils.translation import gettext

from culturecoop.texts import quoted

from ..models import State
from .lists import moment


def outcome(button, done, number):
    """The sentence that the log keeps; what lies ahead is not reported as done."""
    if button.name == "cancel" and done.withdrawal:
        return gettext("Cancelled the withdrawal that was scheduled.")
    if done is None or done.state != State.SCHEDULED:
        if done and done.redirect_to:
            return gettext("Withdrawn. Readers are now sent on to %(address)s.") % {
                "address": done.redirect_to
            }
        return str(button.done % {"number": number})
    when = moment(done.live_from)
    if done.withdrawal:
        return gettext("Scheduled: it will be withdrawn on %(when)s.") % {"when": when}
    return gettext("Scheduled: readers see edition %(number)s from %(when)s.") % {
        "number": number,
        "when": when,
    }


def along(done, before):
    """Yield what becomes of the documents of a withdrawal, `before` of one that is cancelled."""
    taken = done.documents_taken() if done else []
    if taken:
        yield gettext("This goes for these documents too: %(what)s.") % {"what": listed(taken)}
    elif before:
        yield stay_public(before)


def stay_public(documents):
    return gettext("These documents stay public: %(what)s.") % {"what": listed(documents)}


def listed(documents):
    return ", ".join(quoted(document) for document in documents)
