"""Going at the table as somebody with a database shell would."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record

AT = datetime(2021, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Somebody:
    """The least that can act."""

    pk: int = 7
    username: str = "liu"
    display_name: str = "刘敏"


def rows(count: int) -> list[Row]:
    """That many rows, freshly recorded."""
    return [
        record(
            actor=Somebody(),
            act="ledger.post",
            at=AT,
            target=f"ledger.posting:{number}",
            label=f"第{number}笔",
            after={"amount": "726.2", "unit": "亿元"},
        )
        for number in range(1, count + 1)
    ]


def execute(sql: str, *values: str | int) -> None:
    """Run raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def drop_guards(table: str = "audit_row") -> None:
    """Take away the triggers, as somebody who owns the database can."""
    if connection.vendor == "sqlite":
        for act in ("update", "delete", "replace"):
            execute(f"DROP TRIGGER {table}_no_{act}")
    else:
        execute(f"DROP FUNCTION {table}_append_only() CASCADE")
