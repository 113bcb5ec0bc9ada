"""Texts, builds, waivers and steps are only ever added; a report that is over stays as it is."""

from django.db import migrations

from shangheng.core.database.append_only import AppendOnly
from shangheng.core.database.frozen import Frozen


class Migration(migrations.Migration):
    dependencies = [("briefing", "0001_reports")]

    operations = [
        AppendOnly("briefing_draft"),
        AppendOnly("briefing_build"),
        AppendOnly("briefing_boundfigure"),
        AppendOnly("briefing_waiver"),
        AppendOnly("briefing_step"),
        Frozen("briefing_report", "{row}.state IN ('withdrawn', 'superseded')"),
    ]
