"""Reading the audit: the rows that somebody looks for, and what an act changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from shangheng.core.audit.chain import Plain
from shangheng.core.audit.models import Row


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty parts do not narrow.

    `actor` is a part of a name, `actor_id` one person. `target` is an exact object when it names
    one (`ledger.posting:12`), otherwise a beginning (`ledger.`). `since` and `until` are days of
    the local time, both included.
    """

    actor: str = ""
    actor_id: int | None = None
    act: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None

    def rows(self) -> QuerySet[Row]:
        """The rows found, the latest first."""
        found = Row.objects.order_by("-number")
        if self.actor:
            found = found.filter(actor_name__icontains=self.actor)
        if self.actor_id is not None:
            found = found.filter(actor_id=self.actor_id)
        if self.act:
            found = found.filter(act=self.act)
        if self.target:
            how = "exact" if ":" in self.target else "startswith"
            found = found.filter((f"target__{how}", self.target))
        if self.since:
            found = found.filter(at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One detail before and after an act; None where there was none."""

    name: str
    before: str | None
    after: str | None

    @property
    def changed(self) -> bool:
        """Whether the act changed it."""
        return self.before != self.after


def differences(row: Row) -> list[Difference]:
    """What the row says about before and after, detail by detail."""
    before, after = dict(_details(row.before)), dict(_details(row.after))
    names = dict.fromkeys([*before, *after])
    return [Difference(name, before.get(name), after.get(name)) for name in names]


def _details(value: Plain, name: str = "") -> Iterator[tuple[str, str]]:
    """Details by their dotted names: `{"unit": {"code": "swj"}}` gives `unit.code`, `swj`."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _details(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        yield name, "、".join(text for item in value for _name, text in _details(item))
    elif value is not None:
        yield name, str(value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
