"""The sheet of themes. For publishers."""

from django.utils.translation import gettext_lazy

from agreements.models import Theme, ThemeName
from culturecoop.sheets.columns import Column
from culturecoop.sheets.registry import register

from .translated_names import TranslatedNamesResource


@register
class ThemeResource(TranslatedNamesResource):
    """One row a theme."""

    name = "themes"
    label = gettext_lazy("themes")
    about = gettext_lazy("The subjects that tie agreements to pages, with names by language.")
    order = 30
    model = Theme
    name_model = ThemeName
    name_owner = "theme"
    key_fields = ("slug",)
    keys = required = ("slug",)
    export_permissions = ("agreements.view_theme",)
    import_permissions = ("agreements.add_theme", "agreements.change_theme")

    slug = Column.of(Theme, "slug")
    base = Column("base", fixed=True)
    name_ = Column.of(Theme, "name")

    def contents(self, keys):
        return {
            theme.slug: {
                "slug": theme.slug,
                "name": theme.name,
                "names": {row.language: row.name for row in theme.names.all()},
            }
            for theme in Theme.objects.filter(slug__in=keys).prefetch_related("names")
        }
