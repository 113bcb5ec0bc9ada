from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dictionary", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=60, verbose_name="代码")),
                ("zh", models.CharField(max_length=100, verbose_name="名称")),
                ("en", models.CharField(blank=True, max_length=100, verbose_name="英文名称")),
                ("position", models.PositiveIntegerField(verbose_name="排序")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="依据或说明")),
            ],
            options={
                "ordering": ["dictionary", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dictionary", "code"), name="entry_once_in_dictionary"
                    )
                ],
            },
        ),
    ]
