"""What somebody who helps from afar needs to see: no personal data, no figure, no secret."""

import io
import json
import platform
import re
import zipfile
from datetime import datetime
from importlib.metadata import distributions, version

from django.conf import settings
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.operations import recent
from shangheng.core.operations.doctor import examine
from shangheng.core.operations.findings import in_both
from shangheng.core.operations.logs import HIDDEN, mask
from shangheng.core.operations.nightly import last_run
from shangheng.core.operations.status import database_version

SECRET = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|MAIL_SERVER|DATABASE")


def bundle(*, actor: User, at: datetime) -> bytes:
    """A zip with checks, versions, masked settings and the last lines of the log; leaves an audit row."""
    night = last_run()
    checks = {
        check.code: [{"level": finding.level, **in_both(finding)} for finding in findings]
        for check, findings in examine(lambda check: not check.slow)
    } | {code: [in_both(finding) for finding in found] for code, found in night.findings.items()}
    files = {
        "doctor.json": _json(checks),
        "versions.json": _json(versions()),
        "settings.json": _json(masked_settings()),
        "log.txt": "\n".join(recent.lines()),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, mask(content))
    with transaction.atomic():
        record(actor=actor, act="operations.support", at=at)
    return made.getvalue()


def versions() -> dict[str, object]:
    """What is installed, and how far the database has come."""
    applied = MigrationRecorder.Migration.objects.values_list("app", "name")
    return {
        "shangheng": version("shangheng"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "database": database_version(),
        "migrations": sorted(map(".".join, applied)),
        "packages": {one.name: one.version for one in distributions()},
    }


def masked_settings() -> dict[str, str]:
    """The variables of the environment that were set, those that hold secrets as asterisks."""
    return {
        name: HIDDEN if SECRET.search(name) else value
        for name, value in sorted(settings.ENVIRONMENT.items())
    }


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
