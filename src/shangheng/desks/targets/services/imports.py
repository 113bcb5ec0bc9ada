"""Importing postings from Excel: a preview that changes nothing, then all rows or none."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.exchange.errors import CellError, by_place
from shangheng.core.exchange.read import MAX_ERRORS, Row, read
from shangheng.desks.targets import words
from shangheng.desks.targets.access import units_for
from shangheng.desks.targets.services.import_table import (
    column_of,
    columns,
    line_of,
    places,
)
from shangheng.desks.targets.services.postings import post_facts
from shangheng.engines.evidence import services as evidence
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import Line, LineError, LinesRefused, dimension_key
from shangheng.engines.ledger.models import Entry, Posting
from shangheng.engines.ledger.services.posting import check_lines

KIND = "import_sheet"
MAX_ROWS = 20_000

Key = tuple[str, int, str, str, str, date, int]


class ImportRefused(ValueError):
    """Nothing was imported; `preview` says why."""

    def __init__(self, preview: "Preview") -> None:
        super().__init__(_("文件有%d处错误，没有导入任何内容") % preview.wrong)
        self.preview = preview


@dataclass(frozen=True)
class Fate:
    """What would happen to one row: it is new, or repeats a posting or an earlier row."""

    number: int
    line: Line
    unit: str
    same_posting: int | None = None
    same_row: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing like it is known."""
        return self.same_posting is None and self.same_row is None

    @property
    def name(self) -> str:
        """The name of the indicator."""
        return words.indicator_word(self.line.indicator)

    @property
    def elsewhere(self) -> str:
        """The name of the area, where it is another."""
        return words.elsewhere(self.line.area)

    @property
    def dimensions(self) -> list[tuple[str, str]]:
        """Names of dimensions and their values."""
        return words.dimensions_words(dimension_key(self.line.dimensions))


@dataclass(frozen=True)
class Preview:
    """What a file would do: all rows, or every error with its place."""

    name: str
    sheet: str = ""
    rows: tuple[Fate, ...] = ()
    errors: tuple[CellError, ...] = ()
    more_errors: int = 0

    @property
    def ok(self) -> bool:
        """Whether it can be imported."""
        return not self.errors

    @property
    def wrong(self) -> int:
        """How many errors there are."""
        return len(self.errors) + self.more_errors

    @property
    def new(self) -> int:
        """How many rows are new."""
        return sum(row.is_new for row in self.rows)

    @property
    def duplicates(self) -> int:
        """How many rows repeat something."""
        return len(self.rows) - self.new

    @property
    def sums(self) -> list[tuple[str, int, Decimal, str]]:
        """By indicator and area: name, rows, sum of the new ones, unit of measure."""
        count: Counter[tuple[str, str]] = Counter()
        total: dict[tuple[str, str], Decimal] = {}
        for row in self.rows:
            if row.is_new:
                key = row.line.indicator, row.elsewhere
                count[key] += 1
                total[key] = total.get(key, Decimal(0)) + row.line.value
        return [
            (
                " · ".join(word for word in (words.indicator_word(code), area) if word),
                count[code, area],
                total[code, area],
                catalogue.indicator(code).versions[-1].unit,
            )
            for code, area in total
        ]


def preview(content: bytes, name: str, actor: User, *, at: datetime) -> Preview:
    """What importing a file would do. Nothing is kept: it is tried and taken back."""
    units = list(units_for(actor, "import"))
    wanted = columns(list(catalogue.indicators().values()), units)
    table = read(content, name, wanted, limit=MAX_ROWS)
    if not table.ok:
        return Preview(name, table.sheet, (), table.errors, table.more_errors)
    rows = table.rows
    lines = [line_of(row.values) for row in rows]
    names = {unit.pk: unit.label for unit in units}
    refused = _faults(actor, at, lines)
    fates = () if refused else tuple(_fates(rows, lines, names))
    fresh = [index for index, fate in enumerate(fates) if fate.is_new]
    if fresh:  # what repeats something is left out, so the ledger need not take it a second time
        faults = _try(actor, at, [lines[index] for index in fresh])
        refused = [replace(fault, index=fresh[fault.index]) for fault in faults]
    if refused:
        placed = places(content, table.sheet, wanted)
        errors = by_place(_placed(refused, rows, table.sheet, placed))
        more = max(len(errors) - MAX_ERRORS, 0)
        return Preview(name, table.sheet, (), tuple(errors[:MAX_ERRORS]), more)
    return Preview(name, table.sheet, fates)


