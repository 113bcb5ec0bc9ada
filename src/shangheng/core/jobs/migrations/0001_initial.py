import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    replaces = [("jobs", "0001_jobs"), ("jobs", "0002_heartbeats")]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Heartbeat",
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
                            "worker",
                            models.CharField(max_length=120, unique=True, verbose_name="执行者"),
                        ),
                        ("threads", models.PositiveSmallIntegerField()),
                        ("started_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["worker"],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
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
                        ("kind", models.CharField(max_length=60, verbose_name="种类")),
                        (
                            "label",
                            models.CharField(blank=True, max_length=200, verbose_name="内容"),
                        ),
                        ("arguments", models.JSONField(default=dict)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("unique_key", models.CharField(blank=True, max_length=200)),
                        ("schedule", models.CharField(blank=True, max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待"),
                                    ("running", "进行中"),
                                    ("done", "完成"),
                                    ("failed", "失败"),
                                    ("cancelled", "已取消"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("attempt", models.PositiveIntegerField(default=0, verbose_name="次数")),
                        ("attempts_allowed", models.PositiveIntegerField(default=3)),
                        ("beats", models.PositiveBigIntegerField(default=0)),
                        (
                            "worker",
                            models.CharField(blank=True, max_length=120, verbose_name="执行者"),
                        ),
                        ("cancel_requested", models.BooleanField(default=False)),
                        ("done", models.PositiveBigIntegerField(default=0)),
                        ("total", models.PositiveBigIntegerField(default=0)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("message", models.CharField(blank=True, max_length=1000)),
                        ("traceback", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(verbose_name="提交时间")),
                        ("not_before", models.DateTimeField(null=True)),
                        ("started_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jobs",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("waiting", "running"))),
                                fields=["id"],
                                name="jobs_open",
                            ),
                            models.Index(fields=["actor", "id"], name="jobs_actor"),
                            models.Index(fields=["finished_at"], name="jobs_finished"),
                            models.Index(fields=["schedule", "id"], name="jobs_schedule"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("unique_key", ""), _negated=True),
                                fields=("unique_key",),
                                name="job_once_per_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["waiting", "running", "done", "failed", "cancelled"],
                                    )
                                ),
                                name="job_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Artefact",
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
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("media_type", models.CharField(max_length=120)),
                        ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "job",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="artefacts",
                                to="jobs.job",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("job", "name"), name="artefact_once_per_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Part",
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
                        ("place", models.PositiveIntegerField()),
                        ("content", models.BinaryField()),
                        (
                            "artefact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="jobs.artefact",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("artefact", "place"), name="part_once_per_place"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
