"""The choice of a file that says which one is kept."""

from django.contrib.admin.widgets import AdminFileWidget
from django.template.loader import render_to_string
from django.utils.html import format_html

from .files import KEPT


class KeptFileWidget(AdminFileWidget):
    """The choice of a file. One that came back with its form is named, and sent along again."""

    def render(self, name, value, attrs=None, renderer=None):
        choice = super().render(name, value, attrs, renderer)
        if not getattr(value, "kept", ""):
            return choice
        context = {"name": name + KEPT, "file": value}
        return format_html("{}{}", choice, render_to_string("admin/unsaved/file.html", context))

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and f"{name}{KEPT}" not in data
