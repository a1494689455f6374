from django.db import migrations
from django.db.models import Min

from culturecoop.reference.owners import adopt, spread


def forwards(apps, schema_editor):
    editions = apps.get_model("strategy", "PageEdition").objects
    page = apps.get_model("strategy", "Page")

    def seen_from(pk):
        return editions.filter(page=pk).aggregate(first=Min("live_from"))["first"]

    adopted = adopt(apps, page, prefix="/", field="path", seen_from=seen_from)
    spread(apps, page, adopted, seen_from=seen_from)


class Migration(migrations.Migration):
    dependencies = [("strategy", "0004_keep_who_did_it"), ("reference", "0003_addresses")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
