"""Which period a page speaks of, and as known on which day: kept in the address, never in the session."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

MONTH = r"(\d{4})-(0[1-9]|1[0-2])"
PERIOD = re.compile(rf"\d{{4}}|\d{{4}}-Q[1-4]|{MONTH}(?:/{MONTH})?")

KEPT = "_moment"  # so that view and frame mean the same instant and ask the ledger once

_default_period: list[Callable[[datetime], str]] = []


def default_period_from(source: Callable[[datetime], str]) -> None:
    """Let ``source`` name the period of a page whose address names none (the last one registered wins)."""
    _default_period.append(source)


@dataclass(frozen=True)
class Moment:
    """The period of a page and the day whose knowledge it shows.

    ``period`` is written 2021, 2021-Q3, 2021-10 or 2021-01/2021-10. ``known`` is None for "as known now".
    ``chosen`` tells whether the address itself names the period.
    """

    period: str
    known: date | None
    now: datetime
    chosen: bool = False

    @property
    def known_at(self) -> datetime:
        """The instant up to which records count: the end of ``known``, or now."""
        if self.known is None:
            return self.now
        return datetime.combine(self.known, time.max, tzinfo=timezone.get_current_timezone())

    @cached_property  # every link of a page asks for it
    def query(self) -> str:
        """The part of an address that keeps this moment, such as ``period=2021&known=2022-01-10``."""
        parts: dict[str, str] = {}
        if self.chosen:
            parts["period"] = self.period
        if self.known is not None:
            parts["known"] = self.known.isoformat()
        return urlencode(parts, safe="/")

    @property
    def label(self) -> str:
        """The period in words, such as 2021年1—10月."""
        return period_label(self.period)


def moment_of(request: HttpRequest) -> Moment:
    """Read the moment from the address of ``request``; the same one however often it is asked.

    Raises BadRequest, in words for the reader, when a part cannot be read or lies in the future.
    """
    kept: Moment | None = request.__dict__.get(KEPT)
    if kept is None:
        kept = request.__dict__[KEPT] = _read(request)
    return kept


def _read(request: HttpRequest) -> Moment:
    now = timezone.now()
    period = request.GET.get("period", "").strip()
    if period and not _is_period(period):
        raise BadRequest(
            _("统计期间“%s”写法不对，应写作 2021、2021-Q3、2021-10 或 2021-01/2021-10。")
            % period[:40]
        )
    return Moment(
        period=period or _period_by_default(now),
        known=_known(request.GET.get("known", "").strip(), now),
        now=now,
        chosen=bool(period),
    )


@dataclass(frozen=True)
class Choice:
    """A period to choose: its text for the address and its label."""

    value: str
    label: str


@dataclass(frozen=True)
class ChoiceGroup:
    """Periods of one kind under a heading."""

    label: str
    choices: tuple[Choice, ...]


def choices(moment: Moment) -> list[ChoiceGroup]:
    """Return the periods a reader can choose: years, and the months of the chosen year."""
    year = int(moment.period[:4])
    last = max(moment.now.year, year)
    months = range(1, 13)
    groups = [
        (_("全年"), [str(y) for y in range(last, min(year, last - 6) - 1, -1)]),
        (_("%s年累计") % year, [f"{year}-01/{year}-{m:02d}" for m in months if m > 1]),
        (_("%s年各季") % year, [f"{year}-Q{q}" for q in range(1, 5)]),
        (_("%s年当月") % year, [f"{year}-{m:02d}" for m in months]),
    ]
    offered = {period for _label, periods in groups for period in periods}
    if moment.period not in offered:
        groups.insert(0, (_("当前所选"), [moment.period]))
    return [
        ChoiceGroup(label, tuple(Choice(p, period_label(p)) for p in periods))
        for label, periods in groups
    ]


def period_label(period: str) -> str:
    """Write a period in words: 2021年, 2021年10月, 2021年1—10月, 2021年第3季度."""
    first, _slash, last = period.partition("/")
    year, _dash, month = first.partition("-")
    if not month:
        return _("%s年") % year
    if month.startswith("Q"):
        return _("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": month[1]}
    if not last:
        return _("%(year)s年%(month)d月") % {"year": year, "month": int(month)}
    end_year, _dash, end_month = last.partition("-")
    words = {"year": year, "month": int(month), "end_year": end_year, "end": int(end_month)}
    if year == end_year:
        return _("%(year)s年%(month)d—%(end)d月") % words
    return _("%(year)s年%(month)d月—%(end_year)s年%(end)d月") % words


def _is_period(text: str) -> bool:
    first, _slash, last = text.partition("/")
    return PERIOD.fullmatch(text) is not None and (not last or first <= last)


def _period_by_default(now: datetime) -> str:
    if _default_period:
        return _default_period[-1](now)
    return str(timezone.localtime(now).year)


def _known(text: str, now: datetime) -> date | None:
    if not text:
        return None
    today = timezone.localdate(now)
    try:
        known = date.fromisoformat(text)
    except ValueError:
        raise BadRequest(_("日期“%s”写法不对，应写作 2022-01-10。") % text[:40]) from None
    if known > today:
        raise BadRequest(_("“%s”还没有到，只能查看今天及以前所知的数。") % text)
    return None if known == today else known
