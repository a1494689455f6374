"""What changed from one edition to the next, in lines that readers understand."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .comparison import Comparison, FieldChange, PartChange
from .values import is_file, is_rich
from .words import Kind

#: A longer value is not told; that it changed is.
SHORT = 80
#: So many lines are told of an edition.
MOST = 20


def lines(comparison: Comparison) -> list[str]:
    """Return a line for what differs, for readers: "entry into force: 2010 → 2012"."""
    found = [_line(change.label, change) for change in comparison.fields]
    for section in comparison.sections:
        for change in section.changes:
            found += _part_lines(change)
    if len(found) <= MOST:
        return found
    return [*found[:MOST], _("and %(number)d more") % {"number": len(found) - MOST}]


def _part_lines(change: PartChange) -> Iterator[str]:
    title = change.part.seen_title or ""
    if change.kind != Kind.SAME:
        came = change.kind == Kind.ADDED
        yield _came(change.what, title) if came else _went(change.what, title)
        return
    if change.places:
        yield _("%(what)s moved: %(title)s") % {"what": change.what, "title": _short(title)}
    for field in change.fields:
        is_main = field.field.name == change.part.main_field
        subject = change.part.subject_in_comparison if is_main else title or change.what
        yield _line(subject if is_main else f"{_short(subject)}, {field.label}", field)


def _line(subject: str, change: FieldChange) -> str:
    values = change.before, change.after
    whole = is_rich(change.field) or is_file(change.field)
    if whole or any(len(value) > SHORT or "\n" in value for value in values):
        return _("%(what)s: changed") % {"what": subject}
    if not change.before:
        return _came(subject, change.after)
    if not change.after:
        return _went(subject, change.before)
    return f"{subject}: {change.before} → {change.after}"


def _came(what, title):
    if not title:
        return _("%(what)s added") % {"what": what}
    return _("%(what)s added: %(title)s") % {"what": what, "title": _short(title)}


def _went(what, title):
    if not title:
        return _("%(what)s removed") % {"what": what}
    return _("%(what)s removed: %(title)s") % {"what": what, "title": _short(title)}


def _short(text):
    return Truncator(text).chars(SHORT)
