"""Proving that nobody has touched the audit, or naming what they touched.

What each kind of interference leaves behind:

- a changed row no longer has the hash that stands in it (`altered`, `moved`, `unreadable`);
- a removed row leaves a gap in the numbers (`removed`);
- a row put in or written anew with a matching hash does not join its neighbours (`unlinked`);
- an end cut off, or a chain rewritten from some row on, disagrees with the heads noted outside the
  database (`removed`, `replaced`);
- whoever does any of this must first take away the triggers (`unguarded`).

What stays invisible: a correctly computed row added after the last one, and anything done by
somebody who can write both the database and the data folder.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import batched, chain

from django.db import DataError
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from shangheng.core.audit import checks, heads
from shangheng.core.audit.chain import GENESIS, Fields
from shangheng.core.audit.checks import Finding
from shangheng.core.audit.models import Row
from shangheng.core.database.append_only import unguarded
from shangheng.core.database.triggers import Guard

CHUNK = 2000
MOST_SUSPECTS = 200
"""So many altered rows are compared with each other to tell a moved row from a changed one."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a verification found. `ok` when it found nothing."""

    rows: int
    head_number: int
    head_hash: str
    noted: int
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written down."""
        return not self.findings


def verify() -> Findings:
    """Walk through the whole chain, the noted heads, the triggers and the registered checks.

    Rows are read in chunks, so memory does not grow with the audit. Safe while others write.
    """
    notes = _Notes()  # first: a head noted from now on may belong to a row the walk did not see
    walk = _Walk()
    found = list(walk.findings())
    found += notes.findings()
    found += _trigger_findings()
    others = checks.registered()
    found += chain.from_iterable(check() for check in others.values())
    return Findings(
        rows=walk.rows,
        head_number=walk.number,
        head_hash=walk.hash,
        noted=notes.count,
        checks=("audit.chain", "audit.heads", "audit.triggers", *others),
        findings=tuple(found),
    )


def guards() -> list[Guard]:
    """What the migrations have made append-only, or frozen once signed."""
    migrations = MigrationLoader(None).disk_migrations.values()
    operations = (operation for migration in migrations for operation in migration.operations)
    return [one for one in operations if isinstance(one, Guard)]


@dataclass
class _Walk:
    """One pass over the rows, in the order of their numbers."""

    rows: int = 0
    number: int = 0
    hash: str = GENESIS
    joined: bool = True
    """Whether the next row must join the last one: not after a gap or an altered row."""
    missing: list[int] = field(default_factory=list)
    suspects: list[tuple[Fields, str]] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        for number, row in _rows():
            self.rows += 1
            if number < 1:
                yield _finding("inserted", number, _("第%d条不属于审计链：序号从1开始。") % number)
                continue
            if number > self.number + 1:
                yield self._removed(number)
            yield from self._row_findings(number, row)
            self.number = number
        yield from self._suspect_findings()

    def _removed(self, number: int) -> Finding:
        first, last = self.number + 1, number - 1
        self.missing += range(first, min(last, first + MOST_SUSPECTS) + 1)
        self.joined = False
        message = _("第%(first)d条至第%(last)d条共%(count)d条被删除。") % {
            "first": first,
            "last": last,
            "count": last - first + 1,
        }
        return _finding("removed", first, message)

    def _row_findings(self, number: int, row: Row | None) -> Iterator[Finding]:
        joined, self.joined = self.joined, True
        if row is None:
            self.joined = False
            yield _finding("unreadable", number, _("第%d条被改动：内容已无法读取。") % number)
            return
        fields = row.fields()
        if fields.digest() != row.hash:
            self.joined = False
            if len(self.suspects) < MOST_SUSPECTS:
                self.suspects.append((fields, row.hash))
            else:
                yield _altered(number)
        elif joined and row.previous_hash != self.hash:
            yield _finding(
                "unlinked",
                number,
                _(
                    "第%(number)d条与第%(before)d条不相衔接：第%(number)d条是后来插入或整条改写的，"
                    "或者第%(before)d条被整条改写。"
                )
                % {"number": number, "before": number - 1},
            )
        self.hash = row.hash

    def _suspect_findings(self) -> Iterator[Finding]:
        """An altered row that fits its hash under another number was moved, not changed."""
        places = [fields.number for fields, _hash in self.suspects]
        beside = [
            place + step for place in places for step in (-1, 1)
        ]  # one row put in or taken out
        numbers = dict.fromkeys(places + beside + self.missing)
        for fields, digest in self.suspects:
            origin = next((n for n in numbers if replace(fields, number=n).digest() == digest), 0)
            if origin:
                message = _("第%(number)d条被调换位置：它原来是第%(origin)d条。") % {
                    "number": fields.number,
                    "origin": origin,
                }
                yield _finding("moved", fields.number, message)
            else:
                yield _altered(fields.number)


def _rows() -> Iterator[tuple[int, Row | None]]:
    """Every row with its number; None for a row whose columns cannot be read any more."""
    last: int | None = None
    while True:
        rows = Row.objects.order_by("number")
        if last is not None:
            rows = rows.filter(number__gt=last)
        numbers = list(rows.values_list("number", flat=True)[:CHUNK])
        if not numbers:
            return
        yield from _read(numbers)
        last = numbers[-1]


def _read(numbers: list[int]) -> Iterator[tuple[int, Row | None]]:
    try:
        found = Row.objects.in_bulk(numbers)
    except (ValueError, TypeError, DataError):
        if len(numbers) == 1:
            yield numbers[0], None
            return
        middle = len(numbers) // 2
        yield from _read(numbers[:middle])
        yield from _read(numbers[middle:])
        return
    for number in numbers:
        row = found[number]
        # SQLite gives None for a time that it cannot read
        yield number, None if row.at is None else row


class _Notes:
    """The heads noted outside the database, as far as they reach now."""

    def __init__(self) -> None:
        self.count = sum(1 for _line in heads.noted())

    def findings(self) -> Iterator[Finding]:
        lines = (note for note, _place in zip(heads.noted(), range(self.count), strict=False))
        lost: list[int] = []
        for batch in batched(lines, 500):
            hashes = dict(
                Row.objects.filter(pk__in=[number for number, _digest in batch]).values_list(
                    "number", "hash"
                )
            )
            for number, digest in batch:
                if number not in hashes:
                    lost.append(number)
                elif hashes[number] != digest:
                    yield _replaced(number)
        yield from self._lost_findings(lost)

    def _lost_findings(self, lost: list[int]) -> Iterator[Finding]:
        """Rows cut off at the end; those before the end the walk has named already."""
        last = Row.objects.order_by("-number").values_list("number", flat=True).first() or 0
        beyond = [number for number in lost if number > last]
        if beyond:
            message = _(
                "第%(first)d条至第%(last)d条被删除：数据库之外记有它们的校验码，"
                "审计链却到第%(end)d条为止。"
            ) % {"first": last + 1, "last": max(beyond), "end": last}
            yield _finding("removed", last + 1, message, check="audit.heads")


def _trigger_findings() -> Iterator[Finding]:
    for table in sorted(unguarded(guards())):
        message = _("数据表 %s 的防改触发器缺失或被改动。") % table
        yield Finding("audit.triggers", "unguarded", table, message)


def _altered(number: int) -> Finding:
    return _finding("altered", number, _("第%d条被改动：内容与校验码不符。") % number)


def _replaced(number: int) -> Finding:
    message = _("第%d条被整条改写：校验码与数据库之外所记的不符。") % number
    return _finding("replaced", number, message, check="audit.heads")


def _finding(kind: str, number: int, message: str, check: str = "audit.chain") -> Finding:
    return Finding(check, kind, f"audit.row:{number}", message)
