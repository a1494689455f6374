"""The choice of a file that says which one is kept."""

from django.contrib.admin.widgets import AdminFileWidget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext

from .files import KEPT

CHOSEN = "-chosen"  # ends the name of the field that says which file a copy cannot bring back


class KeptFileWidget(AdminFileWidget):
    """The choice of a file. One that came back with its form is named, and sent along again.

    Of one that did not, in a form that is filled from a copy, the name is all that is known.
    """

    lost = ""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        self.lost = "" if value else data.get(name + CHOSEN, "")
        return value

    def render(self, name, value, attrs=None, renderer=None):
        choice = super().render(name, value, attrs, renderer)
        if not getattr(value, "kept", ""):
            return format_html("{}{}", choice, self._told()) if self.lost else choice
        context = {"name": name + KEPT, "file": value}
        return format_html("{}{}", choice, render_to_string("admin/unsaved/file.html", context))

    def _told(self):
        words = gettext("%(name)s was chosen: choose it again.") % {"name": self.lost}
        return format_html('<span class="kept-file">{}</span>', words)

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and f"{name}{KEPT}" not in data
