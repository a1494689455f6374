"""A moved address belongs to its object, instead of leading to another address.

The apps bring their rows over, in migrations of their own that follow this one: only they know
what an address is the address of.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reference", "0002_keep_who_did_it"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="movedaddress",
            options={
                "default_permissions": ("view",),
                "ordering": ["old_path", "-pk"],
                "permissions": [("free_movedaddress", "Can give moved addresses free")],
                "verbose_name": "moved address",
                "verbose_name_plural": "moved addresses",
            },
        ),
        # What it led to, until it has an owner.
        migrations.RenameField("movedaddress", "new_path", "object_text"),
        migrations.AlterField(
            "movedaddress", "object_text",
            models.CharField(editable=False, max_length=500, verbose_name="belongs to"),
        ),
        migrations.AlterField(
            "movedaddress", "old_path",
            models.CharField(max_length=500, verbose_name="former address"),
        ),
        migrations.AddField(
            "movedaddress", "content_type",
            models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.CASCADE,
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            "movedaddress", "object_id", models.BigIntegerField(editable=False, null=True)
        ),
        migrations.AddField(
            "movedaddress", "at",
            models.DateTimeField(editable=False, null=True, verbose_name="moved at"),
        ),
        migrations.AddField(
            "movedaddress", "by",
            models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="moved by",
            ),
        ),
        migrations.AddField(
            "movedaddress", "freed_at",
            models.DateTimeField(editable=False, null=True, verbose_name="given free at"),
        ),
        migrations.AddField(
            "movedaddress", "freed_by",
            models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="given free by",
            ),
        ),
        migrations.AddField(
            "movedaddress", "freed_reason",
            models.TextField(blank=True, editable=False, verbose_name="why it was given free"),
        ),
        migrations.AddConstraint(
            "movedaddress",
            models.UniqueConstraint(
                condition=models.Q(("freed_at__isnull", True)), fields=("old_path",),
                name="moved_address_once",
            ),
        ),
        migrations.AddIndex(
            "movedaddress",
            models.Index(fields=["content_type", "object_id"], name="moved_address_of"),
        ),
        migrations.AddIndex(
            "movedaddress",
            models.Index(
                django.db.models.functions.text.Lower("old_path"), name="moved_address_lower"
            ),
        ),
    ]
