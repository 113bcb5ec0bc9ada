"""What waits in recognition, in a table of its own, filled from the postings that there are."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
    INSERT INTO ledger_pending (posting_id, series_id, status)
    SELECT posting_id, series_id, status FROM (
        SELECT p.id AS posting_id, p.series_id, p.status, p.amount FROM ledger_posting p
        UNION ALL
        SELECT p.id, p.series_id, r.origin, -r.amount
        FROM ledger_posting p JOIN ledger_recognitionstep r ON r.posting_id = p.id
        UNION ALL
        SELECT p.id, p.series_id, r.destination, r.amount
        FROM ledger_posting p JOIN ledger_recognitionstep r ON r.posting_id = p.id
    ) changes
    WHERE status IN (1, 2)
    AND posting_id NOT IN (SELECT reverses_id FROM ledger_posting WHERE n = -1)
    AND posting_id NOT IN (SELECT id FROM ledger_posting WHERE n = -1)
    GROUP BY posting_id, series_id, status HAVING SUM(amount) <> 0
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="Pending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("status", models.PositiveSmallIntegerField()),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending",
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
                    models.Index(fields=["status", "series"], name="ledger_pending_status_series")
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
