"""Columns and widgets on the bases of django-import-export.

A column reads its value from a *record* (nested dicts: {"texts": {"en": {"title": …}}}) by its
`attribute` ("texts__en__title"). Its widget turns a cell into the text that is compared and
stored, in one normal form, and raises a ValidationError with what was expected.
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from culturecoop import dates
from culturecoop.tabular import lists
from culturecoop.texts import whole_number


class Column(Field):
    """One column of a sheet.

    `fixed` columns come from the register: they can be given for a new row only when `initial`
    is set, and a change of them is an error. `help` explains the column to whoever fills it in:
    the help text of its model field where none is given.
    """

    def __init__(
        self,
        attribute: str,
        widget: "TextWidget | None" = None,
        *,
        fixed: bool = False,
        initial: bool = False,
        column_name: str | None = None,
        help: object = "",
    ) -> None:
        super().__init__(attribute, column_name, widget or TextWidget(), readonly=fixed)
        self.path = attribute.split("__")
        self.initial = initial
        self._help = help

    @classmethod
    def of(
        cls,
        model: type[Model],
        name: str,
        widget: "type[TextWidget] | None" = None,
        **options: Any,
    ) -> "Column":
        """Return the column of a field of the model: a text, or one of the codes it can have."""
        field: Any = model._meta.get_field(name)
        widget = widget or (ChoiceWidget if field.flatchoices else TextWidget)
        return cls(name, widget(field), column_name=name, **options)

    @property
    def help(self) -> str:
        """Return what the column holds, in a sentence or two; "" without an explanation."""
        return str(self._help or getattr(getattr(self.widget, "field", None), "help_text", ""))

    def get_value(self, record: dict) -> Any:
        value: Any = record
        for name in self.path:
            value = value.get(name)
            if value is None:
                return None
        return value

    def export(self, record: dict, **kwargs: object) -> str:
        """Return the cell of the record: blank for what it does not have."""
        value: Any = record
        for name in self.path:  # as `get_value` does; called for every cell, most are blank
            value = value.get(name)
            if value is None:
                return ""
        return value if type(value) is str else self.widget.render(value)

    def cleaned(self, cell: str) -> str:
        """Return the cell (a text) in its normal form; raises ValidationError."""
        return self.widget.clean(cell)

    def why_fixed(self, record: dict) -> str:
        """Return why the value of the record cannot be changed here, "" when it can."""
        if self.readonly:
            return _("This column cannot be changed by an import.")
        return self.widget.why_fixed(self.get_value(record))


class TextWidget(Widget):
    """Text as it is, or as a model field accepts it."""

    #: The resource of the column, which looks codes up; set when that is made.
    resource: Any = None

    def __init__(self, field=None):
        super().__init__()
        self.field = field

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        value = value.strip()
        return str(self.field.clean(value, None)) if self.field and value else value

    def render(self, value: Any, obj: object = None, **kwargs: object) -> str:
        return "" if value is None else str(value)

    def choices(self) -> list[str]:
        """Return the texts that a cell can hold, for a drop-down list; empty when there is none."""
        return []

    def why_fixed(self, value: Any) -> str:
        """Return why the value cannot be changed here, "" when it can."""
        return ""

    def why_refused(self, cell: str) -> str:
        """Return why the cell, in its normal form, cannot become the value; "" when it can."""
        return ""


class OneOfWidget(TextWidget):
    """One of the codes."""

    def __init__(self, codes: Iterable[str], field: Any = None) -> None:
        super().__init__(field)
        self.codes = list(codes)

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        value = value.strip()
        if value and value not in self.codes:
            raise ValidationError(
                _("Expected one of: %(codes)s.") % {"codes": get_text_list(self.codes, _("or"))}
            )
        return value

    def choices(self) -> list[str]:
        return self.codes


class ChoiceWidget(OneOfWidget):
    """One of the codes of a model field with choices."""

    def __init__(self, field: Any) -> None:
        super().__init__([str(code) for code, _label in field.flatchoices if code != ""], field)


class DayWidget(TextWidget):
    """A whole day: 2007-12-16."""

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        value = value.strip()
        try:
            return datetime.date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            raise ValidationError(_("Expected a day like 2007-12-16.")) from None


class WholeNumberWidget(TextWidget):
    """A whole number from 0 on."""

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        number = whole_number(value.strip())
        if value.strip() and (number is None or number > 32_767):
            raise ValidationError(_("Expected a whole number from 0 to 32,767."))
        return "" if number is None else str(number)


class Lookup(dict):
    """{code: pk} of the register; a code that is pending is in it too, as yet without a pk."""

    def __init__(self, codes: dict, pending: Callable[[], Collection[str]]) -> None:
        super().__init__(codes)
        self._pending = pending

    def __contains__(self, code: object) -> bool:
        return super().__contains__(code) or code in self._pending()


class CodeWidget(TextWidget):
    """The code of one other row, or nothing.

    The codes are in the field `code` of the `model`, whose rows are in the sheet called `sheet`.
    """

    def __init__(self, sheet: str, model: type[Model], code: str = "slug") -> None:
        super().__init__()
        self.sheet, self.model, self.code = sheet, model, code

    def known(self) -> Lookup:
        """Return what the register has, and what the same import makes before."""
        return self.resource.lookup(self.sheet, self.load)

    def load(self) -> dict:
        """Return {code: pk} of the register."""
        return dict(self.model._default_manager.values_list(self.code, "pk"))

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        code = value.strip()
        if code and code not in self.known():
            raise ValidationError(_("Unknown. Expected a code that the register has."))
        return code

    def choices(self) -> list[str]:
        return sorted(self.known())


class CodesWidget(CodeWidget):
    """Codes of other rows, separated by semicolons."""

    def __init__(
        self, sheet: str, model: type[Model], code: str = "slug", *, ordered: bool = False
    ) -> None:
        super().__init__(sheet, model, code)
        self.ordered = ordered

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        codes = lists.split(value)
        unknown = [code for code in codes if code not in self.known()]
        if unknown:
            raise ValidationError(
                _("Unknown: %(codes)s. Expected codes that the register has, separated by “;”.")
                % {"codes": ", ".join(unknown)}
            )
        if len(set(codes)) < len(codes):
            raise ValidationError(_("A code stands here twice."))
        return lists.joined(codes if self.ordered else sorted(codes))

    def render(self, value: Any, obj: object = None, **kwargs: object) -> str:
        return lists.joined(value or [])

    def choices(self) -> list[str]:
        return []


class ListWidget(TextWidget):
    """Texts in no particular order, separated by semicolons."""

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        texts = [str(self.field.clean(text, None)) for text in lists.split(value)]
        return lists.joined(sorted(set(texts)))

    def render(self, value: Any, obj: object = None, **kwargs: object) -> str:
        return lists.joined(sorted(value or []))


class DateWidget(TextWidget):
    """A partial date: 2007, 2007-12, 2007-12-16, with ? or ~."""

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        value = value.strip()
        return str(dates.validated(value)) if value else ""


class DatesWidget(DateWidget):
    """The date of the only event of its kind; several dates are shown but cannot be changed."""

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        return "; ".join(super(DatesWidget, self).clean(date) for date in value.split(";"))

    def render(self, value: Any, obj: object = None, **kwargs: object) -> str:
        return "; ".join(value or [])

    def why_refused(self, cell: str) -> str:
        if ";" in cell:
            return _("Expected one date. Further ones go to the sheet of events.")
        return ""

    def why_fixed(self, value: Any) -> str:
        if value and len(value) > 1:
            return _(
                "This column stands for %(count)d events, so it is read-only here: "
                "change them in the sheet of events."
            ) % {"count": len(value)}
        return ""
