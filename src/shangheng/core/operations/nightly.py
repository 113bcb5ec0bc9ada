"""The slow checks, run every night as a job; the page shows what they found last."""

import json
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shangheng.core.jobs import registry
from shangheng.core.jobs.models import Job, Part, State
from shangheng.core.jobs.registry import Handler, Schedule
from shangheng.core.jobs.run import Run
from shangheng.core.operations.doctor import examine
from shangheng.core.operations.findings import in_both
from shangheng.core.operations.registry import Finding, Level

KIND = "operations.doctor"
FILE = "doctor.json"


def register() -> None:
    """Tell the registry of jobs."""
    registry.register(Handler(KIND, _("全面体检"), run_checks))
    registry.register_schedule(Schedule(KIND, KIND, daily_at=time(4, 0)))


def run_checks(run: Run) -> None:
    """Run the slow checks and leave what they find."""
    found = {
        check.code: [{"level": finding.level, **in_both(finding)} for finding in findings]
        for check, findings in examine(lambda check: check.slow)
    }
    run.artefact(FILE, json.dumps(found, ensure_ascii=False).encode(), "application/json")


@dataclass(frozen=True, slots=True)
class LastRun:
    """What the slow checks found, by code; None for `at` when they never ran."""

    at: datetime | None
    findings: dict[str, list[Finding]]


def last_run() -> LastRun:
    """What the slow checks found last, in the language of the page."""
    job = Job.objects.filter(kind=KIND, state=State.DONE).defer("traceback").first()
    if job is None:
        return LastRun(None, {})
    parts = Part.objects.filter(artefact__job=job, artefact__name=FILE)
    content = b"".join(bytes(part) for part in parts.values_list("content", flat=True))
    told: dict[str, list[dict[str, Any]]] = json.loads(content or b"{}")
    language = "en" if get_language() == "en" else "zh"
    found = {
        code: [Finding(**row[language], level=Level(row["level"])) for row in rows]
        for code, rows in told.items()
    }
    return LastRun(job.finished_at, found)
