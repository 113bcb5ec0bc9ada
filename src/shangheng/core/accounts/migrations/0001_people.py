import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OrgUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=30,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(?:-[a-z0-9]+)*\\Z",
                                "代码只能用小写字母、数字和连字符，例如 swj-zs。",
                            )
                        ],
                        verbose_name="代码",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="英文名称")),
                ("path", models.CharField(db_index=True, editable=False, max_length=500)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="accounts.orgunit",
                        verbose_name="上级单位",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "username",
                    models.CharField(
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9._-]*\\Z",
                                "登录名只能用小写字母、数字、点、下划线和连字符。",
                            )
                        ],
                        verbose_name="登录名",
                    ),
                ),
                ("display_name", models.CharField(max_length=100, verbose_name="姓名")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "must_change_password",
                    models.BooleanField(default=True, verbose_name="下次登录须改密码"),
                ),
                (
                    "password_changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="密码修改时间"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="建立时间"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="accounts.orgunit",
                        verbose_name="所在单位",
                    ),
                ),
            ],
            options={
                "ordering": ["username"],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=40, verbose_name="角色")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "全部"),
                            ("chosen", "指定单位"),
                            ("unit_tree", "本单位及下属单位"),
                            ("unit", "本单位"),
                            ("own", "本人"),
                        ],
                        max_length=20,
                        verbose_name="范围",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "units",
                    models.ManyToManyField(
                        blank=True,
                        related_name="grants",
                        to="accounts.orgunit",
                        verbose_name="指定单位",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "role"), name="grant_once_per_role"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope__in", ["all", "chosen", "unit_tree", "unit", "own"])
                        ),
                        name="grant_scope_known",
                    ),
                ],
            },
        ),
    ]
