"""A bound figure: what stands between `{{` and `}}` in the text of a report.

    code[@period][!area][|measure[:argument]]

`period` is a period of its own (`2020`, `2021-01/2021-10`) or so many years from that of the
report (`+1`, `-2`); without it the report's own period holds. `area` is a division code.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shangheng.desks.briefing.domain.told import BadMarkup, _
from shangheng.engines.ledger.domain.period import BadPeriod, Period

_BINDING = re.compile(
    r"(?P<code>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)"
    r"(?:@(?P<period>[0-9Q/+-]+))?"
    r"(?:!(?P<area>[0-9]{2,12}))?"
    r"(?:\|(?P<measure>[a-z_]+)(?::(?P<argument>[^|]+))?)?"
)
_SHIFT = re.compile(r"[+-][0-9]{1,2}")
_ROWS = re.compile(r"[1-9][0-9]{0,2}")


class Measure(StrEnum):
    """What of an indicator is printed."""

    VALUE = "value"  # 726.2亿元; what is written without a measure
    NUMBER = "number"  # 726.2
    GROWTH = "growth"  # 增长13.6%
    RATE = "rate"  # 13.6%, with a sign when it fell
    SHARE = "share"  # share:CODE, of another indicator
    STATUS = "status"  # status:submitted, the amount that stands there
    TARGET = "target"  # target:TIER, 726亿元
    STANDING = "standing"  # standing:TIER, the judgement in words
    COMPLETION = "completion"  # completion:TIER, 100.03%
    BASIS = "basis"  # basis:TIER, what a target was computed from
    BY = "by"  # by:unit or by:DIMENSION, one figure for each
    SUBJECTS = "subjects"  # the named projects, subjects:CODE with their amounts
    POINTS = "points"  # growth points that a document names
    TABLE = "table"  # a table of a desk, table:ROWS of its first so many rows


NEEDS_ARGUMENT = frozenset(
    {
        Measure.SHARE,
        Measure.STATUS,
        Measure.TARGET,
        Measure.STANDING,
        Measure.COMPLETION,
        Measure.BASIS,
        Measure.BY,
    }
)
OF_TARGETS = frozenset({Measure.TARGET, Measure.STANDING, Measure.COMPLETION, Measure.BASIS})
STATUSES = frozenset({"claimed", "submitted", "recognised", "rejected", "pending"})


@dataclass(frozen=True)
class Binding:
    """One bound figure. `source` is its text as written, and its name within a report."""

    source: str
    code: str
    period: str = ""
    area: str = ""
    measure: Measure = Measure.VALUE
    argument: str = ""

    def period_in(self, own: Period) -> Period:
        """The period asked about in a report over `own`."""
        if not self.period:
            return own
        if _SHIFT.fullmatch(self.period):
            months = 12 * int(self.period)
            return Period(own.start.plus(months), own.end.plus(months))
        return Period.parse(self.period)

    def area_in(self, own: str) -> str:
        """The area asked about in a report on `own`."""
        return self.area or own


def parse_binding(text: str, line: int = 0) -> Binding:
    """Read what stands between the braces. Raises BadMarkup.

    >>> parse_binding("trade.total@+1|target:expected").measure
    <Measure.TARGET: 'target'>
    """
    source = text.strip()
    match = _BINDING.fullmatch(source)
    if match is None:
        raise BadMarkup(
            _("看不懂的数字绑定“%(source)s”，应写作 指标编码@时期|取法，如 retail.total|growth。"),
            line=line,
            source=source,
        )
    period = match["period"] or ""
    if period and not _SHIFT.fullmatch(period):
        _check_period(period, source, line)
    try:
        measure = Measure(match["measure"] or Measure.VALUE)
    except ValueError:
        raise BadMarkup(
            _("“%(source)s”中的取法“%(measure)s”不认识，可用：%(known)s。"),
            line=line,
            source=source,
            measure=match["measure"],
            known=", ".join(Measure),
        ) from None
    binding = Binding(
        source, match["code"], period, match["area"] or "", measure, match["argument"] or ""
    )
    _check_argument(binding, line)
    return binding


def _check_period(period: str, source: str, line: int) -> None:
    try:
        Period.parse(period)
    except BadPeriod:
        raise BadMarkup(
            _("“%(source)s”中的时期“%(period)s”写法不对，应写作 2020、2021-01/2021-10 或 +1。"),
            line=line,
            source=source,
            period=period,
        ) from None


def _check_argument(binding: Binding, line: int) -> None:
    if binding.measure in NEEDS_ARGUMENT and not binding.argument:
        raise BadMarkup(
            _("“%(source)s”的取法 %(measure)s 后面还要写明是哪一个，如 target:challenge。"),
            line=line,
            source=binding.source,
            measure=binding.measure.value,
        )
    if binding.measure is Measure.TABLE and not _ROWS.fullmatch(binding.argument or "1"):
        raise BadMarkup(
            _("“%(source)s”的 table 后面只能写行数，如 table:20。"),
            line=line,
            source=binding.source,
        )
    if binding.measure is Measure.STATUS and binding.argument not in STATUSES:
        raise BadMarkup(
            _("“%(source)s”中的状态不认识，可用：%(known)s。"),
            line=line,
            source=binding.source,
            known=", ".join(sorted(STATUSES)),
        )
