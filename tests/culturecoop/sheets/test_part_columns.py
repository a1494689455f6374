"""The sheets of parts hold all that editors can write: the workbook is a backup, too."""

import pytest

from culturecoop.sheets import registry

PARTS = [resource for resource in registry.resources() if getattr(resource, "part_model", None)]


@pytest.mark.parametrize("resource", PARTS, ids=lambda resource: resource.name)
def test_every_field_of_a_part_that_can_be_written_has_a_column(resource):
    model = resource.part_model
    own = {model._meta.pk.name, model.edition_field().name}
    written = {field.name for field in model._meta.concrete_fields if field.editable} - own
    read = {path.partition("__")[0] for path in resource.read_fields.values()}
    assert written - read == set()
    assert set(resource.read_fields) <= set(resource.fields)
