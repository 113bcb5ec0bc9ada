"""What is timed of the product: the cockpit's figures, and posting."""

import time
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.ledger.rivals import Duck, as_text, group_by
from benchmarks.ledger.rows import AREA
from benchmarks.ledger.rules import codes
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.instant import TICK
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.targets import reached
from shangheng.engines.ledger.models import Entry, Indicator, Posting, Series
from shangheng.engines.ledger.selectors.figures import figures
from shangheng.engines.ledger.selectors.reading import day_after
from shangheng.engines.ledger.selectors.targets import goals, sheet_in_force, year_goals


class Cockpit:
    """The sixty figures with their tiers."""

    def __init__(self) -> None:
        self.codes = [code for form in ("flow", "stock", "count") for code in codes(form)]
        with CaptureQueriesContext(connection) as captured:
            self.ask(date(2019, 5, 5))
        self.queries = len(captured)

    def ask(self, day: date) -> list[tuple[Figure, str]]:
        """Each figure of the day's year and the tier that it reached, as known at the day's end."""
        known_at = day_after(day) - TICK
        queries = [Query(code, Period.year(day.year), AREA) for code in self.codes]
        answers = figures(queries, known_at=known_at)
        set_goals = goals(sheet_in_force(day.year, known_at=known_at), area=AREA, known_at=known_at)
        tiers = {
            code: [(goal.tier, goal.value) for goal in year_goals(set_goals, code)]
            for code in self.codes
        }
        return [
            (answer, reached(answer.value, tiers[answer.indicator.code], "higher"))
            for answer in answers
        ]


def same_answers(days: list[date], duck: Duck) -> None:
    """Stop unless all contenders agree: the rivals on every sum, ours on every flow of the year."""
    keys = dict(Indicator.objects.values_list("pk", "code"))
    for day in days:
        rows = group_by(day.year, day)
        if as_text(rows) != as_text(duck.group_by(day.year, day)):
            raise AssertionError(f"DuckDB and PostgreSQL disagree on {day}")
        totals: dict[str, int] = {}
        for indicator, month, status, amount, _ in rows:
            if status == 3 and month.year == day.year:
                totals[keys[indicator]] = totals.get(keys[indicator], 0) + int(amount)
        known_at = day_after(day) - TICK
        asked = [Query(code, Period.year(day.year), AREA) for code in codes("flow")]
        for answer in figures(asked, known_at=known_at):
            expected = Decimal(totals.get(answer.indicator.code, 0)).scaleb(-10)
            if (answer.value or 0) != expected:
                raise AssertionError(f"{answer.indicator.code} differs on {day}")


def posting_speed(number: int) -> tuple[float, float]:
    """Seconds for a bare bulk insert of rows, and for posting the same facts."""
    actor, unit = User.objects.get(username="bench"), OrgUnit.objects.order_by("pk")[0]
    lines = [
        Line(code, unit.pk, AREA, Decimal(i + 1).scaleb(-2), "亿元", date(2022, 5, 1 + i % 28))
        for i in range(number)
        for code in [codes("flow")[20 + i % 30]]
    ]
    return _bare(lines, actor), _posted(lines, actor)


def _bare(lines: list[Line], actor: User) -> float:
    series = {row.indicator.code: row.pk for row in Series.objects.select_related("indicator")}
    at = day_after(date(2022, 6, 1))
    entry = Entry.objects.create(
        actor=actor, recorded_at=at, act="ledger.post", source="bare", digest=""
    )
    rows = [
        Posting(
            entry=entry,
            series_id=series[line.indicator],
            version=1,
            amount=int(line.value.scaleb(10)),
            occurred_on=line.occurred_on,
            recorded_at=at,
            status=3,
        )
        for line in lines
    ]
    start = time.perf_counter()
    with transaction.atomic():
        Posting.objects.bulk_create(rows, batch_size=5_000)
    return time.perf_counter() - start


def _posted(lines: list[Line], actor: User) -> float:
    from shangheng.engines.ledger.services.posting import post

    start = time.perf_counter()
    post(actor=actor, at=day_after(date(2022, 6, 2)), lines=lines, source="benchmark")
    return time.perf_counter() - start
