"""What the events of an agreement cannot be: publication refuses it, with the event named."""

from django.utils.translation import gettext as _

from .treaty import LegalLife
from .vocabulary import BEGINNINGS, CONSENT, FIRST_YEAR, LAST_YEAR, UNDOES, EventKind, Form


def legal_faults(edition, life=None):
    """Return sentences about events that contradict each other or their dates.

    `edition` has its parties and events prefetched; `life` is its LegalLife, made when not given.
    """
    events = list(edition.events.all())
    faults = [fault for event in events for fault in _dates(event)]
    if (life or LegalLife(edition)).form == Form.MULTILATERAL:
        lacking = [e for e in events if e.party_id is None and e.kind in CONSENT]
        faults += [_no_party(event) for event in lacking]
    faults += [_too_early(event, events, _ENDING) for event in events if event.kind in _ENDING]
    faults += [_too_early(event, events, _LIFTING) for event in events if event.kind in _LIFTING]
    return [fault for fault in faults if fault]


def _dates(event):
    for date in filter(None, (event.date, event.until)):
        if not FIRST_YEAR <= date.year <= LAST_YEAR:
            sentence = _("“%(event)s”: %(date)s is no date. Leave out what is not known.")
            yield sentence % {"event": event.get_kind_display(), "date": date}
    if event.until and event.kind not in _LASTING:
        kinds = ", ".join(str(kind.label) for kind in _LASTING)
        sentence = _("“%(event)s” has no last day: “until” belongs to %(kinds)s.")
        yield sentence % {"event": event, "kinds": kinds}
    if event.until and event.until.last < event.date.first:
        sentence = _("“%(event)s”: it would last until %(until)s, which is before its date.")
        yield sentence % {"event": event, "until": event.until.display()}


_LASTING = (*BEGINNINGS, EventKind.EXTENSION)


def _no_party(event):
    sentence = _("“%(event)s” needs a party: in a multilateral agreement each consents for itself.")
    return sentence % {"event": event}


#: What ends, and what there must be before: any step of a life that it can end.
_ENDING = {
    kind: (*BEGINNINGS, *(k for k in EventKind if k.rank)) for kind in EventKind if kind.end
} | {EventKind.PROVISIONAL_APPLICATION_END: (EventKind.PROVISIONAL_APPLICATION,)}
_LIFTING = {kind: (undone,) for kind, undone in UNDOES.items()}


def _too_early(event, events, needed):
    """Return the sentence about an end before any beginning, or about what lifts nothing."""
    kinds = needed[event.kind]
    begun = any(e.kind in kinds and e.date.first <= event.date.last for e in events)
    if begun or event.kind == EventKind.DISSOLUTION:
        return ""
    if event.kind in _LIFTING:
        sentence = _("“%(event)s”: there is no “%(kind)s” before it.")
        return sentence % {"event": event, "kind": EventKind(kinds[0]).label}
    return _("“%(event)s”: nothing that could end has begun before it.") % {"event": event}
