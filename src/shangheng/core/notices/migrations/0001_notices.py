import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
                    name="Outlet",
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
                            "name",
                            models.CharField(max_length=100, unique=True, verbose_name="名称"),
                        ),
                        (
                            "service",
                            models.CharField(
                                choices=[
                                    ("wecom", "企业微信群机器人"),
                                    ("dingtalk", "钉钉群机器人"),
                                    ("webhook", "其他系统（webhook）"),
                                ],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        ("address", models.TextField()),
                        ("secret", models.TextField(blank=True)),
                        ("kinds", models.JSONField(verbose_name="推送哪些消息")),
                        (
                            "language",
                            models.CharField(
                                default="zh-hans", max_length=10, verbose_name="消息的语言"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                        ("failing_since", models.DateTimeField(blank=True, null=True)),
                        ("stopped_because", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("digest", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "待发"),
                                    ("failed", "待重试"),
                                    ("sent", "已送达"),
                                    ("given_up", "已放弃"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="次数"),
                        ),
                        ("due_at", models.DateTimeField(verbose_name="何时发")),
                        ("leased_until", models.DateTimeField(null=True)),
                        ("attempted_at", models.DateTimeField(null=True, verbose_name="最近一次")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="原因"),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="notices.event",
                            ),
                        ),
                        (
                            "outlet",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="notices.outlet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["queued", "failed"])),
                                fields=["due_at"],
                                name="notices_delivery_due",
                            ),
                            models.Index(
                                fields=["receiver", "attempted_at"], name="notices_mail_of_a_day"
                            ),
                            models.Index(
                                fields=["outlet", "attempted_at"], name="notices_pushes_of_a_minute"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "receiver"), name="notices_mailed_once"
                            ),
                            models.UniqueConstraint(
                                fields=("event", "outlet"), name="notices_pushed_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("receiver__isnull", True),
                                    ("outlet__isnull", True),
                                    _connector="XOR",
                                ),
                                name="notices_delivery_to_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
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
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("succeeded", models.BooleanField()),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="原因"),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="log",
                                to="notices.delivery",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                        ("key", models.CharField(max_length=200, unique=True)),
                        ("kind", models.CharField(max_length=60, verbose_name="种类")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "actor_name",
                            models.CharField(blank=True, max_length=200, verbose_name="人员"),
                        ),
                        ("texts", models.JSONField()),
                        ("url", models.CharField(blank=True, max_length=500)),
                        ("source", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "at"], name="notices_event_kind")],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
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
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="邮箱"),
                        ),
                        (
                            "language",
                            models.CharField(
                                default="zh-hans", max_length=10, verbose_name="消息的语言"
                            ),
                        ),
                        (
                            "quiet",
                            models.CharField(
                                choices=[
                                    ("bureau", "按全局的安静时段"),
                                    ("own", "自己定"),
                                    ("none", "不要安静时段"),
                                ],
                                default="bureau",
                                max_length=10,
                                verbose_name="安静时段",
                            ),
                        ),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="从")),
                        ("quiet_to", models.TimeField(blank=True, null=True, verbose_name="到")),
                        (
                            "digest_at",
                            models.TimeField(blank=True, null=True, verbose_name="汇总时间"),
                        ),
                        (
                            "daily_cap",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="每天最多几封"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notice_preference",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet", "own"), _negated=True),
                                    models.Q(
                                        ("quiet_from__isnull", False), ("quiet_to__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="notices_own_quiet_hours_have_bounds",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Subscription",
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
                        ("kind", models.CharField(max_length=60)),
                        ("inbox", models.BooleanField(default=True)),
                        (
                            "email",
                            models.CharField(
                                choices=[("now", "即时"), ("digest", "每日汇总"), ("off", "不发")],
                                max_length=10,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notice_subscriptions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "kind"), name="notices_one_choice_per_kind"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                            "read_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="已读时间"),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="notices.event",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["receiver", "-id"], name="notices_inbox"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["receiver"],
                                name="notices_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "receiver"), name="notices_told_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
