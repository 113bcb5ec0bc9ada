"""Posting facts and taking them back. Nothing is ever changed: a correction is a reversal."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import overload

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import SUMMED, UnknownIndicator
from shangheng.engines.ledger.domain.line import (
    Line,
    LineError,
    LinesRefused,
    check_line,
    dimension_key,
    text_problems,
)
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import (
    NOTE_LENGTH,
    SOURCE_LENGTH,
    Entry,
    Indicator,
    Posting,
    RecognitionStep,
    Series,
)
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.selectors.identities import broken_by
from shangheng.engines.ledger.services.entries import Contents, write_entry
from shangheng.engines.ledger.services.sealing import recorded_after, recorded_now

SeriesKey = tuple[str, str, int, str]


class CannotReverse(ValueError):
    """A posting that cannot be taken back; the message says why."""


class Postings(Sequence[Posting]):
    """The postings of lines, made as they are read: very many at once would fill the memory."""

    def __init__(self, lines: Sequence[Line], series: Mapping[SeriesKey, Series]) -> None:
        self._lines, self._series = lines, series

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Posting: ...
    @overload
    def __getitem__(self, index: slice) -> list[Posting]: ...
    def __getitem__(self, index: int | slice) -> Posting | list[Posting]:
        if isinstance(index, int):
            return self._made(self._lines[index])
        return [self._made(line) for line in self._lines[index]]

    def _made(self, line: Line) -> Posting:
        return _posting(line, self._series[_key(line)])


@transaction.atomic
def post(
    *,
    actor: User,
    at: datetime,
    lines: Sequence[Line],
    source: str,
    note: str = "",
    act: str = "ledger.post",
) -> Entry:
    """Post all of `lines` or none.

    A fact of an indicator that a superior office recognises starts as claimed; of any other, or of
    another area, which nobody recognises for this bureau, it counts at once. `source` says where the facts come from. Raises LinesRefused, naming each line
    and field, also when an identity that must hold would be broken, or when a state (a stock, a
    rank) has been posted of that day before.
    """
    check_lines(lines, at=at)
    _check_texts(source, note)
    recorded_at = recorded_now(at)
    series = _series_of(lines)
    if second := _second_observations(lines, series):
        raise LinesRefused(second)
    contents = Contents(
        postings=Postings(lines, series),
        new_evidence=[
            (place, document)
            for place, line in enumerate(lines)
            for document in dict.fromkeys(line.documents)
        ],
    )
    entry = write_entry(
        contents,
        actor=actor,
        act=act,
        recorded_at=recorded_at,
        source=source,
        note=note,
        is_sample=all(line.is_sample for line in lines),
    )
    if broken := broken_by(lines, known_at=recorded_at):
        raise LinesRefused([LineError(index, "value", message) for index, message in broken])
    return entry


def check_lines(lines: Sequence[Line], *, at: datetime) -> None:
    """Check each line by itself. Raises LinesRefused with every error found."""
    if not lines:
        raise LinesRefused([LineError(0, "", _("没有可填报的内容"))])
    today = timezone.localtime(at).date()
    units = set(OrgUnit.objects.values_list("pk", flat=True))
    wanted = {document for line in lines for document in line.documents}
    documents = set(Document.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    errors = []
    for index, line in enumerate(lines):
        problems = _problems(line, today)
        if line.unit_id not in units:
            problems.append(("unit", _("没有这个责任单位")))
        if not documents.issuperset(line.documents):
            problems.append(("documents", _("所附凭证不存在，请重新上传")))
        errors += [LineError(index, name, message) for name, message in problems]
    if errors:
        raise LinesRefused(errors)


@transaction.atomic
def reverse(*, actor: User, at: datetime, postings: Iterable[int], reason: str) -> Entry:
    """Take postings back by as many reversals. Raises CannotReverse."""
    if not reason.strip():
        raise CannotReverse(_("冲销必须写明原因"))
    keys = list(postings)
    recorded_at = recorded_after(at, keys)
    originals = list(
        Posting.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("series__indicator")
        .order_by("pk")
    )
    _refuse_reversal(originals)
    return write_entry(
        Contents(
            postings=[_reversal(original) for original in originals],
            steps=_back_to_start(originals),
        ),
        actor=actor,
        act="ledger.reverse",
        recorded_at=recorded_at,
        source="冲销",  # zh-data: stored with the entry
        note=reason.strip(),
        is_sample=all(original.is_sample for original in originals),
        summary={"reversed": [original.pk for original in originals]},
    )


@transaction.atomic
def attach(*, actor: User, at: datetime, posting: Posting, documents: Sequence[int]) -> Entry:
    """Add vouchers to a posting; what was attached stays. Raises LinesRefused."""
    recorded_at = recorded_after(at, [posting.pk])
    present = set(posting.evidence.values_list("document_id", flat=True))
    fresh = [document for document in dict.fromkeys(documents) if document not in present]
    if not fresh:
        raise LinesRefused([LineError(0, "documents", _("请选择尚未附在该记录上的凭证"))])
    return write_entry(
        Contents(added_evidence=[(posting, document) for document in fresh]),
        actor=actor,
        act="ledger.attach",
        recorded_at=recorded_at,
        source="补充凭证",  # zh-data: stored with the entry
        is_sample=posting.is_sample,
        summary={"posting": posting.pk, "documents": fresh},
    )


def _problems(line: Line, today: date) -> list[tuple[str, str]]:
    try:
        indicator = catalogue.indicator(line.indicator)
    except UnknownIndicator as error:
        return [("indicator", str(error))]
    home = settings.HOME_AREA
    unit = catalogue.unit_of(indicator.on(line.occurred_on))
    problems = check_line(line, indicator, unit, today=today, home_area=home)
    if line.area != home and line.area not in {row["code"] for row in catalogue.areas()}:
        problems.append(("area", _("没有编码为“%s”的地区") % line.area))
    return problems


def _key(line: Line) -> SeriesKey:
    return line.indicator, line.area, line.unit_id, dimension_key(line.dimensions)


def _series_of(lines: Sequence[Line]) -> dict[SeriesKey, Series]:
    """The series of the lines; those that are new are made."""
    wanted = {_key(line) for line in lines}
    found = _kept_series(wanted)
    if wanted - found.keys():
        _make_series(wanted)
        found = _kept_series(wanted)
    return found


def _kept_series(wanted: Set[SeriesKey]) -> dict[SeriesKey, Series]:
    codes = {code for code, *_ in wanted}
    found = Series.objects.filter(indicator__code__in=codes).select_related("indicator")
    return {(row.indicator.code, row.area, row.unit_id, row.dimensions): row for row in found}


def _make_series(wanted: Set[SeriesKey]) -> None:
    codes = {code for code, *_ in wanted}
    Indicator.objects.bulk_create([Indicator(code=c) for c in codes], ignore_conflicts=True)
    indicators = {row.code: row for row in Indicator.objects.filter(code__in=codes)}
    Series.objects.bulk_create(
        [
            Series(indicator=indicators[code], area=area, unit_id=unit, dimensions=dimensions)
            for code, area, unit, dimensions in sorted(wanted)
        ],
        ignore_conflicts=True,
    )


def _check_texts(source: str, note: str) -> None:
    """Raises LinesRefused for what the columns cannot hold: PostgreSQL would, SQLite would not."""
    problems = []
    if not source.strip():
        problems.append(("source", _("请写明数据来源")))
    problems += [("source", problem) for problem in text_problems(source, SOURCE_LENGTH)]
    problems += [("note", one) for one in text_problems(note, NOTE_LENGTH, spacing="\t\r\n")]
    if problems:
        raise LinesRefused([LineError(0, name, message) for name, message in problems])


def _second_observations(lines: Sequence[Line], series: dict[SeriesKey, Series]) -> list[LineError]:
    """Lines that would give a series a second state on one day: the two would be added up."""
    states = {
        index: (series[_key(line)].pk, line.occurred_on)
        for index, line in enumerate(lines)
        if catalogue.definition(line.indicator, line.occurred_on).form not in SUMMED
    }
    if not states:
        return []
    live = Posting.objects.filter(
        series__in={key for key, _day in states.values()},
        occurred_on__in={day for _key, day in states.values()},
        reverses=None,
        reversal=None,
    )
    known = {(key, day): pk for key, day, pk in live.values_list("series", "occurred_on", "pk")}
    seen: dict[tuple[int, date], int] = {}
    errors = []
    for index, place in states.items():
        told = {"name": catalogue.indicator(lines[index].indicator).name, "day": place[1]}
        if place in known:
            message = _("“%(name)s”在%(day)s已有记录#%(pk)d，同一天只记一个数；要更正请先冲销它")
            errors.append(LineError(index, "occurred_on", message % {**told, "pk": known[place]}))
        elif place in seen:
            message = _("“%(name)s”在%(day)s与第%(row)d条重复，同一天只记一个数")
            errors.append(
                LineError(index, "occurred_on", message % {**told, "row": seen[place] + 1})
            )
        seen.setdefault(place, index)
    return errors


def _posting(line: Line, series: Series) -> Posting:
    definition = catalogue.definition(line.indicator, line.occurred_on)
    awaits = catalogue.authority(line.indicator, line.occurred_on, line.area)
    return Posting(
        series=series,
        version=definition.number,
        subject=line.subject,
        amount=catalogue.unit_of(definition).to_minor(line.value),
        occurred_on=line.occurred_on,
        status=Status.CLAIMED if awaits else Status.RECOGNISED,
        is_sample=line.is_sample,
    )


def _reversal(original: Posting) -> Posting:
    return Posting(
        series=original.series,
        version=original.version,
        subject=original.subject,
        amount=-original.amount,
        n=-1,
        occurred_on=original.occurred_on,
        status=original.status,
        is_sample=original.is_sample,
        reverses=original,
    )


def _back_to_start(originals: Sequence[Posting]) -> list[RecognitionStep]:
    """Steps that bring every amount back to where its posting began, so that the reversal fits."""
    current = balances([original.pk for original in originals])
    return [
        RecognitionStep(
            posting=original,
            origin=status,
            destination=original.status,
            amount=amount,
            reason="reversal",
            authority="",
        )
        for original in originals
        for status, amount in current[original.pk].items()
        if amount and status != original.status
    ]


def _refuse_reversal(originals: Sequence[Posting]) -> None:
    if not originals:
        raise CannotReverse(_("没有选中任何入账记录"))
    if any(original.reverses_id for original in originals):
        raise CannotReverse(_("冲销记录本身不能再冲销；如需恢复，请重新填报"))
    done = Posting.objects.filter(reverses__in=originals).values_list("reverses_id", flat=True)
    if done:
        numbers = _("、").join(f"#{pk}" for pk in done)
        raise CannotReverse(_("已冲销过的记录：%s") % numbers)
