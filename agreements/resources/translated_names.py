"""Reference data with names by language."""

from culturecoop.languages import EU_LANGUAGES
from culturecoop.reference.verbs import amend, remove
from culturecoop.sheets.columns import Column, TextWidget
from culturecoop.sheets.reference import ReferenceResource


class TranslatedNamesResource(ReferenceResource):
    """Rows that have names by language, in columns `name_fr` and its like."""

    name_model = None
    #: The field of `name_model` that points to the row.
    name_owner = ""

    def dynamic_column(self, heading):
        part, _underline, language = heading.partition("_")
        if part == "name" and language in EU_LANGUAGES:
            widget = TextWidget(self.name_model._meta.get_field("name"))
            return Column(f"names__{language}", widget, column_name=heading)
        return None

    def headings(self, objects):
        found = set(objects.order_by().values_list("names__language", flat=True))
        return super().headings(objects) + [f"name_{c}" for c in EU_LANGUAGES if c in found]

    def headings_of(self, record):
        return super().headings_of(record) + [f"name_{code}" for code in record["names"]]

    def amend_parts(self, obj, values):
        for column, name in values.items():
            if column.startswith("name_"):
                self._amend_name(obj, column.removeprefix("name_"), name)

    def _amend_name(self, obj, language, name):
        row = obj.names.filter(language=language).first()
        if not name:
            if row:
                remove(row, by=self.by)
            return
        row = row or self.name_model(**{self.name_owner: obj, "language": language})
        row.name = name
        amend(row, by=self.by)
