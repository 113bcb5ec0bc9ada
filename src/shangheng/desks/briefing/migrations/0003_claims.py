"""Audited texts and decisions on what was found in them: only ever added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shangheng.core.database.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people"),
        ("briefing", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimsAudit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("structure", models.JSONField()),
                ("summary", models.JSONField()),
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
                    "first",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="briefing.claimsaudit",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="briefing.claimsaudit",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims_audits",
                        to="briefing.report",
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
            ],
        ),
        migrations.CreateModel(
            name="ClaimVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=16)),
                (
                    "decision",
                    models.CharField(
                        choices=[("confirmed", "属实，要改"), ("dismissed", "不是问题")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="briefing.claimsaudit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="claimsaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first__isnull", True), ("predecessor__isnull", True)),
                    models.Q(("first__isnull", False), ("predecessor__isnull", False)),
                    _connector="OR",
                ),
                name="briefing_claimsaudit_has_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", "confirmed"),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="briefing_claimverdict_reason",
            ),
        ),
        AppendOnly("briefing_claimsaudit"),
        AppendOnly("briefing_claimverdict"),
    ]
