import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.together import Together


class Migration(migrations.Migration):
    replaces = [("ledger", "0001_ledger"), ("ledger", "0003_pending"), ("ledger", "0004_standing")]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("evidence", "0001_documents"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Indicator",
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
                        ("code", models.CharField(max_length=100, unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Seal",
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
                        ("sealed_at", models.DateTimeField()),
                        ("rolled_through", models.DateField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Entry",
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
                        ("recorded_at", models.DateTimeField(db_index=True)),
                        ("act", models.CharField(max_length=40)),
                        ("source", models.CharField(max_length=300)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PublishedFigure",
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
                        ("label", models.CharField(max_length=40)),
                        ("area", models.CharField(max_length=12)),
                        ("period", models.CharField(max_length=20)),
                        ("measure", models.CharField(max_length=10)),
                        ("tier", models.CharField(blank=True, max_length=20)),
                        ("subject", models.CharField(blank=True, max_length=100)),
                        ("text", models.CharField(max_length=40)),
                        ("unit_of_measure", models.CharField(max_length=20)),
                        ("source", models.CharField(max_length=300)),
                        ("place", models.CharField(blank=True, max_length=100)),
                        ("recorded_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
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
                    ],
                ),
                migrations.CreateModel(
                    name="Series",
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
                        ("area", models.CharField(max_length=12)),
                        ("dimensions", models.CharField(blank=True, max_length=500)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series",
                                to="ledger.indicator",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "area", "unit", "dimensions"),
                                name="ledger_series_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("subject", models.CharField(blank=True, max_length=100)),
                        ("amount", models.BigIntegerField()),
                        ("n", models.SmallIntegerField(default=1)),
                        ("occurred_on", models.DateField()),
                        ("recorded_at", models.DateTimeField(db_index=True)),
                        (
                            "status",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "待报"), (2, "已报待认定"), (3, "已认定"), (4, "拒统")]
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversal",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to="ledger.series",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["series", "occurred_on"], name="ledger_posting_series_day"
                            ),
                            models.Index(
                                condition=models.Q(("reverses__isnull", False)),
                                fields=["reverses"],
                                name="ledger_posting_reversed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("n", 1), ("reverses", None)),
                                    models.Q(("n", -1), ("reverses__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ledger_posting_reversal",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
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
                        ("status", models.PositiveSmallIntegerField()),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standings",
                                to="ledger.posting",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="ledger.series",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["status", "series"], name="ledger_standing_series")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetSheet",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("state", models.CharField(default="draft", max_length=10)),
                        ("source", models.CharField(max_length=300)),
                        ("is_sample", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "number"), name="ledger_sheet_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                        ("area", models.CharField(max_length=12)),
                        ("tier", models.CharField(max_length=20)),
                        ("month", models.PositiveSmallIntegerField(default=12)),
                        ("amount", models.BigIntegerField()),
                        (
                            "growth",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=9, null=True
                            ),
                        ),
                        ("base_amount", models.BigIntegerField(blank=True, null=True)),
                        ("base_period", models.CharField(blank=True, max_length=20)),
                        ("base_known_at", models.DateTimeField(blank=True, null=True)),
                        ("base_source", models.CharField(blank=True, max_length=300)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.indicator",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="ledger.targetsheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "indicator", "area", "unit", "tier", "month"),
                                name="ledger_target_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("unit", None)),
                                fields=("sheet", "indicator", "area", "tier", "month"),
                                name="ledger_target_once_for_all_units",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostingEvidence",
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="ledger.posting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("posting", "document"), name="ledger_evidence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecognitionStep",
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
                            "origin",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "待报"), (2, "已报待认定"), (3, "已认定"), (4, "拒统")]
                            ),
                        ),
                        (
                            "destination",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "待报"), (2, "已报待认定"), (3, "已认定"), (4, "拒统")]
                            ),
                        ),
                        ("amount", models.BigIntegerField()),
                        ("reason", models.CharField(blank=True, max_length=60)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("authority", models.CharField(max_length=100)),
                        ("recorded_at", models.DateTimeField(db_index=True)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="ledger.entry",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="ledger.posting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("origin", models.F("destination")), _negated=True
                                ),
                                name="ledger_step_moves",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rollup",
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
                        ("grain", models.CharField(max_length=1)),
                        ("area", models.CharField(max_length=12)),
                        ("month", models.DateField()),
                        ("known_on", models.DateField()),
                        ("status", models.PositiveSmallIntegerField()),
                        ("amount", models.BigIntegerField()),
                        ("postings", models.IntegerField()),
                        ("samples", models.IntegerField()),
                        ("reversals", models.IntegerField()),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.indicator",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.orgunit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["area", "unit", "grain", "indicator", "known_on", "month"],
                                name="ledger_rollup_lookup",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
