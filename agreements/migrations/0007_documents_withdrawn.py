from django.db import migrations

from culturecoop.documents.adoption import adopt


def forwards(apps, schema_editor):
    rows = apps.get_model("agreements", "AgreementDocument").objects

    def documents_of(withdrawal):
        listed = rows.filter(
            edition__agreement=withdrawal.agreement_id, edition__live_until=withdrawal.live_from
        )
        return list(listed.values_list("document", flat=True))

    adopt(apps, apps.get_model("agreements", "AgreementEdition"), documents_of)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0006_addresses"), ("documents", "0006_withdrawn_with")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
