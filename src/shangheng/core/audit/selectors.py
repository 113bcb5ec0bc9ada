"""Reading the audit: the rows that somebody looks for, and what an act changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.audit.acts import detail_name
from shangheng.core.audit.chain import Plain
from shangheng.core.audit.models import Row
from shangheng.core.audit.wording import words_of


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty parts do not narrow.

    `actor` is a part of a name, `actor_id` one person. `target` is an exact object when it names
    one (`ledger.posting:12`), otherwise a beginning (`ledger.`); `act` likewise (`login.`). `since` and `until` are days of
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
            how = "startswith" if self.act.endswith(".") else "exact"
            found = found.filter((f"act__{how}", self.act))
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

    key: str
    before: str | None
    after: str | None

    @property
    def name(self) -> str:
        """What the detail is called, in the language of the page."""
        return detail_name(self.key)

    @property
    def changed(self) -> bool:
        """Whether the act changed it."""
        return self.before != self.after


def differences(row: Row) -> list[Difference]:
    """What the row says about before and after, detail by detail."""
    before, after = dict(_details(row.before)), dict(_details(row.after))
    keys = dict.fromkeys([*before, *after])
    return [Difference(key, before.get(key), after.get(key)) for key in keys]


def _details(value: Plain, key: str = "") -> Iterator[tuple[str, str]]:
    """Details by their dotted keys: `{"unit": {"code": "swj"}}` gives `unit.code`, `swj`."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _details(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        yield key, _("、").join(text for item in value for _key, text in _details(item, key))
    elif isinstance(value, bool):
        yield key, _("是") if value else _("否")
    elif value is not None:
        yield key, words_of(key, str(value))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
