"""Contacts count their changes, so that a second editor is told."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column with a default."""

    dependencies: ClassVar = [("registry", "0001_organisations")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="contact",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
