"""`shangheng figure CODE --period 2021`: one figure of the ledger, with where it comes from."""

import argparse
import json
import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shangheng.engines.ledger.domain.figure import Figure
    from shangheng.engines.ledger.domain.query import Query


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `figure` to the command line."""
    parser = subparsers.add_parser("figure", help="查一个数 ask for one figure of the ledger")
    parser.add_argument("indicator", help="指标编码 code, such as investment.capital_in_place")
    parser.add_argument(
        "--period", required=True, help="时期 2021, 2021-Q3, 2021-10 or 2021-01/2021-10"
    )
    parser.add_argument("--known", help="按哪一天所知 as known on a day, such as 2022-01-10")
    parser.add_argument("--area", help="区划代码 area code (default: the bureau's own)")
    parser.add_argument(
        "--unit", action="append", help="责任单位代码 org unit code; may be repeated"
    )
    parser.add_argument(
        "--dimension", action="append", default=[], metavar="NAME=VALUE", help="分组 breakdown"
    )
    parser.add_argument(
        "--pending", action="store_true", help="含待认定 count what is pending as well"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the figure; 1 when it is missing, 2 when the question cannot be read."""
    import django

    django.setup()
    from shangheng.engines.ledger.domain.indicator import UnknownIndicator
    from shangheng.engines.ledger.domain.period import BadPeriod
    from shangheng.engines.ledger.selectors.figures import figure

    try:
        query, known_at = _question(arguments)
        answer = figure(query, known_at=known_at)
    except (UnknownIndicator, BadPeriod, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    found = as_json(answer)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(answer, found)
    return 0 if answer.value is not None else 1


def as_json(answer: "Figure") -> dict[str, Any]:
    """A figure as the command line and scripts see it; numbers are texts, so that nothing is lost."""
    from shangheng.engines.ledger.selectors.provenance import evidence_count

    growth = answer.growth
    computed = answer.status == "computed"
    return {
        "indicator": answer.indicator.code,
        "name": answer.indicator.zh,
        "period": str(answer.query.period),
        "value": None if answer.value is None else _text(answer, computed),
        "unit": answer.unit,
        "status": answer.status,
        "pending": None if answer.pending is None else str(answer.pending),
        "growth_percent": None if growth.percent is None else f"{growth.percent:.4f}",
        "definition": {
            "version": answer.definition.number,
            "form": answer.definition.form.value,
            "scope": answer.definition.scope,
            "source": f"{answer.definition.source.title} {answer.definition.source.where}".strip(),
            "verified": answer.definition.verified,
        },
        "as_known_at": answer.known_at.isoformat(),
        "postings": answer.postings,
        "evidence": sum(evidence_count(q, known_at=answer.known_at) for q in _posted(answer)),
        "sample": bool(answer.samples),
        "reference": answer.reference,
    }


def _text(answer: "Figure", computed: bool) -> str:
    """Posted values exactly; computed ones, which may have no end, as they are printed."""
    return answer.text if computed else str(answer.value)


def _posted(answer: "Figure") -> "list[Query]":
    if not answer.parts:
        return [answer.query]
    return [query for part in answer.parts for query in _posted(part)]


def _question(arguments: argparse.Namespace) -> "tuple[Query, datetime]":
    from django.conf import settings
    from django.utils import timezone

    from shangheng.core.accounts.models import OrgUnit
    from shangheng.engines.ledger.domain.period import Period
    from shangheng.engines.ledger.domain.query import Counting, Query

    units = None
    if arguments.unit:
        found = OrgUnit.objects.filter(code__in=arguments.unit).values_list("code", "pk")
        if missing := set(arguments.unit) - {code for code, _ in found}:
            raise ValueError(f"没有代码为 {'、'.join(sorted(missing))} 的责任单位")
        units = frozenset(pk for _, pk in found)
    pairs = tuple(sorted((n, v) for n, _, v in (d.partition("=") for d in arguments.dimension)))
    query = Query(
        indicator=arguments.indicator,
        period=Period.parse(arguments.period),
        area=arguments.area or settings.HOME_AREA,
        units=units,
        dimensions=pairs,
        counting=Counting.CLAIMED if arguments.pending else Counting.RECOGNISED,
    )
    return query, known_instant(arguments.known) if arguments.known else timezone.now()


def known_instant(text: str) -> datetime:
    """The end of a day written 2022-01-10, in the bureau's time. Raises ValueError."""
    from django.utils import timezone

    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"看不懂的日期“{text}”，请写作 2022-01-10") from error
    return timezone.make_aware(datetime.combine(day, time.max))


def _print(answer: "Figure", found: dict[str, Any]) -> None:
    value = "（缺数）" if found["value"] is None else f"{found['value']}{answer.unit}"
    print(f"{answer.indicator.zh}  {answer.query.period.label}  {value}  [{answer.status}]")
    if answer.pending:
        print(f"  另待认定 pending: {answer.pending}{answer.unit}")
    print(f"  口径 scope: {found['definition']['scope']}")
    print(
        f"  入账 postings: {found['postings']}  凭证 vouchers: {found['evidence']}"
        f"  按 as known at: {found['as_known_at']}"
    )