@transaction.atomic
def commit(
    content: bytes,
    name: str,
    actor: User,
    *,
    at: datetime,
    source: str = "",
    note: str = "",
    with_duplicates: bool = False,
) -> Entry:
    """Import a file: all of its new rows (and, when asked, those that repeat) in one entry, or none.

    The file itself is kept as evidence of every posting. Raises ImportRefused, or UnacceptableFile
    for a file that cannot be kept.
    """
    found = preview(content, name, actor, at=at)
    chosen = [row for row in found.rows if row.is_new or with_duplicates]
    if not found.ok:
        raise ImportRefused(found)
    if not chosen:
        nothing = CellError(_("没有新的行：每一行都与已登记的记录相同"), found.sheet)
        raise ImportRefused(Preview(name, found.sheet, found.rows, (nothing,)))
    document = evidence.store(
        actor=actor, at=at, name=name, content=content, kind=KIND, unit=actor.unit
    )
    lines = [_with_document(row.line, document.pk) for row in chosen]
    return post_facts(
        actor=actor,
        at=at,
        lines=lines,
        source=source or _("Excel 导入：%s") % document.name,
        note=note,
        act="ledger.import",
    )


class _TakenBack(Exception):
    """Ends the trial."""


def _faults(actor: User, at: datetime, lines: Sequence[Line]) -> Sequence[LineError]:
    """What is wrong with the lines by themselves."""
    if not allows(actor, "targets.post"):
        return [LineError(0, "", _("您没有填报数据的权限"))]
    try:
        check_lines(lines, at=at)
    except LinesRefused as error:
        return error.errors
    return ()


def _try(actor: User, at: datetime, lines: Sequence[Line]) -> Sequence[LineError]:
    """Post and take back, so that a preview knows whatever the ledger would refuse."""
    try:
        with transaction.atomic():
            post_facts(actor=actor, at=at, lines=lines, source=_("试导入"))
            raise _TakenBack
    except _TakenBack:
        return ()
    except LinesRefused as error:
        return error.errors


def _placed(
    errors: Sequence[LineError],
    rows: Sequence[Row],
    sheet: str,
    placed: Mapping[str, tuple[int, str]],
) -> Iterator[CellError]:
    for error in errors:
        column, title = column_of(error.field, placed)
        yield CellError(error.message, sheet, rows[error.index].number, column, title)


def _fates(rows: Sequence[Row], lines: Sequence[Line], names: Mapping[int, str]) -> Iterator[Fate]:
    known = _known(lines)
    seen: dict[Key, int] = {}
    for row, line in zip(rows, lines, strict=True):
        key = _key(line)
        yield Fate(row.number, line, names[line.unit_id], known.get(key), seen.get(key))
        seen.setdefault(key, row.number)


def _key(line: Line) -> Key:
    definition = catalogue.definition(line.indicator, line.occurred_on)
    return (
        line.indicator,
        line.unit_id,
        line.area,
        dimension_key(line.dimensions),
        line.subject,
        line.occurred_on,
        catalogue.unit_of(definition).to_minor(line.value),
    )


def _known(lines: Sequence[Line]) -> dict[Key, int]:
    """Live postings that say the same as one of the lines: their keys and numbers."""
    days = [line.occurred_on for line in lines]
    rows = Posting.objects.filter(
        series__indicator__code__in={line.indicator for line in lines},
        occurred_on__range=(min(days), max(days)),
        reverses=None,
        reversal=None,
    ).values_list(
        "series__indicator__code",
        "series__unit",
        "series__area",
        "series__dimensions",
        "subject",
        "occurred_on",
        "amount",
        "pk",
    )
    return {
        (code, unit, area, dimensions, subject, day, amount): pk
        for code, unit, area, dimensions, subject, day, amount, pk in rows
    }


def _with_document(line: Line, document: int) -> Line:
    return replace(line, documents=(document,))
