"""Lists know what is behind and since when it is live: `migrate` makes their rows anew then."""

from django.conf import settings
from django.db import migrations, models


def _forget(apps, schema_editor):
    for model in ("ListedStanding", "AgreementListing"):
        apps.get_model("agreements", model).objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0021_index_standings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementlisting',
            name='behind',
            field=models.CharField(max_length=200, null=True, verbose_name='translations behind'),
        ),
        migrations.AddIndex(
            model_name='agreementlisting',
            index=models.Index(condition=models.Q(('behind__isnull', False)), fields=['edition'], name='agreementlisting_behind'),
        ),
        migrations.AddIndex(
            model_name='agreementlisting',
            index=models.Index(condition=models.Q(('withdrawal', False)), fields=['live_from'], name='agreementlisting_since'),
        ),
        migrations.RunPython(_forget, migrations.RunPython.noop),
    ]
