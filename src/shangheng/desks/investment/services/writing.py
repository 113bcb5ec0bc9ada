"""What every write of the desk shares: fields told to the audit, the index, the audit row."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.search import services as search

type Values = Mapping[str, Any]

PERSONAL = frozenset({"contact_name", "contact_phone"})
"""What the audit says has changed without saying what it is: it is kept for ever."""


def told(row: Model, fields: Iterable[str]) -> dict[str, object]:
    """What the audit keeps of some fields."""
    return {name: plain(getattr(row, name)) for name in fields}


def plain(value: Any) -> object:
    """What the audit keeps of a value of a field."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "all"):  # many people
        return sorted(person.username for person in value.all())
    return str(value) if isinstance(value, Model) else value


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Any, Any]:
    """Both sides of what differs."""
    changed = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in changed}, {key: after[key] for key in changed}


def record(
    *,
    actor: User,
    at: datetime,
    act: str,
    row: Model,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Make a row findable as it stands now, and write the audit row of an act on it."""
    search.index(row)
    audit.record(
        actor=actor,
        act=f"investment.{row._meta.model_name}.{act}",
        at=at,
        target=f"investment.{row._meta.model_name}:{row.pk}",
        label=str(row),
        before=before and _masked(before),
        after=after and _masked(after),
    )


def _masked(values: Mapping[str, object]) -> dict[str, object]:
    return {key: bool(value) if key in PERSONAL else value for key, value in values.items()}
