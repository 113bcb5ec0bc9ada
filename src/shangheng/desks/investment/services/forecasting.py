"""Working out the landing forecast: once for all, as a job, kept for the pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import batched, chain

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.jobs import registry
from shangheng.core.jobs.models import OPEN, Job
from shangheng.core.jobs.run import Run
from shangheng.core.jobs.services import enqueue
from shangheng.desks.investment.models import Forecast, Outlook, Project
from shangheng.desks.investment.selectors.forecast import KIND
from shangheng.desks.investment.selectors.landing_history import (
    courses,
    facts,
    histories,
    rule_on,
)
from shangheng.methods import landing

WEEK = 7
WEEKS = 208
"""How far stays in a stage and waits for money are followed."""
HORIZON = 52
"""Weeks over which past forecasts are scored."""
SCORED_ON = 2_000
"""The latest projects on which past forecasts are scored: more cost time and tell nothing new."""
KEPT = 5
"""Forecasts that are kept: each holds two rows for every project that is open."""
AT_ONCE = 2_000
PLACES = Decimal("0.000001")


def register() -> None:
    """Every night, and whenever somebody asks."""
    label = gettext_lazy("落地预测")
    registry.register(
        registry.Handler(
            KIND,
            label,
            _run,
            permission="investment.view",
            page=lambda _j: reverse("landing-forecast"),
        )
    )
    registry.register_schedule(registry.Schedule(KIND, KIND, daily_at=time(3, 20), label=label))


@transaction.atomic
def order_forecast(*, actor: User, at: datetime, known_at: datetime) -> Job:
    """Have the forecast worked out anew as known at an instant; the one that waits or runs, if any."""
    told = known_at.isoformat()
    running = Job.objects.filter(kind=KIND, state__in=OPEN, arguments={"known_at": told}).first()
    if running is not None:
        return running
    job = enqueue(actor=actor, at=at, kind=KIND, arguments={"known_at": told})
    audit.record(
        actor=actor,
        act="investment.forecast.order",
        at=at,
        target=f"jobs.job:{job.pk}",
        label=_("落地预测"),
        after={"known_at": told},
    )
    return job


def _run(run: Run) -> None:
    told = run.arguments.get("known_at")
    known_at = datetime.fromisoformat(told) if told else timezone.now()
    work_out(known_at=known_at, ordered_by=run.actor, tell=run.progress)


def work_out(
    *,
    known_at: datetime,
    ordered_by: User | None = None,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Forecast:
    """Work the forecast out and keep it. Costs as much as reading every milestone once, and some
    tens of seconds for the replay of the past.

    A run that was broken off leaves nothing that a page would show; the next one clears it away.
    """
    begun_at = timezone.now()
    past = _past(known_at)
    days = _cutoffs(past.every, past.day)
    scores = _scores(past, days)
    tell(0, len(past.rows))
    Forecast.objects.filter(done_at=None).delete()
    kept = Forecast.objects.create(
        known_at=known_at,
        begun_at=begun_at,
        ordered_by=ordered_by,
        seen=facts(known_at),
        scores=scores,
    )
    done = 0
    for some in batched(_outlooks(past, kept), AT_ONCE):
        Outlook.objects.bulk_create(some)
        done += len(some)
        tell(done // len(past.years), len(past.rows))
    with transaction.atomic():
        kept.done_at = timezone.now()
        kept.save(update_fields=["done_at"])
        old = Forecast.objects.exclude(done_at=None).order_by("-done_at", "-pk")[KEPT:]
        Forecast.objects.filter(pk__in=[one.pk for one in old]).delete()
    return kept


@dataclass(frozen=True, slots=True)
class _Past:
    """All that a forecast is read from."""

    day: date
    rule: landing.Rule
    every: Mapping[int, Sequence[landing.Spell]]
    courses: Mapping[int, landing.Course]
    rows: Sequence[Project]
    table: landing.Table
    funding: landing.Funding

    @property
    def years(self) -> tuple[int, int]:
        """The year that runs, and the next."""
        return self.day.year, self.day.year + 1

    def weeks_until(self, end: date) -> int:
        """The first week that begins on that day or later."""
        return max(0, -(-(end - self.day).days // WEEK))


def _past(known_at: datetime) -> _Past:
    day = timezone.localdate(known_at)
    rule, every = rule_on(day), histories(known_at)
    rows = list(
        Project.objects.filter(created_at__lte=known_at).select_related("case").order_by("pk")
    )
    found = courses(every, rows, known_at)
    curves = landing.curves(chain.from_iterable(every.values()), day, WEEKS)
    return _Past(
        day=day,
        rule=rule,
        every=every,
        courses=found,
        rows=rows,
        table=landing.reading(curves, rule, WEEKS),
        funding=landing.funding(found.values(), day, rule.losses, WEEKS),
    )


def _outlooks(past: _Past, kept: Forecast) -> Iterator[Outlook]:
    """What there is to say of each project that is open, for both years."""
    for row in past.rows:
        course = past.courses.get(row.case_id or 0)
        if course is None:
            continue
        started = any(one.stage in past.rule.arrivals for one in course.spells)
        wait = landing.waiting(course, past.rule.losses, past.funding.levels)
        if (wait is None and started) or _is_over(course, past.rule):
            continue
        if started and row.matter.closed and not course.payments:
            continue  # at full capacity, and no money was ever kept here
        for year in past.years:
            now = course.spells[-1]
            told = Outlook(
                forecast=kept,
                project=row,
                year=year,
                stage=now.stage,
                waited=(past.day - now.entered).days,
                has_started=started,
            )
            begin, end = past.weeks_until(date(year, 1, 1)), past.weeks_until(date(year + 1, 1, 1))
            if not started:
                _tell_start(told, past, now, begin, end)
            if wait is not None:
                _tell_money(told, past, course, wait, begin, end)
            yield told


def _is_over(course: landing.Course, rule: landing.Rule) -> bool:
    last = course.spells[-1]
    return last.left is not None or last.stage in rule.losses


def _tell_start(told: Outlook, past: _Past, now: landing.Spell, begin: int, end: int) -> None:
    found = past.table.outlook(now.stage, min(told.waited // WEEK, WEEKS - 1))
    if isinstance(found, landing.Lacking):
        told.lacking["start"] = [found.stage, found.moves, found.waited]
        return
    told.start = max(0.0, found.within(end) - found.within(begin))
    told.start_month = _month(past.day, found.middle)


def _tell_money(
    told: Outlook,
    past: _Past,
    course: landing.Course,
    wait: landing.Spell,
    begin: int,
    end: int,
) -> None:
    found = past.funding.inflow(course, wait, past.day, begin, end)
    if isinstance(found, landing.Lacking):
        told.lacking["paid"] = [found.stage, found.moves, found.waited]
        return
    next_ = past.funding.outlook(wait, past.day)
    told.paid = found.chance
    told.paid_month = None if isinstance(next_, landing.Lacking) else _month(past.day, next_.middle)
    left = course.outstanding
    if left is None:
        return
    last = date(told.year, 12, 31)
    told.due_on = min(last, past.day + timedelta(weeks=found.middle)) if found.mean else None
    told.money = _amount(left * found.mean)
    told.variance = left**2 * found.variance
    told.low, told.high = (_amount(left * share) for share in found.ends)


def _month(day: date, week: int | None) -> date | None:
    return None if week is None else day + timedelta(weeks=week)


def _amount(value: float) -> Decimal:
    return Decimal(value).quantize(PLACES)


def _cutoffs(every: Mapping[int, Sequence[landing.Spell]], day: date) -> list[date]:
    """The quarters of the last years whose outcome is known by now."""
    first = min((spells[0].entered for spells in every.values()), default=day)
    starts = [
        date(year, month, 1) for year in range(day.year - 5, day.year) for month in (1, 4, 7, 10)
    ]
    last = day - timedelta(weeks=HORIZON)
    return [one for one in starts if first + timedelta(weeks=HORIZON) <= one <= last]


def _scores(past: _Past, days: Sequence[date]) -> dict[str, object]:
    """How good past forecasts of starts, of payments and of money were."""
    latest = sorted(past.courses)[-SCORED_ON:]
    spells = [past.courses[key].spells for key in latest]
    losses, levels = past.rule.losses, past.funding.levels
    some = [past.courses[key] for key in latest]
    waits = [leg for course in some for leg in landing.legs(course, losses, levels)]
    money = landing.Rule(frozenset({landing.MONEY}), losses | {landing.LOST})
    told = landing.replay_money(some, days, losses, HORIZON, WEEKS)
    every = list(chain.from_iterable(told.values()))
    return {
        "start": _score(landing.replay(spells, days, past.rule, HORIZON, WEEKS)),
        "paid": _score(landing.replay(waits, days, money, HORIZON, WEEKS)),
        "money": {
            "count": len(every),
            "ours": landing.missed(every) if every else None,
            "base": landing.missed(every, "base") if every else None,
            "days": [
                [day.isoformat(), sum(one.said for one in row), sum(one.came for one in row)]
                for day, row in told.items()
            ],
        },
    }


def _score(scored: Sequence[landing.Scored]) -> dict[str, object]:
    if not scored:
        return {"count": 0}
    return {
        "count": len(scored),
        "ours": landing.brier(scored),
        "base": landing.brier(scored, "base"),
        "staged": landing.brier(scored, "staged"),
        "bins": [
            [one.low, one.high, one.count, one.said, one.came] for one in landing.bins(scored)
        ],
    }
