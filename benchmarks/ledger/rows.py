"""Ten million postings, made inside PostgreSQL: ten years, twenty units, reported 0 to 45 days late."""

from datetime import UTC, date, datetime

from django.db import connection

from benchmarks.ledger.rules import COUNTS, FLOWS, RECOGNISED, STOCKS, codes
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.models import (
    Entry,
    Indicator,
    Posting,
    RecognitionStep,
    Rollup,
    Series,
    Target,
    TargetSheet,
)
from shangheng.engines.ledger.services.rollups import catch_up

AREA, UNITS, FIRST_YEAR, YEARS = "420112", 20, 2012, 10
PER_COUNT, SUBJECTS = 20_000, 4_000

FLOW_ROWS = """
INSERT INTO ledger_posting (entry_id, series_id, version, subject, amount, n, occurred_on,
                            recorded_at, status, is_sample, reverses_id)
SELECT {entry}, {first} + (i % {series}), 1, '', (random() * 1e12)::bigint + 1, 1, day,
       least(day + (random() * 45)::int + interval '10 hours', timestamptz '{end}'),
       CASE WHEN (i % {series}) < {recognised} THEN 1 ELSE 3 END, false, NULL
FROM (SELECT i, date '{start}' + (random() * {days})::int AS day
      FROM generate_series(0, {rows} - 1) AS i) AS made
"""
COUNT_ROWS = """
INSERT INTO ledger_posting (entry_id, series_id, version, subject, amount, n, occurred_on,
                            recorded_at, status, is_sample, reverses_id)
SELECT {entry}, {first} + (i % {series}), 1, 'S' || (random() * {subjects})::int, 1, 1, day,
       least(day + (random() * 45)::int + interval '10 hours', timestamptz '{end}'), 3, false, NULL
FROM (SELECT i, date '{start}' + (random() * {days})::int AS day
      FROM generate_series(0, {rows} - 1) AS i) AS made
"""
STOCK_ROWS = """
INSERT INTO ledger_posting (entry_id, series_id, version, subject, amount, n, occurred_on,
                            recorded_at, status, is_sample, reverses_id)
SELECT {entry}, {first} + s, 1, '', (random() * 1e12)::bigint, 1, month + 27,
       month + 40 + interval '10 hours', 3, false, NULL
FROM generate_series(0, {series} - 1) AS s,
     (SELECT (date '{start}' + (interval '1 month' * m))::date AS month
      FROM generate_series(0, {months} - 1) AS m) AS months
"""
STEPS = """
INSERT INTO ledger_recognitionstep (entry_id, posting_id, origin, destination, amount, reason,
                                    note, authority, document_id, recorded_at)
SELECT {entry}, id, {origin}, {destination}, amount, '', '', '市招商办', NULL,
       recorded_at + interval '{days} days'
FROM ledger_posting WHERE status = 1 AND id % 10 <> {left_out}
"""


def fill(postings: int) -> None:
    """Make the bureau, its targets and so many postings with their recognition."""
    unit = [OrgUnit.objects.create(code=f"u{i}", name=f"单位{i}") for i in range(UNITS)]
    actor = User.objects.create(username="bench", display_name="压测", unit=unit[0])
    now = datetime(FIRST_YEAR + YEARS, 3, 1, tzinfo=UTC)
    entry = Entry.objects.create(
        actor=actor, recorded_at=now, act="ledger.post", source="benchmark", digest=""
    )
    first = {form: _series(codes(form), unit) for form in ("flow", "stock", "count")}
    others = COUNTS * PER_COUNT + STOCKS * UNITS * 12 * YEARS
    common = {
        "entry": entry.pk,
        "start": f"{FIRST_YEAR}-01-01",
        "end": f"{FIRST_YEAR + YEARS}-02-28",
        "days": 365 * YEARS - 1,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(
            FLOW_ROWS.format(
                **common,
                first=first["flow"],
                series=FLOWS * UNITS,
                recognised=RECOGNISED * UNITS,
                rows=max(postings - others, 0),
            )
        )
        cursor.execute(
            COUNT_ROWS.format(
                **common,
                first=first["count"],
                series=COUNTS * UNITS,
                subjects=SUBJECTS,
                rows=COUNTS * PER_COUNT,
            )
        )
        months = {**common, "first": first["stock"], "series": STOCKS * UNITS}
        cursor.execute(STOCK_ROWS.format(**months, months=12 * YEARS))
        steps = ((1, 2, 7, 9), (2, 3, 30, 8))  # claimed → submitted → recognised; some are left
        for origin, destination, days, left_out in steps:
            cursor.execute(
                STEPS.format(
                    entry=entry.pk,
                    origin=origin,
                    destination=destination,
                    days=days,
                    left_out=left_out,
                )
            )
    _targets(actor, now)


def roll_up() -> None:
    """Roll up every day, as the platform does night by night, and let the database take stock."""
    catch_up(through=date(FIRST_YEAR + YEARS, 4, 30))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def counts() -> dict[str, int]:
    """How many rows there are."""
    tables = {"postings": Posting, "recognition steps": RecognitionStep, "rollup rows": Rollup}
    return {name: model._default_manager.count() for name, model in tables.items()}


def _series(names: list[str], units: list[OrgUnit]) -> int:
    """Series of indicators × units with consecutive keys; gives the first key."""
    indicators = Indicator.objects.bulk_create(Indicator(code=code) for code in names)
    made = Series.objects.bulk_create(
        Series(indicator=indicator, unit=unit, area=AREA)
        for indicator in indicators
        for unit in units
    )
    return made[0].pk


def _targets(actor: User, now: datetime) -> None:
    """Two tiers for every indicator of every year, signed."""
    indicators = list(Indicator.objects.all())
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        sheet = TargetSheet.objects.create(
            year=year, number=1, source="benchmark", created_by=actor, created_at=now
        )
        Target.objects.bulk_create(
            Target(sheet=sheet, indicator=indicator, area=AREA, tier=tier, amount=10**14)
            for indicator in indicators
            for tier in ("expected", "striving")
        )
        sheet.state, sheet.signed_by = TargetSheet.SIGNED, actor
        sheet.signed_at = datetime(year, 1, 1, tzinfo=UTC)
        sheet.save()
