"""What the list of the admin looks through is folded: `migrate` makes its rows anew then."""

from django.db import migrations


def _forget(apps, schema_editor):
    apps.get_model("strategy", "PageListing").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("strategy", "0009_compiled")]

    operations = [migrations.RunPython(_forget, migrations.RunPython.noop)]
