"""Published then, restated since: issued figures against what the ledger knows now.

Computed when somebody looks. All reports asked about are answered together, so that the number of
database queries does not grow with them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.core.cache import cache
from django.db.models import Q, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from shangheng.desks.briefing.domain.markup import parse
from shangheng.desks.briefing.domain.pieces import Answer, Shown, from_data
from shangheng.desks.briefing.models import BoundFigure, Report, State
from shangheng.desks.briefing.selectors.answering import answers
from shangheng.desks.briefing.selectors.asking import Ask
from shangheng.desks.briefing.selectors.building import asks_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.models import (
    Entry,
    Posting,
    PublishedFigure,
    RecognitionStep,
    TargetSheet,
)
from shangheng.engines.ledger.sections import sections

SHOWN_CHANGES = 5
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Change:
    """An act on the ledger after a report was pinned: `kind` is post, reverse, step or sheet."""

    at: datetime
    kind: str
    actor: str
    source: str
    note: str
    subject: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Restatement:
    """A figure that an issued report printed and that the ledger tells differently now."""

    source: str
    label: str
    then: Answer
    now: Answer
    changes: tuple[Change, ...] = ()

    @property
    def pairs(self) -> list[tuple[Shown | None, Shown | None]]:
        """Its numbers then and now, side by side; those that are the same are left out."""
        pairs: Iterable[tuple[Shown | None, Shown | None]]
        pairs = zip_longest(self.then.shown, self.now.shown)
        if self.then.columns or self.now.columns:
            pairs = _by_label(self.then, self.now)
        return [(then, now) for then, now in pairs if _number(then) != _number(now)]

    @property
    def words(self) -> tuple[str, str]:
        """What it said then and says now; of a table the rows that differ."""
        return _told_rows(self.then, self.now), _told_rows(self.now, self.then)

    @property
    def key(self) -> object:
        """What it tells; a figure that is printed in two ways tells it once."""
        told = tuple((_number(then), _number(now)) for then, now in self.pairs)
        return (self.label, told) if told else self.source


@dataclass(frozen=True)
class ChangedNumber:
    """One number then and now; words stand for a side that has no number."""

    label: str
    then: Shown | None
    now: Shown | None
    words_then: str
    words_now: str


def changed_numbers(found: Iterable[Restatement]) -> list[ChangedNumber]:
    """Every number that changed, once, however many sentences tell it."""
    rows: dict[object, ChangedNumber] = {}
    for each in found:
        for then, now in each.pairs or [(None, None)]:
            shown = then or now
            label = shown.backing.label if shown else each.label
            row = ChangedNumber(label, then, now, *_sides(each, shown))
            rows.setdefault((label, _number(then), _number(now)), row)
    return list(rows.values())


def _sides(each: Restatement, shown: Shown | None) -> tuple[str, str]:
    """The words for a side without a number; where the other has one, a row of a table is not there."""
    return ("—", "—") if shown and each.then.columns else each.words


def restatements(report: Report, *, now: datetime) -> list[Restatement]:
    """Every restated figure of an issued report, each with the acts that changed it."""
    found = restated([report], now=now)[report.pk]
    if not found or report.build is None:
        return []
    asks = asks_of(parse(report.build.draft.text), report.span, report.area)
    changes = _changes(
        {asks[each.source]: each for each in found}, since=report.build.known_at, now=now
    )
    return [
        Restatement(
            each.source,
            each.label,
            each.then,
            each.now,
            tuple(changes.get(asks[each.source], ())[:SHOWN_CHANGES]),
        )
        for each in found
    ]


def restated(reports: Sequence[Report], *, now: datetime) -> dict[int, list[Restatement]]:
    """The restated figures of each report (only issued ones can have any), without the acts."""
    result: dict[int, dict[object, Restatement]] = {report.pk: {} for report in reports}
    issued = {
        report.build_id: report
        for report in reports
        if report.state == State.ISSUED and report.build_id
    }
    if not issued:
        return {pk: [] for pk in result}
    kept: list[tuple[Report, Ask, Answer]] = []
    rows = BoundFigure.objects.filter(build__in=issued).select_related("build__draft")
    asks: dict[int, Mapping[str, Ask]] = {}
    for row in rows.order_by("build", "place"):
        report = issued[row.build_id]
        if row.build_id not in asks:
            script = parse(row.build.draft.text)
            asks[row.build_id] = asks_of(script, report.span, report.area)
        kept.append((report, asks[row.build_id][row.source], from_data(row.answer)))
    current = answers([ask for _report, ask, _then in kept], known_at=now, backed=False)
    for report, ask, then in kept:
        if _printed(then) != _printed(current[ask]):
            told = sections().get(ask.binding.code) if then.columns else None
            label = str(told.label) if told else _label(then) or _label(current[ask])
            label = label or ask.binding.source
            found = Restatement(ask.binding.source, label, then, current[ask])
            result[report.pk].setdefault(found.key, found)
    return {pk: list(found.values()) for pk, found in result.items()}


def restated_counts(reports: Sequence[Report], *, now: datetime) -> dict[int, int]:
    """How many figures of each report have been restated.

    The answer is kept until the ledger, the targets or the day change, so that asking again costs
    one small query.
    """
    issued = [report for report in reports if report.state == State.ISSUED]
    counts = dict.fromkeys((report.pk for report in reports), 0)
    if not issued:
        return counts
    mark = Report.objects.filter(pk=issued[0].pk).values(**watermark()).get()
    builds = [report.build_id for report in issued if report.build_id]
    return {**counts, **kept_counts(builds, mark, now=now, reports=issued)}


def kept_counts(
    builds: Iterable[int],
    mark: Mapping[str, object],
    *,
    now: datetime,
    reports: Iterable[Report] | None = None,
) -> dict[int, int]:
    """By report, how many figures of its issued build have been restated, as `mark` tells the time."""
    chosen = sorted(builds)
    parts = [timezone.localtime(now).date(), sorted(mark.items()), chosen]
    key = "briefing.restated." + hashlib.sha256(repr(parts).encode()).hexdigest()
    found: dict[int, int] | None = cache.get(key)
    if found is None:
        if reports is None:
            reports = Report.objects.filter(build__in=chosen).select_related("build__draft")
        found = {pk: len(rows) for pk, rows in restated(list(reports), now=now).items()}
        cache.set(key, found, KEPT_SECONDS)
    return found


def watermark() -> dict[str, Combinable]:
    """What changes whenever an answer of the ledger can: the last act on each of its parts."""
    entry = Entry.objects.order_by("-pk")
    sheet = TargetSheet.objects.order_by("-signed_at").filter(signed_at__isnull=False)
    told = dict.fromkeys(one.latest for one in sections().values())
    return {
        "entry": Subquery(entry.values("pk")[:1]),
        "digest": Subquery(entry.values("digest")[:1]),
        "published": Subquery(PublishedFigure.objects.order_by("-pk").values("pk")[:1]),
        "sheet": Subquery(sheet.values("pk")[:1]),
        "signed": Subquery(sheet.values("signed_at")[:1]),
        **{f"table{number}": latest() for number, latest in enumerate(told)},
    }


def _printed(answer: Answer) -> list[tuple[object, ...]]:
    """What of an answer is told: words and exact values, not where they lead."""
    return [
        (piece.text, piece.value) if isinstance(piece, Shown) else (piece.text,)
        for piece in answer.pieces
    ]


def _number(shown: Shown | None) -> tuple[object, ...] | None:
    return (shown.value, shown.unit) if shown else None


def _by_label(then: Answer, now: Answer) -> Iterator[tuple[Shown | None, Shown | None]]:
    """The numbers of two tables by what they are called: a new row moves all that stand below it."""
    before = {one.backing.label: one for one in then.shown}
    after = {one.backing.label: one for one in now.shown}
    for label in dict.fromkeys((*before, *after)):
        yield before.get(label), after.get(label)


def _told_rows(side: Answer, other: Answer) -> str:
    if not side.columns:
        return side.text
    rows = [["".join(piece.text for piece in cell) for cell in row] for row in side.rows]
    others = [["".join(piece.text for piece in cell) for cell in row] for row in other.rows]
    return (
        "；".join("，".join(row) for row in rows if row not in others) or "—"
    )  # zh-data: separators


def _label(answer: Answer) -> str:
    return answer.shown[0].backing.label if answer.shown else ""


def _changes(
    found: Mapping[Ask, Restatement], *, since: datetime, now: datetime
) -> dict[Ask, list[Change]]:
    """The acts after `since` that touch what each binding asks about, newest first."""
    codes = {ask: _leaves(ask, each) for ask, each in found.items() if ask.known}
    acts: dict[str, list[tuple[str, Change]]] = defaultdict(list)
    for code, month, change in [
        *_postings(set().union(*codes.values()), since, now),
        *_steps(set().union(*codes.values()), since, now),
    ]:
        acts[code].append((month, change))
    sheets = _sheets(since, now)
    result = {}
    for ask, leaves in codes.items():
        span = Period(ask.period.year_earlier().start, ask.period.end)
        touching = [
            change
            for code in leaves
            for month, change in acts[code]
            if str(span.start) <= month <= str(span.end)
        ]
        if not touching:
            touching = [change for year, change in sheets if year == ask.period.end.year]
        result[ask] = sorted(touching, key=lambda change: change.at, reverse=True)
    return result


def _postings(
    codes: Iterable[str], since: datetime, now: datetime
) -> Iterable[tuple[str, str, Change]]:
    rows = Posting.objects.filter(
        series__indicator__code__in=codes, recorded_at__gt=since, recorded_at__lte=now
    )
    for row in rows.select_related("series__indicator", "entry__actor").order_by("-pk"):
        kind = "reverse" if row.reverses_id else "post"
        yield _told(row, row.amount, kind, row.entry.recorded_at, row)


def _steps(
    codes: Iterable[str], since: datetime, now: datetime
) -> Iterable[tuple[str, str, Change]]:
    rows = RecognitionStep.objects.filter(
        ~Q(reason="reversal"),
        posting__series__indicator__code__in=codes,
        recorded_at__gt=since,
        recorded_at__lte=now,
    )
    related = rows.select_related("posting__series__indicator", "entry__actor")
    for row in related.order_by("-pk"):
        yield _told(row.posting, row.amount, "step", row.recorded_at, row)


def _told(
    posting: Posting, amount: int, kind: str, at: datetime, act: Posting | RecognitionStep
) -> tuple[str, str, Change]:
    code = posting.series.indicator.code
    unit = catalogue.unit_of(catalogue.definition(code, posting.occurred_on))
    change = Change(
        at=at,
        kind=kind,
        actor=act.entry.actor.display_name,
        source=act.entry.source,
        note=act.entry.note,
        subject=posting.subject,
        amount=f"{unit.from_minor(amount)}{unit.code}",
    )
    return code, str(posting.occurred_on)[:7], change


def _sheets(since: datetime, now: datetime) -> list[tuple[int, Change]]:
    rows = TargetSheet.objects.filter(signed_at__gt=since, signed_at__lte=now)
    return [
        (
            row.year,
            Change(row.signed_at, "sheet", row.signed_by.display_name, row.source, ""),
        )
        for row in rows.select_related("signed_by").order_by("-pk")
        if row.signed_at and row.signed_by
    ]


def _leaves(ask: Ask, each: Restatement) -> set[str]:
    """The posted indicators behind a binding; of a table, behind its numbers that changed."""
    codes = {ask.binding.code}
    if each.then.columns or each.now.columns:
        shown = (one for pair in each.pairs for one in pair if one and one.reference)
        codes = {one.reference.partition("/")[0] for one in shown}
    if ask.binding.argument in catalogue.indicators():
        codes.add(ask.binding.argument)
    return {leaf for code in codes for leaf in _parts(code, ask.period)}


def _parts(code: str, period: Period) -> set[str]:
    formula = catalogue.definition(code, period.end.last).formula
    found = {code}
    if formula:
        for part in (*formula.numerator, *formula.denominator):
            found |= _parts(part, period)
    return found
