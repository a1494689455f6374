"""The kinds of blocks, and which columns each has."""

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from culturecoop.sheets.columns import TextWidget
from culturecoop.tabular import lists
from strategy import blocks

MODELS = {
    "text": blocks.Text,
    "milestone": blocks.Milestone,
    "link": blocks.Link,
    "image": blocks.Image,
    "agreement_list": blocks.AgreementList,
}
PLACE = ("region", "ordering")
COLUMNS = {
    "text": ("text",),
    "milestone": ("date", "actor", "text", "link_text", "document", "address"),
    "link": ("heading", "title", "document", "page", "agreement", "address"),
    "image": ("file", "alternative", "caption", "credit"),
    "agreement_list": ("theme", "kinds", "order"),
}
#: Columns of what points to another row, with the column of that row that tells it.
POINTERS = {"document": "slug", "page": "path", "agreement": "slug", "theme": "slug"}


class OneOfWidget(TextWidget):
    """One of the codes."""

    def __init__(self, codes):
        super().__init__()
        self.codes = list(codes)

    def clean(self, value, row=None, **kwargs):
        value = value.strip()
        if value and value not in self.codes:
            raise ValidationError(
                _("Expected one of: %(codes)s.") % {"codes": get_text_list(self.codes, _("or"))}
            )
        return value

    def choices(self):
        return self.codes


class SomeOfWidget(OneOfWidget):
    """Some of the codes, separated by semicolons."""

    def clean(self, value, row=None, **kwargs):
        given = {super(SomeOfWidget, self).clean(code) for code in lists.split(value)}
        return lists.joined(code for code in self.codes if code in given)

    def choices(self):
        return []

    def render(self, value, obj=None, **kwargs):
        return lists.joined(code for code in self.codes if code in (value or []))
