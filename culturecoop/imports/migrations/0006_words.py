"""Three fields get clearer names in the code; their columns in the database stay."""

from django.db import migrations, models

OVERWRITE_HELP = (
    'Rows without a base change what the register has already; otherwise they are listed as '
    'conflicts.'
)


class Migration(migrations.Migration):

    dependencies = [
        ('spreadsheets', '0005_task_paths'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.RenameField('importjob', 'update', 'overwrite_without_base'),
            migrations.AlterField(
                'importjob', 'overwrite_without_base',
                models.BooleanField(
                    db_column='update', default=False, help_text=OVERWRITE_HELP,
                    verbose_name='change what is there',
                ),
            ),
            migrations.RenameField('importjob', 'beat_at', 'heartbeat_at'),
            migrations.AlterField(
                'importjob', 'heartbeat_at',
                models.DateTimeField(db_column='beat_at', editable=False, null=True),
            ),
            migrations.RenameField('importrow', 'faults', 'errors'),
            migrations.AlterField(
                'importrow', 'errors', models.JSONField(db_column='faults', default=list),
            ),
        ]),
    ]
