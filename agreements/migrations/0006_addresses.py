from django.db import migrations, models
from django.db.models import Min
from django.db.models.functions import Lower

from culturecoop.reference.owners import adopt


def forwards(apps, schema_editor):
    editions = apps.get_model("agreements", "AgreementEdition").objects
    adopt(
        apps, apps.get_model("agreements", "Agreement"), prefix="/agreements/", field="slug",
        seen_from=lambda pk: editions.filter(agreement=pk).aggregate(first=Min("live_from"))[
            "first"
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("agreements", "0005_keep_who_did_it"), ("reference", "0003_addresses")]

    operations = [
        migrations.AddIndex("agreement", models.Index(Lower("slug"), name="agreement_slug_lower")),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
