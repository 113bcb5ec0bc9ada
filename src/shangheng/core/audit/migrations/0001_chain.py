from django.db import migrations, models

from shangheng.core.database.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Row",
            fields=[
                (
                    "number",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号"),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="人员编号")),
                ("actor_name", models.CharField(blank=True, max_length=200, verbose_name="人员")),
                ("act", models.CharField(max_length=60, verbose_name="操作")),
                ("target", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                ("label", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("before", models.JSONField(null=True, verbose_name="操作前")),
                ("after", models.JSONField(null=True, verbose_name="操作后")),
                ("address", models.CharField(blank=True, max_length=60, verbose_name="来源地址")),
                ("previous_hash", models.CharField(max_length=64, verbose_name="前一条校验码")),
                ("hash", models.CharField(max_length=64, verbose_name="校验码")),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["actor_id", "number"], name="audit_row_actor"),
                    models.Index(fields=["act", "number"], name="audit_row_act"),
                    models.Index(fields=["target", "number"], name="audit_row_target"),
                ],
            },
        ),
        AppendOnly(
            table="audit_row",
        ),
    ]
