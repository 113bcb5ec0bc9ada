import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("investment", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Forecast",
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
                        ("known_at", models.DateTimeField(db_index=True)),
                        ("begun_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("seen", models.JSONField(default=dict)),
                        ("scores", models.JSONField(default=dict)),
                        (
                            "ordered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-known_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Outlook",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("stage", models.CharField(max_length=40)),
                        ("waited", models.PositiveIntegerField()),
                        ("has_started", models.BooleanField()),
                        ("start", models.FloatField(null=True)),
                        ("start_month", models.DateField(null=True)),
                        ("paid", models.FloatField(null=True)),
                        ("paid_month", models.DateField(null=True)),
                        ("due_on", models.DateField(null=True)),
                        ("money", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                        ("variance", models.FloatField(null=True)),
                        ("low", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                        ("high", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                        ("lacking", models.JSONField(default=dict)),
                        (
                            "forecast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outlooks",
                                to="investment.forecast",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="investment.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("forecast", "year", "project"),
                                name="investment_outlook_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("high", None), ("low", None)),
                                    models.Q(("high__gte", models.F("low")), ("low__gte", 0)),
                                    _connector="OR",
                                ),
                                name="investment_outlook_low_to_high",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
