"""What an editor chooses for an export: the sheet, its columns and the format."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _
from import_export.forms import SelectableFieldsExportForm


class ExportForm(SelectableFieldsExportForm):
    """Radio buttons for the few choices; the columns that an import needs cannot be left out."""

    def _init_resources(self, resources):
        super()._init_resources(resources)
        if len(resources) > 1:
            choices = self.fields["resource"].choices
            self.fields["resource"] = _radios(_("What"), choices)

    def _init_formats(self, formats):
        choices = [(str(number), form().get_title()) for number, form in enumerate(formats)]
        self.fields["format"] = _radios(_("Format"), choices)

    def _get_field_label(self, resource, field_name):
        return field_name

    def _create_boolean_fields(self, resource, index):
        names = super()._create_boolean_fields(resource, index)
        for column in (*resource.keys, "base"):
            self.fields[self.create_boolean_field_name(resource, column)].disabled = True
        return names

    def columns(self) -> Iterator[tuple[str, list]]:
        """Yield (name of the sheet, [a check box for each column]) of each sheet."""
        for resource, names in zip(self.resources, self.resource_fields.values(), strict=True):
            yield str(resource.get_display_name()), [self[name] for name in names]

    def choices(self) -> list:
        """Return the other fields that are shown, above the columns."""
        return [field for field in self.visible_fields() if field.use_fieldset]


def _radios(label, choices):
    return forms.ChoiceField(
        label=label, choices=choices, initial=choices[0][0], widget=forms.RadioSelect
    )
