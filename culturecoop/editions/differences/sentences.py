"""What changed from one edition to the next, in lines that readers understand."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .comparison import Comparison, FieldChange, PartChange
from .words import Kind

#: A longer value is not told; that it changed is.
SHORT = 80


def lines(comparison: Comparison) -> list[str]:
    """Return a line for each thing that differs: "entry into force: 2010 → 2012"."""
    found = [_line(change.label, change) for change in comparison.fields]
    for section in comparison.sections:
        for change in section.changes:
            found += _part_lines(change)
    return found


def _part_lines(change: PartChange) -> Iterator[str]:
    if change.kind != Kind.SAME:
        came = change.kind == Kind.ADDED
        pattern = _("%(what)s added: %(title)s") if came else _("%(what)s removed: %(title)s")
        yield pattern % {"what": change.what, "title": change.title}
        return
    if change.places:
        yield _("%(what)s moved: %(title)s") % {"what": change.what, "title": change.title}
    for field in change.fields:
        is_main = field.name == change.part.main_field
        subject = change.part.subject_in_comparison if is_main else change.title
        yield _line(subject if is_main else f"{subject}, {field.label}", field)


def _line(subject: str, change: FieldChange) -> str:
    values = change.before, change.after
    if change.rich or any(len(value) > SHORT or "\n" in value for value in values):
        return _("%(what)s: changed") % {"what": _short(subject)}
    if not change.before:
        return _("%(what)s added: %(title)s") % {"what": subject, "title": change.after}
    if not change.after:
        return _("%(what)s removed: %(title)s") % {"what": subject, "title": change.before}
    return f"{subject}: {change.before} → {change.after}"


def _short(text):
    return Truncator(text).chars(SHORT)
