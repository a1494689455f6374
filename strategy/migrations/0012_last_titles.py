"""What was withdrawn is found by its last title: `migrate` makes the rows of the list anew then."""

from django.db import migrations


def _forget(apps, schema_editor):
    for model in ("PageListing",):
        apps.get_model("strategy", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("strategy", "0011_pictures")]

    operations = [migrations.RunPython(_forget, migrations.RunPython.noop)]
