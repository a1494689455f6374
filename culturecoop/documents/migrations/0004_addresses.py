from django.db import migrations, models
from django.db.models import Min
from django.db.models.functions import Lower

from culturecoop.reference.owners import adopt


def forwards(apps, schema_editor):
    files = apps.get_model("documents", "DocumentFile").objects
    adopt(
        apps, apps.get_model("documents", "Document"), prefix="/documents/", field="slug",
        seen_from=lambda pk: files.filter(document=pk).aggregate(first=Min("live_from"))["first"],
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_keep_who_did_it"), ("reference", "0003_addresses")]

    operations = [
        migrations.AddIndex("document", models.Index(Lower("slug"), name="document_slug_lower")),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
