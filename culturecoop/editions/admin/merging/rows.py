"""The rows of a part: those of the form beside those that are stored, and those that there were."""

from dataclasses import dataclass

from django.db.models import UniqueConstraint, prefetch_related_objects
from django.utils.functional import cached_property

from culturecoop.texts import whole_number

from ...differences.reading import names_beside
from .cells import Who, cells


@dataclass
class Row:
    """A part, by its key; a new one by its name in the form, where it has the place `number`.

    `form` is None of what the form does not know; `has_base` says whether it is known what the
    draft was.
    """

    formset: object
    key: str
    base: object = None
    theirs: object = None
    form: object = None
    number: int | None = None
    has_base: bool = True

    @property
    def name(self):
        return f"{self.formset.prefix}-{self.key}"

    @cached_property
    def cells(self):
        return cells(self.form, self.base, self.theirs) if self.form else []

    @property
    def is_new(self):
        """Whether it was added in the form."""
        return self.form is not None and self.number >= self.formset.initial_form_count()

    @property
    def is_blank(self):
        return self.is_new and not self.form.has_changed()

    @property
    def is_removed_by_me(self):
        return self.form is not None and self.formset._should_delete_form(self.form)

    @property
    def stands(self):
        """Whether its fields are to be compared one by one: it is stored, and in the form."""
        return bool(self.theirs and self.form and not self.is_removed_by_me)

    @property
    def who(self):
        """Return who added or removed the whole row; None when it stands, or nobody has it."""
        if self.is_blank or self.stands:
            return None
        if self.form is None:
            return self._who_added()
        if self.theirs is None:
            return self._who_has_it()
        if self.base is None:
            return Who.BOTH
        changed = any(cell.is_changed_by_them for cell in self.cells)
        return Who.BOTH if changed else Who.MINE

    def _who_added(self):
        if self.base is not None:
            return None  # the form came back without it
        return Who.THEIRS if self.has_base else Who.BOTH

    def _who_has_it(self):
        if self.is_removed_by_me:
            return None
        if self.is_new:
            return Who.MINE
        touched = self.base is None or any(cell.is_changed_by_me for cell in self.cells)
        return Who.BOTH if touched else Who.THEIRS


def rows_of(formset, base, theirs):
    """Return the Rows of a bound formset; `base` ({key: row}) is None when it is not known."""
    before, stored = base or {}, theirs
    keys = {row.pk: key for side in (before, stored) for key, row in side.items()}
    found = []
    for number, form in enumerate(formset.forms):
        pk = _posted_pk(formset, number)
        key = keys.get(pk) if number < formset.initial_form_count() else None
        name = str(key or formset.add_prefix(number))
        row = Row(formset, name, before.get(key), stored.get(key), form, number, base is not None)
        found.append(row)
    _pair(found, stored)
    seen = {row.key for row in found}
    for key, row in stored.items():
        if str(key) not in seen:
            found.append(Row(formset, str(key), before.get(key), row, has_base=base is not None))
    _read_names(formset.model, [row.form.instance for row in found if row.form])
    return found


def _posted_pk(formset, number):
    name = f"{formset.add_prefix(number)}-{formset.model._meta.pk.name}"
    return whole_number(formset.data.get(name, ""))


def _pair(rows, stored):
    """Give rows that nothing is stored of the stored one that is there but once, like a language.

    Two people may have added the same party: of it there can be only one row.
    """
    taken = {row.key for row in rows}
    free = {key: row for key, row in stored.items() if str(key) not in taken}
    for row in rows:
        if row.theirs is None and not row.is_blank and not row.is_removed_by_me:
            key = next((key for key, one in free.items() if _is_the_same(row.form, one)), None)
            if key is not None:
                row.key, row.theirs = str(key), free.pop(key)


def _is_the_same(form, row):
    """Whether a form and a stored row cannot be in one edition together."""
    model, given = type(row), getattr(form, "cleaned_data", {})
    for constraint in model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or "key" in constraint.fields:
            continue
        names = [name for name in constraint.fields if name != model.edition_field().name]
        fields = [model._meta.get_field(name) for name in names]
        if names and all(name in given for name in names):
            values = [field.value_from_object(form.instance) for field in fields]
            if values == [field.value_from_object(row) for field in fields]:
                return True
    return False


def _read_names(model, instances):
    """Read the names of what typed rows point to, for all of them at once."""
    if instances:
        prefetch_related_objects(instances, *names_beside(model))
