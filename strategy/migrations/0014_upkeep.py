"""Lists know what is behind, since when it is live, and links: `migrate` makes them anew then."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _forget(apps, schema_editor):
    apps.get_model("strategy", "PageListing").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0013_dates_as_written'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PageLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField(verbose_name='address')),
            ],
            options={
                'verbose_name': 'link inside the site',
                'verbose_name_plural': 'links inside the site',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='pagelisting',
            name='behind',
            field=models.CharField(max_length=200, null=True, verbose_name='translations behind'),
        ),
        migrations.AddIndex(
            model_name='pagelisting',
            index=models.Index(condition=models.Q(('behind__isnull', False)), fields=['edition'], name='pagelisting_behind'),
        ),
        migrations.AddIndex(
            model_name='pagelisting',
            index=models.Index(condition=models.Q(('withdrawal', False)), fields=['live_from'], name='pagelisting_since'),
        ),
        migrations.AddField(
            model_name='pagelink',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='strategy.pageedition'),
        ),
        migrations.RunPython(_forget, migrations.RunPython.noop),
    ]
