"""All that two people changed in one draft: what each did, and what has to be chosen."""

from django.utils.functional import cached_property

from .cells import Who, cells
from .orders import orders_of
from .rows import rows_of
from .sides import sides_of

CHOICE = "_choice-"  # begins the names of the choices in a form


class Merge:
    """A bound form with its formsets beside what is stored, and beside what it began from."""

    def __init__(self, form, formsets):
        self.form, self.formsets = form, formsets
        self.draft = form.instance
        self.was, self.theirs = sides_of(self.draft, form.version, form.opened)

    @property
    def has_base(self):
        """Whether it is known what the draft was when the form was opened."""
        return self.was is not None

    @cached_property
    def cells(self):
        """Return the Cells of the draft itself."""
        return cells(self.form, self.was and self.was.edition, self.theirs.edition)

    @cached_property
    def rows(self):
        """Return the Rows of all parts, as their formsets follow each other."""
        return [row for formset in self.formsets for row in self._rows_of(formset)]

    @cached_property
    def orders(self):
        return orders_of(self.rows)

    def _rows_of(self, formset):
        model = formset.model
        return rows_of(formset, self.was and self.was.parts[model], self.theirs.parts[model])

    def everything(self):
        """Yield (name, who changed it, what it is) of all that differs."""
        for cell in self.cells:
            yield cell.name, cell.who, cell
        for row in self.rows:
            yield row.name, row.who, row
            if row.stands:
                for cell in row.cells:
                    yield f"{row.name}-{cell.name}", cell.who, cell
        for order in self.orders:
            yield order.name, order.who, order

    @cached_property
    def differences(self):
        """Return {name: (who changed it, what it is)} of all that somebody changed."""
        return {name: (who, what) for name, who, what in self.everything() if who}


class Choices:
    """What was chosen of what both changed; `over`: mine, also of what only they changed."""

    def __init__(self, posted, over=False):
        self.posted, self.over = posted, over

    def of(self, name, who):
        """Return whose is taken: Who.MINE or Who.THEIRS, or None while that is not chosen."""
        if self.over:
            return Who.MINE
        if who != Who.BOTH:
            return who
        chosen = self.posted.get(CHOICE + name)
        return Who(chosen) if chosen in (Who.MINE, Who.THEIRS) else None

    def open(self, merge):
        """Return the names of what is still to be chosen."""
        found = merge.differences.items()
        return [name for name, (who, _what) in found if self.of(name, who) is None]
