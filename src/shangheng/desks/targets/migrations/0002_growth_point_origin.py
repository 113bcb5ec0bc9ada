"""Growth points say what they were taken up from."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be NULL: SQLite adds it to the table, whose triggers stay."""

    dependencies: ClassVar = [("targets", "0001_growth_points")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="growthpoint",
            name="origin",
            field=models.CharField(editable=False, max_length=100, null=True),
        ),
    ]
