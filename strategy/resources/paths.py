"""Pages by their path: "/" is the home page, "/trade/music" a page below "/trade"."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from culturecoop.editions import bulk
from culturecoop.sheets.columns import TextWidget
from strategy.models import Page

_PATH = re.compile(r"/([a-z0-9-]+(/[a-z0-9-]+)*)?")
MAX_SUBJECT = 200


class PathWidget(TextWidget):
    """The path of a page, with the stroke before it."""

    def clean(self, value, row=None, **kwargs):
        value = value.strip()
        path = "/" + value.strip("/") if value else ""
        if path and (not _PATH.fullmatch(path) or len(path) > 500):
            raise ValidationError(_("Expected the path of a page: /, /trade, /trade/music."))
        return path

    def cleaned_or_none(self, value):
        try:
            return self.clean(value) or None
        except ValidationError:
            return None


class KnownPathWidget(PathWidget):
    """The path of a page that there is."""

    def known(self):
        return self.resource.known_paths

    def clean(self, value, row=None, **kwargs):
        path = super().clean(value)
        if path and path not in self.known():
            raise ValidationError(_("There is no page of this path."))
        return path

    def choices(self):
        return sorted(self.known())


class ByPath:
    """For resources whose rows are about a page in a language."""

    model = Page
    slug_field = "path"
    slug_column = "path"
    export_permissions = ("strategy.view_pageedition",)
    import_permissions = ("strategy.add_pageedition", "strategy.change_pageedition")

    def slug_of(self, row):
        path = row.keys["path"]
        return path.strip("/") if path else None

    def subject_of(self, track):
        """Return the path: all languages of a page are written together."""
        return "" if track[0] is None else f"/{track[0]}"[:MAX_SUBJECT]

    def lock(self, subjects):
        super().lock(())
        asked = Q(path__in=[subject[1:] for subject in subjects])
        for subject in subjects:
            if len(subject) == MAX_SUBJECT:  # cut
                asked |= Q(path__startswith=subject[1:])
        bulk.lock(Page, list(Page.objects.filter(asked).values_list("pk", flat=True)))

    @property
    def known_paths(self):
        """Return {"/trade": pk} of all pages, those that the same import makes before included."""
        return self.lookup("pages", page_paths)


def page_paths():
    return {f"/{path}": pk for path, pk in Page.objects.values_list("path", "pk")}
