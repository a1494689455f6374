"""What was withdrawn is found by its last title: `migrate` makes the rows of the list anew then."""

from django.db import migrations


def _forget(apps, schema_editor):
    for model in ("ListedStanding", "AgreementListing"):
        apps.get_model("agreements", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("agreements", "0017_index_listed_words")]

    operations = [migrations.RunPython(_forget, migrations.RunPython.noop)]
