"""The kinds of blocks, and which columns each has."""

from culturecoop.sheets.columns import OneOfWidget
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
#: Columns of what points to another row, with the column of that row that identifies it.
POINTERS = {"document": "slug", "page": "path", "agreement": "slug", "theme": "slug"}


class SomeOfWidget(OneOfWidget):
    """Some of the codes, separated by semicolons."""

    def clean(self, value, row=None, **kwargs):
        given = {super(SomeOfWidget, self).clean(code) for code in lists.split(value)}
        return lists.joined(code for code in self.codes if code in given)

    def choices(self):
        return []

    def render(self, value, obj=None, **kwargs):
        return lists.joined(code for code in self.codes if code in (value or []))
