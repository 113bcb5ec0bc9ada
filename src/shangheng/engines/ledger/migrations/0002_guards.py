"""What the database itself refuses: changes to facts, and to targets that are signed."""

from django.db import migrations

from shangheng.core.database.append_only import AppendOnly
from shangheng.core.database.frozen import Frozen


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        AppendOnly("ledger_entry"),
        AppendOnly("ledger_posting"),
        AppendOnly("ledger_recognitionstep"),
        AppendOnly("ledger_postingevidence"),
        AppendOnly("ledger_publishedfigure"),
        Frozen("ledger_targetsheet", "{row}.state = 'signed'"),
        Frozen(
            "ledger_target",
            "(SELECT state FROM ledger_targetsheet WHERE id = {row}.sheet_id) = 'signed'",
            on_arrival=True,
        ),
    ]
