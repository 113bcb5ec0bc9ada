"""Conflicts: figures that cannot all be right. They are shown, never repaired."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.published import agrees, read_stated
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.models import PostingEvidence, PublishedFigure
from shangheng.engines.ledger.selectors.figures import figures
from shangheng.engines.ledger.selectors.identities import check
from shangheng.engines.ledger.selectors.targets import Goal, goals, sheet_in_force


@dataclass(frozen=True)
class Conflict:
    """Something that does not hold: what, the arithmetic, and the indicators that it touches.

    `kind` is identity, published, sources (two documents), base, or voucher.
    """

    kind: str
    key: str  # stable, so that a waiver can name it
    indicators: tuple[str, ...]
    message: str
    sources: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    documents: tuple[Document, ...] = ()


def conflicts(area: str, year: int, *, known_at: datetime) -> list[Conflict]:
    """Every conflict about a year: identities, published figures, moved bases, re-used vouchers."""
    period = Period.year(year)
    in_force = goals(sheet_in_force(year, known_at=known_at), area=area, known_at=known_at)
    coming = goals(sheet_in_force(year + 1, known_at=known_at), area=area, known_at=known_at)
    return [
        *_identities(area, period, known_at),
        *_published(area, year, known_at, in_force),
        *_bases([*in_force, *coming]),
        *_vouchers(known_at),
    ]


def _identities(area: str, period: Period, known_at: datetime) -> Iterator[Conflict]:
    for item in check(area, period, known_at=known_at):
        if item.holds is False:
            parts = (*item.left, *item.right)
            yield Conflict(
                "identity",
                f"identity:{item.indicator.code}:{item.identity.id}:{period}",
                tuple(dict.fromkeys(figure.indicator.code for figure in parts)),
                item.message,
                figures=parts,
            )


def _published(
    area: str, year: int, known_at: datetime, in_force: Sequence[Goal]
) -> Iterator[Conflict]:
    rows = [
        row
        for row in PublishedFigure.objects.filter(area=area, recorded_at__lte=known_at)
        .select_related("indicator")
        .order_by("pk")
        if Period.parse(row.period).end.year == year
    ]
    yield from _sources(rows)
    queries = {row: _query(row) for row in rows if row.measure != PublishedFigure.TARGET}
    wanted = list(dict.fromkeys(queries.values()))
    answers = dict(zip(wanted, figures(wanted, known_at=known_at), strict=True)) if wanted else {}
    for row in rows:
        if row.subject:
            continue
        if row.measure == PublishedFigure.TARGET:
            yield from _against_target(row, in_force)
        else:
            yield from _against_figure(row, answers[queries[row]])


def _query(row: PublishedFigure) -> Query:
    return Query(row.indicator.code, Period.parse(row.period), row.area, counting=Counting.CLAIMED)


def _sources(rows: Iterable[PublishedFigure]) -> Iterator[Conflict]:
    """The same fact stated with different values in two places."""
    same: dict[tuple[object, ...], list[PublishedFigure]] = defaultdict(list)
    for row in rows:
        key = (row.indicator_id, row.period, row.measure, row.tier, row.subject)
        same[key].append(row)
    for group in same.values():
        texts = dict.fromkeys(f"{row.text}{row.unit_of_measure}" for row in group)
        if len(texts) > 1:
            name = catalogue.indicator(group[0].indicator.code).zh
            yield Conflict(
                "sources",
                "sources:" + ",".join(row.label for row in group),
                (group[0].indicator.code,),
                f"{name}{group[0].subject}有不同说法:{'、'.join(texts)}",
                tuple(_cited(row) for row in group),
            )


def _against_figure(row: PublishedFigure, figure: Figure) -> Iterator[Conflict]:
    stated = read_stated(row.text)
    value = figure.growth.percent if row.measure == PublishedFigure.GROWTH else figure.value
    if row.measure == PublishedFigure.GROWTH and figure.parts:
        value = figure.value
    if stated is None or value is None or agrees(stated, value):
        return
    yield Conflict(
        "published",
        f"published:{row.label}",
        (figure.indicator.code,),
        f"{figure.indicator.zh}公布为{row.text}{row.unit_of_measure},"
        f"台账算得{_shown(value, stated.decimals)}{row.unit_of_measure}",
        (_cited(row),),
        (figure,),
    )


def _against_target(row: PublishedFigure, in_force: Sequence[Goal]) -> Iterator[Conflict]:
    stated = read_stated(row.text)
    same = [
        goal
        for goal in in_force
        if goal.row.indicator_id == row.indicator_id
        and goal.tier == row.tier
        and goal.row.month == 12
        and goal.row.unit_id is None
    ]
    if stated is None or not same or agrees(stated, same[0].value):
        return
    name = catalogue.indicator(row.indicator.code).zh
    yield Conflict(
        "published",
        f"published:{row.label}",
        (row.indicator.code,),
        f"{name}{same[0].tier_zh}目标公布为{row.text}{row.unit_of_measure},"
        f"目标表为{same[0].value}{same[0].definition.unit}",
        (_cited(row),),
    )


def _bases(found: Iterable[Goal]) -> Iterator[Conflict]:
    for goal in found:
        moved = goal.base_check
        if moved is None or not moved.moved or moved.now is None:
            continue
        unit, name = goal.definition.unit, catalogue.indicator(goal.row.indicator.code).zh
        told = "" if moved.growth_now is None else f",目标实为{rounded(moved.growth_now, 2):+}%"
        meant = (
            ""
            if moved.value_now is None or moved.growth is None
            else f";按增幅{_percent(moved.growth)}应为{rounded(moved.value_now, 2)}{unit}"
        )
        yield Conflict(
            "base",
            f"base:{goal.row.sheet.year}:{goal.row.indicator.code}:{goal.tier}",
            (goal.row.indicator.code,),
            f"{goal.row.sheet.year}年{name}{goal.tier_zh}目标{goal.value}{unit}按基数"
            f"{moved.remembered}{unit}设定,台账现为{moved.now}{unit}{told}{meant}",
            (goal.row.base_source,) if goal.row.base_source else (),
            (goal.base_now,) if goal.base_now else (),
        )


def _vouchers(known_at: datetime) -> Iterator[Conflict]:
    """One file that bears out more than one live posting, whoever uploaded it and how often."""
    live = PostingEvidence.objects.filter(
        posting__recorded_at__lte=known_at,
        posting__reverses=None,
        entry__recorded_at__lte=known_at,
    ).exclude(posting__reversal__recorded_at__lte=known_at)
    used = (
        live.values("document__sha256")
        .annotate(times=Count("posting", distinct=True))
        .filter(times__gt=1)
        .values_list("document__sha256", "times")
    )
    for sha256, times in used:
        documents = tuple(Document.objects.filter(sha256=sha256).order_by("pk"))
        codes = live.filter(document__sha256=sha256).values_list(
            "posting__series__indicator__code", flat=True
        )
        yield Conflict(
            "voucher",
            f"voucher:{sha256}",
            tuple(dict.fromkeys(codes)),
            f"凭证“{documents[0].name}”用于{times}条入账记录",
            documents=documents,
        )


def _cited(row: PublishedFigure) -> str:
    return f"{row.source}{row.place}:{row.text}{row.unit_of_measure}"


def _shown(value: Decimal, decimals: int) -> Decimal:
    return rounded(value, max(decimals, 2)).normalize() if value % 1 else value


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"
