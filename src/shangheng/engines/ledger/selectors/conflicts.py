"""Conflicts: figures that cannot all be right. They are shown, never repaired."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Form
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.published import agrees, read_stated
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.targets import BaseCheck
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.models import PostingEvidence, PublishedFigure
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.identities import IdentityCheck, sides
from shangheng.engines.ledger.selectors.targets import (
    Goal,
    base_queries,
    goals_of,
    rows_in_force,
)


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


class ConflictFinder:
    """Finds the conflicts about a year: first what to ask, then, with the answers, what conflicts.

    In two steps, so that a page can read these figures together with its own.
    """

    def __init__(self, area: str, year: int, *, known_at: datetime) -> None:
        self.known_at = known_at
        self._identities = sides(area, Period.year(year))
        in_force = rows_in_force((year, year + 1), area=area, known_at=known_at)
        self._rows = [in_force[year], in_force[year + 1]]
        self._published = [
            row
            for row in PublishedFigure.objects.filter(area=area, recorded_at__lte=known_at)
            .select_related("indicator")
            .order_by("pk")
            if Period.parse(row.period).end.year == year
        ]

    @property
    def queries(self) -> list[Query]:
        """Everything to ask."""
        asked = [query for side in self._identities for query in (*side.left, *side.right)]
        asked += [query for rows in self._rows for query in base_queries(rows)]
        return asked + [_query(row, c) for row in self._published for c in Counting]

    @property
    def targeted(self) -> set[str]:
        """The indicators that have a target in the year."""
        return {row.indicator.code for row in self._rows[0]}

    def goals(self, answers: Mapping[Query, Figure]) -> list[Goal]:
        """The targets in force in the year."""
        return goals_of(self._rows[0], answers)

    def found(self, answers: Mapping[Query, Figure]) -> list[Conflict]:
        """Identities, published figures, moved bases, re-used vouchers."""
        in_force, coming = (goals_of(rows, answers) for rows in self._rows)
        return [
            *_identities(side.answered(answers) for side in self._identities),
            *_sources(self._published),
            *_against(self._published, answers, in_force),
            *_bases([*in_force, *coming]),
            *_vouchers(self.known_at),
        ]


def conflicts(area: str, year: int, *, known_at: datetime) -> list[Conflict]:
    """Every conflict about a year, as known at an instant."""
    finder = ConflictFinder(area, year, known_at=known_at)
    return finder.found(answer(finder.queries, known_at=known_at))


def _identities(checks: Iterable[IdentityCheck]) -> Iterator[Conflict]:
    for item in checks:
        if item.holds is False:
            parts = (*item.left, *item.right)
            yield Conflict(
                "identity",
                f"identity:{item.indicator.code}:{item.identity.id}:{item.period}",
                tuple(dict.fromkeys(figure.indicator.code for figure in parts)),
                item.message,
                figures=parts,
            )


def _query(row: PublishedFigure, counting: Counting) -> Query:
    return Query(row.indicator.code, Period.parse(row.period), row.area, counting=counting)


def _against(
    rows: Iterable[PublishedFigure], answers: Mapping[Query, Figure], in_force: Sequence[Goal]
) -> Iterator[Conflict]:
    """Published figures that the ledger does not bear out, counted with or without what is pending."""
    for row in rows:
        if row.subject:
            continue
        if row.measure == PublishedFigure.TARGET:
            yield from _against_target(row, in_force)
        else:
            yield from _against_figures(row, [answers[_query(row, c)] for c in Counting])


def _sources(rows: Iterable[PublishedFigure]) -> Iterator[Conflict]:
    """The same fact stated with different values in two places."""
    same: dict[tuple[object, ...], list[PublishedFigure]] = defaultdict(list)
    for row in rows:
        key = (row.indicator_id, row.period, row.measure, row.tier, row.subject)
        same[key].append(row)
    for group in same.values():
        texts = dict.fromkeys(f"{row.text}{row.unit_of_measure}" for row in group)
        if len(texts) > 1:
            name = catalogue.indicator(group[0].indicator.code).name
            words = {"name": f"{name}{group[0].subject}", "texts": _("、").join(texts)}
            yield Conflict(
                "sources",
                "sources:" + ",".join(row.label for row in group),
                (group[0].indicator.code,),
                _("%(name)s有不同说法：%(texts)s") % words,
                tuple(_cited(row) for row in group),
            )


def _against_figures(row: PublishedFigure, figures: Sequence[Figure]) -> Iterator[Conflict]:
    """`figures` are counted as recognised, and with what is pending."""
    stated = read_stated(row.text)
    recognised, claimed = (_measured(row, figure) for figure in figures)
    if stated is None or recognised is None or agrees(stated, recognised):
        return
    figure, unit = figures[0], catalogue.unit_after(row.unit_of_measure)
    message = (
        _("%(name)s公布为%(stated)s%(unit)s，台账已认定%(value)s%(unit)s，加上待认定的才是此数")
        if claimed is not None and agrees(stated, claimed)
        else _("%(name)s公布为%(stated)s%(unit)s，台账已认定%(value)s%(unit)s")
    )
    value = _shown(recognised, stated.decimals)
    words = {"name": figure.indicator.name, "stated": row.text, "unit": unit, "value": value}
    yield Conflict(
        "published",
        f"published:{row.label}",
        (figure.indicator.code,),
        message % words,
        (_cited(row),),
        tuple(figures),
    )


def _measured(row: PublishedFigure, figure: Figure) -> Decimal | None:
    """The value or the growth of a figure, as the document speaks of it."""
    if row.measure == PublishedFigure.GROWTH and not figure.parts:
        return figure.growth.percent
    return figure.value


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
    words = {
        "name": catalogue.indicator(row.indicator.code).name,
        "tier": same[0].tier_name,
        "stated": f"{row.text}{catalogue.unit_after(row.unit_of_measure)}",
        "value": f"{same[0].value}{catalogue.unit_after(same[0].definition.unit)}",
    }
    yield Conflict(
        "published",
        f"published:{row.label}",
        (row.indicator.code,),
        _("%(name)s%(tier)s目标公布为%(stated)s，目标表为%(value)s") % words,
        (_cited(row),),
    )


def _bases(found: Iterable[Goal]) -> Iterator[Conflict]:
    for goal in found:
        moved = goal.base_check
        if moved is None or not moved.moved or moved.now is None:
            continue
        yield Conflict(
            "base",
            f"base:{goal.row.sheet.year}:{goal.row.indicator.code}:{goal.tier}",
            (goal.row.indicator.code,),
            _moved_words(goal, moved),
            (goal.row.base_source,) if goal.row.base_source else (),
            (goal.base_now,) if goal.base_now else (),
        )


def _moved_words(goal: Goal, moved: BaseCheck) -> str:
    """What a target stands on, what the base is now, and what that does to growth and value."""
    unit = catalogue.unit_after(goal.definition.unit)
    message = _(
        "%(year)d年%(name)s%(tier)s目标%(value)s%(unit)s按基数%(base)s%(unit)s设定，台账现为%(now)s%(unit)s"
    ) % {
        "year": goal.row.sheet.year,
        "name": catalogue.indicator(goal.row.indicator.code).name,
        "tier": goal.tier_name,
        "value": goal.value,
        "base": moved.remembered,
        "now": moved.now,
        "unit": unit,
    }
    if moved.growth_now is not None:
        message += _("，目标实为%s%%") % f"{rounded(moved.growth_now, 2):+}"
    if moved.value_now is not None and moved.growth is not None:
        message += _("；按增幅%(growth)s应为%(value)s%(unit)s") % {
            "growth": _percent(moved.growth),
            "value": rounded(moved.value_now, 2),
            "unit": unit,
        }
    return message


def _vouchers(known_at: datetime) -> Iterator[Conflict]:
    """One file that bears out one indicator in more than one entry, however often it was uploaded.

    Several lines of one statement posted together are one use; an agreement may bear out both that a
    project was signed and that it is a large one; and what is counted by name is counted once.
    """
    live = (
        PostingEvidence.objects.filter(
            posting__recorded_at__lte=known_at,
            posting__reverses=None,
            entry__recorded_at__lte=known_at,
        )
        .exclude(posting__reversal__recorded_at__lte=known_at)
        .order_by()
    )
    again = {
        (use["document__sha256"], use["posting__series__indicator__code"])
        for use in live.values("document__sha256", "posting__series__indicator__code")
        .annotate(
            times=Count("posting__entry", distinct=True),
            subjects=Count("posting__subject", distinct=True),
            subject=Max("posting__subject"),
        )
        .filter(times__gt=1)
        if not _counts_once(use, known_at)
    }
    if not again:
        return
    links = live.filter(document__sha256__in={sha256 for sha256, _code in again})
    found: dict[str, list[PostingEvidence]] = defaultdict(list)
    for link in links.select_related("document", "posting__series__indicator").order_by("pk"):
        if (link.document.sha256, link.posting.series.indicator.code) in again:
            found[link.document.sha256].append(link)
    for sha256, group in found.items():
        documents = tuple(dict.fromkeys(link.document for link in group))
        yield Conflict(
            "voucher",
            f"voucher:{sha256}",
            tuple(dict.fromkeys(link.posting.series.indicator.code for link in group)),
            _("凭证“%(name)s”先后用于%(n)d次入账")
            % {"name": documents[0].name, "n": len({link.posting.entry_id for link in group})},
            documents=documents,
        )


def _counts_once(use: Mapping[str, Any], known_at: datetime) -> bool:
    """Whether all that a file bears out is one named thing, which a count counts once."""
    code = use["posting__series__indicator__code"]
    form = catalogue.definition(code, known_at.date()).form
    return form is Form.COUNT and use["subjects"] == 1 and bool(use["subject"])


def _cited(row: PublishedFigure) -> str:
    return _("%(source)s：%(text)s") % {
        "source": f"{row.source}{row.place}",
        "text": f"{row.text}{row.unit_of_measure}",
    }


def _shown(value: Decimal, decimals: int) -> Decimal:
    return rounded(value, max(decimals, 2)).normalize() if value % 1 else value


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"
