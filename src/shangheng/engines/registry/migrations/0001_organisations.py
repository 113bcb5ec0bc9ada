import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.append_only import AppendOnly
from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="GramCount",
                    fields=[
                        (
                            "gram",
                            models.CharField(max_length=24, primary_key=True, serialize=False),
                        ),
                        ("names", models.PositiveIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                blank=True, max_length=18, verbose_name="统一社会信用代码"
                            ),
                        ),
                        (
                            "code_note",
                            models.CharField(blank=True, max_length=200, verbose_name="代码说明"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业"),
                                    ("sole_trader", "个体工商户"),
                                    ("institution", "事业单位"),
                                    ("government", "机关"),
                                    ("association", "社会组织"),
                                    ("foreign", "境外机构"),
                                    ("other", "其他"),
                                ],
                                default="enterprise",
                                max_length=20,
                                verbose_name="类型",
                            ),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, max_length=5, verbose_name="行业"),
                        ),
                        (
                            "area",
                            models.CharField(blank=True, max_length=12, verbose_name="所在地区"),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="住所"),
                        ),
                        (
                            "founded_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("created_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="daughters",
                                to="registry.organisation",
                                verbose_name="上级企业",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("code", ""), _negated=True), ("merged_into", None)
                                ),
                                fields=("code",),
                                name="organisation_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="organisation_not_own_parent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Name",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("current", "现名"),
                                    ("former", "曾用名"),
                                    ("short", "简称"),
                                    ("foreign", "外文名"),
                                ],
                                max_length=10,
                                verbose_name="名称类别",
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                        ("whole", models.CharField(db_index=True, editable=False, max_length=200)),
                        ("core", models.CharField(editable=False, max_length=200)),
                        ("sound", models.CharField(editable=False, max_length=1400)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="names",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "current")),
                                fields=("organisation",),
                                name="name_current_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("moved", models.JSONField(default=dict)),
                        ("taken", models.JSONField(default=dict)),
                        ("merged_at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_because", models.CharField(blank=True, max_length=300)),
                        (
                            "merged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "gone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_away",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None)),
                                fields=("gone",),
                                name="merged_away_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kept", models.F("gone")), _negated=True),
                                name="merge_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("list", models.CharField(max_length=40, verbose_name="名录")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "rank",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="位次"),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "list"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "list", "year"), name="membership_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("field", models.CharField(max_length=30)),
                        ("value", models.CharField(blank=True, max_length=300)),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                        ("as_of", models.DateField(verbose_name="截至日期")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sources",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["organisation", "field"], name="field_source")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "position",
                            models.CharField(blank=True, max_length=60, verbose_name="职务"),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="邮箱"),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                        ("as_of", models.DateField(verbose_name="截至日期")),
                        ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="registry.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Gram",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("gram", models.CharField(max_length=24)),
                        (
                            "name",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grams",
                                to="registry.name",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["gram", "name"], name="gram_name")],
                    },
                ),
            ],
        ),
        AppendOnly(
            table="registry_fieldsource",
        ),
    ]
