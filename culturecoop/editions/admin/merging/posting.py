"""The form as it would have been posted, had the editor typed what was chosen."""

import re

from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT

from culturecoop.unsaved.files import KEPT
from culturecoop.unsaved.widgets import CHOSEN

from .cells import Who, as_posted, content_names
from .orders import order_field

#: What stands in a form beside a field of a file.
BESIDE_FILES = ("", KEPT, CHOSEN, "-clear")


def write(merge, choices, posted, files):
    """Write what was chosen into copies of what was posted: a QueryDict, and its files."""
    for cell in merge.cells:
        if choices.of(cell.name, cell.who) == Who.THEIRS:
            _Entry(posted, files).take(cell)
    numbers = _numbers(merge, choices)
    for formset in merge.formsets:
        rows = [row for row in merge.rows if row.formset is formset]
        _write_rows(formset, rows, choices, numbers, posted, files)


class _Entry:
    """A row of a form as it is posted: {field: [texts]}, {field: file}."""

    def __init__(self, values, files):
        self.values, self.files = values, files

    def take(self, cell):
        """Put in what is stored in place of what was typed."""
        self.put(cell.name, cell.bound.field, cell.theirs)

    def put(self, name, field, row):
        for end in BESIDE_FILES:
            self.values.pop(name + end, None)
        self.files.pop(name, None)
        stored = row._meta.get_field(name).value_from_object(row)
        self.set(name, as_posted(field, stored))

    def set(self, name, texts):
        if not texts:
            self.values.pop(name, None)
        elif hasattr(self.values, "setlist"):
            self.values.setlist(name, texts)
        else:
            self.values[name] = texts


def _write_rows(formset, rows, choices, numbers, posted, files):
    taken = _taken_out(formset, posted, files)
    stored, new = [], []
    for row in rows:
        entry = _entry(row, taken, choices)
        if entry is None:
            continue
        if row.key in numbers:
            entry.set(order_field(formset.model), [str(numbers[row.key])])
        (new if row.is_new and not row.theirs else stored).append(entry)
    for number, entry in enumerate([*stored, *new]):
        for name, texts in entry.values.items():
            posted.setlist(f"{formset.add_prefix(number)}-{name}", texts)
        for name, file in entry.files.items():
            files[f"{formset.add_prefix(number)}-{name}"] = file
    posted[f"{formset.prefix}-{INITIAL_FORM_COUNT}"] = str(len(stored))
    posted[f"{formset.prefix}-{TOTAL_FORM_COUNT}"] = str(len(stored) + len(new))


def _taken_out(formset, posted, files):
    """Take the rows of a formset out of what was posted; return them by their numbers."""
    field = re.compile(rf"{re.escape(formset.prefix)}-(\d+)-(.+)")
    taken = {}
    for source, names in ((posted, "values"), (files, "files")):
        for name in list(source):
            if found := field.fullmatch(name):
                entry = taken.setdefault(int(found[1]), _Entry({}, {}))
                given = source.getlist(name) if names == "values" else source[name]
                getattr(entry, names)[found[2]] = given
                del source[name]
    return taken


def _entry(row, taken, choices):
    """Return what is posted of a row; None when there is none of it any more."""
    chosen, formset = choices.of(row.name, row.who), row.formset
    entry = taken.get(row.number) or _Entry({}, {})
    if row.theirs is None:
        gone = row.is_removed_by_me or (row.who and chosen == Who.THEIRS)
        return None if gone and not row.is_new else entry
    entry.set(formset.model._meta.pk.name, [str(row.theirs.pk)])
    entry.set(formset.fk.name, [str(formset.instance.pk)])
    if row.form is None and row.who is None:
        return None  # the form came back without it: it stays as it is
    if row.form is None or (row.who and chosen == Who.THEIRS):
        _take_all(entry, row)
        if chosen == Who.MINE:
            entry.set(DELETION_FIELD_NAME, ["on"])
    for cell in row.cells if row.stands else ():
        if choices.of(f"{row.name}-{cell.name}", cell.who) == Who.THEIRS:
            entry.take(cell)
    return entry


def _take_all(entry, row):
    """Put in all that is stored of a row, which stays."""
    form = row.form or row.formset.empty_form
    entry.values.pop(DELETION_FIELD_NAME, None)
    names = [*content_names(form), order_field(row.formset.model)]
    for name in names:
        if name in form.fields:
            entry.put(name, form.fields[name], row.theirs)


def _numbers(merge, choices):
    """Return {key of a row: its number} of the rows that are put in another order."""
    staying = {row.key for row in merge.rows if _stays(row, choices)}
    found = {}
    for order in merge.orders:
        found |= order.numbers(choices.of(order.name, order.who) or Who.THEIRS, staying)
    return found


def _stays(row, choices):
    chosen = choices.of(row.name, row.who)
    if row.who is None:
        return not (row.is_blank or row.is_removed_by_me)
    has_it = row.form is not None and not row.is_removed_by_me
    return has_it if chosen == Who.MINE else row.theirs is not None
