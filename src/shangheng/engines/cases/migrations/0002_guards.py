from django.db import migrations

from shangheng.core.database.append_only import AppendOnly
from shangheng.core.database.frozen import Frozen


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]

    operations = [
        AppendOnly("cases_step"),
        AppendOnly("cases_milestone"),
        AppendOnly("cases_verification"),
        AppendOnly("cases_exhibit"),
        AppendOnly("cases_comment"),
        AppendOnly("cases_mention"),
        Frozen("cases_pause", "{row}.until IS NOT NULL"),
        Frozen("cases_signing", "{row}.answered_at IS NOT NULL"),
        Frozen("cases_override", "{row}.decided_at IS NOT NULL"),
        Frozen("cases_task", "{row}.done_at IS NOT NULL"),
        Frozen("cases_obstacle", "{row}.closed_at IS NOT NULL"),
        Frozen("cases_agendaitem", "{row}.decided_at IS NOT NULL"),
        Frozen("cases_meeting", "{row}.closed_at IS NOT NULL"),
    ]
