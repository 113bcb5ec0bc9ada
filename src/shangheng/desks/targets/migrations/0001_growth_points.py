import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.frozen import Frozen
from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="AcceptedBase",
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
                        ("told", models.TextField()),
                        ("reason", models.CharField(max_length=500)),
                        ("accepted_at", models.DateTimeField()),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.indicator",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accepted_bases",
                                to="ledger.targetsheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "indicator"), name="targets_base_accepted_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GrowthPoint",
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
                        ("name", models.CharField(max_length=100)),
                        ("due_on", models.DateField()),
                        ("low_amount", models.BigIntegerField()),
                        ("high_amount", models.BigIntegerField()),
                        ("probability", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.indicator",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="growth_points",
                                to="ledger.targetsheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("high_amount__gte", models.F("low_amount")),
                                    ("low_amount__gt", 0),
                                ),
                                name="targets_point_low_to_high",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("probability__gt", 0), ("probability__lte", 100)
                                ),
                                name="targets_point_probability",
                            ),
                        ],
                    },
                ),
            ],
        ),
        Frozen(
            table="targets_growthpoint",
            when="(SELECT state FROM ledger_targetsheet WHERE id = {row}.sheet_id) = 'signed'",
            on_arrival=True,
        ),
        Frozen(
            table="targets_acceptedbase",
            when="(SELECT state FROM ledger_targetsheet WHERE id = {row}.sheet_id) = 'signed'",
            on_arrival=True,
        ),
    ]
