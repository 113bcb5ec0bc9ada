"""Where every amount stands, not only what waits; and an index of reversals without the missing ones."""

from django.db import migrations, models
from django.db.models import Q

FILL = """
    INSERT INTO ledger_standing (posting_id, series_id, status)
    SELECT posting_id, series_id, status FROM (
        SELECT p.id AS posting_id, p.series_id, p.status, p.amount FROM ledger_posting p
        UNION ALL
        SELECT p.id, p.series_id, r.origin, -r.amount
        FROM ledger_posting p JOIN ledger_recognitionstep r ON r.posting_id = p.id
        UNION ALL
        SELECT p.id, p.series_id, r.destination, r.amount
        FROM ledger_posting p JOIN ledger_recognitionstep r ON r.posting_id = p.id
    ) changes
    WHERE status IN (3, 4)
    AND posting_id NOT IN (SELECT reverses_id FROM ledger_posting WHERE n = -1)
    AND posting_id NOT IN (SELECT id FROM ledger_posting WHERE n = -1)
    GROUP BY posting_id, series_id, status HAVING SUM(amount) <> 0
"""
EMPTY = "DELETE FROM ledger_standing WHERE status IN (3, 4)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_pending")]

    operations = [
        migrations.RenameModel("Pending", "Standing"),
        migrations.RenameIndex(
            "Standing", new_name="ledger_standing_series", old_name="ledger_pending_status_series"
        ),
        migrations.AlterField(
            "Standing",
            "posting",
            models.ForeignKey(
                on_delete=models.deletion.CASCADE,
                related_name="standings",
                to="ledger.posting",
            ),
        ),
        migrations.AddIndex(
            "Posting",
            models.Index(
                condition=Q(reverses__isnull=False),
                fields=["reverses"],
                name="ledger_posting_reversed",
            ),
        ),
        migrations.RunSQL(FILL, EMPTY),
    ]
