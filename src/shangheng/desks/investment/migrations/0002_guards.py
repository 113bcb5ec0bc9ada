"""What was ruled, shared out and reported on a commitment: only ever added."""

from django.db import migrations

from shangheng.core.database.append_only import AppendOnly


class Migration(migrations.Migration):
    replaces = [("investment", "0006_credit_commitments_events")]

    dependencies = [("investment", "0001_initial")]

    operations = [
        AppendOnly("investment_ruling"),
        AppendOnly("investment_share"),
        AppendOnly("investment_progress"),
    ]
