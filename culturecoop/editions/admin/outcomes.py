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
            sentence = gettext("Withdrawn. Readers are now sent on to %(address)s.")
            return sentence % {"address": done.redirect_to}
        return str(button.done % {"number": number})
    if done.withdrawal:
        sentence = gettext("Scheduled: it will be withdrawn on %(when)s.")
    else:
        sentence = gettext("Scheduled: readers see edition %(number)s from %(when)s.")
    return sentence % {"number": number, "when": moment(done.live_from)}


def along(done, before):
    """Yield what becomes of the documents of a withdrawal, `before` of one that is cancelled."""
    taken = done.documents_taken() if done else []
    if taken:
        yield gettext("This goes for these documents too: %(what)s.") % {"what": listed(taken)}
    elif before:
        yield stay_public(before)


def reviewers_words(button, asked):
    """Yield what was written for a review, or why there was none, as the log keeps it."""
    if asked.get("approves"):
        yield gettext("Approved by who published it.")
    names = {"publish": "override", "send_back": "reason", "submit": "note", "approve": "note"}
    if words := asked.get(names.get(button.name)):
        yield quoted(words)


def stay_public(documents):
    return gettext("These documents stay public: %(what)s.") % {"what": listed(documents)}


def listed(documents):
    return ", ".join(quoted(document) for document in documents)
