"""The widgets that only the register needs."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreements import identifiers
from agreements.models import Reference
from culturecoop.sheets.columns import TextWidget
from culturecoop.tabular import lists


class NumberWidget(TextWidget):
    """The number of the only reference of its collection; several are shown but stay as they are.

    Each can be a number of its collection. One that holds a semicolon is quoted, as in every cell
    that can hold several.
    """

    def __init__(self, scheme):
        super().__init__(Reference._meta.get_field("value"))
        self.scheme = scheme

    def clean(self, value, row=None, **kwargs):
        if value.strip() and not lists.split(value):
            raise ValidationError(_("Expected a number: the cell holds none."))
        numbers = [super(NumberWidget, self).clean(number) for number in lists.split(value)]
        for number in numbers:
            identifiers.check(self.scheme, number)
        return lists.joined(numbers)

    def render(self, value, obj=None, **kwargs):
        return lists.joined(value or [])

    def why_refused(self, cell):
        if len(lists.split(cell)) < 2:
            return ""
        return _("Expected one number; one that holds “;” is written in quotes.")

    def why_fixed(self, value):
        if not value or len(value) < 2:
            return ""
        return _(
            "This column stands for %(count)d references, so it is read-only here: "
            "change them in the sheet of references."
        ) % {"count": len(value)}
