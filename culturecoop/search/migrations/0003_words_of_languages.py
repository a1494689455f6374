"""Words are told apart by their language and place: `rebuild_search` finds those of before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]

    operations = [
        migrations.DeleteModel("SearchWord"),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60)),
                ("length", models.PositiveSmallIntegerField(db_index=True)),
                ("language", models.CharField(blank=True, max_length=7)),
                ("prominent", models.BooleanField()),
            ],
            options={
                "verbose_name": "search word",
                "verbose_name_plural": "search words",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("word", "language", "prominent"), name="search_word_once"
                    )
                ],
            },
        ),
    ]
