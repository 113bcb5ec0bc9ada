"""`shangheng check`: identities, published figures, bases, vouchers, rollups: what does not hold."""

import argparse
import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold."""

    kind: str
    key: str
    message: str


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check` to the command line."""
    parser = subparsers.add_parser(
        "check",
        help="核对台账 hold the ledger against its identities and against what was published",
    )
    parser.add_argument("--year", type=int, help="年份 year (default: the last with data)")
    parser.add_argument("--known", help="按哪一天所知 as known on a day, such as 2022-01-10")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what does not hold; 1 when there is anything."""
    import django

    django.setup()
    from django.utils import timezone

    from shangheng.config.commands.figure import known_instant
    from shangheng.desks.targets.selectors.periods import latest_year

    now = timezone.now()
    known_at = known_instant(arguments.known) if arguments.known else now
    year = arguments.year or int(latest_year(now))
    found = problems(year, known_at)
    if arguments.json:
        rows = [problem.__dict__ for problem in found]
        print(json.dumps({"year": year, "problems": rows}, ensure_ascii=False, indent=1))
    else:
        for problem in found:
            print(f"[{problem.kind}] {problem.message}")
        print(f"{year}年：{len(found)}处不符 {len(found)} things do not hold")
    return 1 if found else 0


def problems(year: int, known_at: datetime) -> list[Problem]:
    """Conflicts of a year, and figures that the rollups and the postings answer differently."""
    from django.conf import settings

    from shangheng.engines.ledger import catalogue
    from shangheng.engines.ledger.domain.period import Period
    from shangheng.engines.ledger.domain.query import Query
    from shangheng.engines.ledger.selectors.conflicts import conflicts
    from shangheng.engines.ledger.selectors.figures import figures

    area = settings.HOME_AREA
    found = [
        Problem(item.kind, item.key, item.message)
        for item in conflicts(area, year, known_at=known_at)
    ]
    queries = [Query(code, Period.year(year), area) for code in catalogue.indicators()]
    rolled = figures(queries, known_at=known_at)
    summed = figures(queries, known_at=known_at, from_postings=True)
    found += [
        Problem("rollup", f"rollup:{fast.reference}", f"{fast.indicator.zh}：汇总与入账记录不一致")
        for fast, slow in zip(rolled, summed, strict=True)
        if (fast.value, fast.months) != (slow.value, slow.months)
    ]
    return found
