"""The rules of a target sheet: units of growth points, monthly plans, the order of tiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from shangheng.engines.ledger.domain.units import UnfitValue, Unit, rounded
from shangheng.methods.wording import say

MONTHS = 12
HUNDRED = Decimal(100)


class SheetRefused(ValueError):
    """A sheet cannot be changed or signed so. `errors` are messages by field (“” for the whole)."""

    def __init__(self, errors: Mapping[str, str] | str) -> None:
        self.errors = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__(" ".join(self.errors.values()))


@dataclass(frozen=True)
class Wanted:
    """What is typed for one tier: a value in the indicator's unit, growth in percent, or both."""

    value: Decimal | None = None
    growth: Decimal | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is typed: there shall be no such tier."""
        return self.value is None and self.growth is None


@dataclass(frozen=True)
class PointDraft:
    """A growth point as it is typed: `low` to `high` in `unit`, `probability` in percent."""

    name: str
    due_on: date
    low: Decimal
    high: Decimal
    unit: str
    probability: Decimal
    note: str = ""
    source: str = ""


def converted(value: Decimal, unit: Unit, to: Unit) -> Decimal | None:
    """`value` of one unit in another of the same kind, exact; None between kinds.

    1000 万美元 is 0.1 亿美元; money of one currency is never turned into another.
    """
    if unit.kind != to.kind or (unit.kind == "count" and unit.code != to.code):
        return None
    return to.from_minor(unit.to_minor(value))


def check_point(point: PointDraft, *, unit: Unit, expected: Unit, year: int) -> None:
    """A growth point falls into the year of its sheet and is measured as its indicator is.

    Raises SheetRefused by field; `unit` is the unit that was typed, `expected` the indicator's.
    """
    errors: dict[str, str] = {}
    if not 0 < point.probability <= HUNDRED:
        errors["probability"] = say("概率应大于0%%、不超过100%%")
    if point.due_on.year != year:
        errors["due_on"] = say("预计实现日期应在%(year)s年之内", year=year)
    if unit.code != expected.code:
        errors["unit"] = _unit_words(point, unit, expected)
    elif point.low <= 0:
        errors["low"] = say("增长点的金额应大于零")
    elif point.high < point.low:
        errors["high"] = say("最高值不能小于最低值")
    else:
        errors |= _unfit({"low": point.low, "high": point.high}, expected)
    if errors:
        raise SheetRefused(errors)


def linear_plan(total: Decimal, decimals: int) -> tuple[Decimal, ...]:
    """Twelve cumulative amounts in equal steps, rounded for print; the last is `total` exactly."""
    return _plan(total, [HUNDRED * month / MONTHS for month in range(1, MONTHS + 1)], decimals)


def seasonal_plan(total: Decimal, shares: Sequence[Decimal], decimals: int) -> tuple[Decimal, ...]:
    """Twelve cumulative amounts by the cumulative shares of past years, in percent."""
    return _plan(total, shares, decimals)


def check_plan(months: Mapping[int, Decimal], total: Decimal) -> None:
    """A cumulative plan never falls, and its December is the target of the year.

    Months may be left open. Raises SheetRefused with messages by month (“1” … “12”).
    """
    errors: dict[str, str] = {}
    done = Decimal(0)
    for month in sorted(months):
        if months[month] < done:
            errors[str(month)] = say("累计计划不能低于上月的%(done)s", done=done)
        done = max(done, months[month])
    december = months.get(MONTHS)
    if december is not None and december != total:
        errors[str(MONTHS)] = say(
            "12月应等于全年目标%(total)s，填的是%(december)s，差%(gap)s",
            total=total,
            december=december,
            gap=abs(total - december),
        )
    elif done > total:
        last = max(month for month in months if months[month] == done)
        errors[str(last)] = say("累计计划超过全年目标%(total)s", total=total)
    if errors:
        raise SheetRefused(errors)


def out_of_order(tiers: Sequence[tuple[str, Decimal]], polarity: str) -> list[tuple[str, str]]:
    """Pairs of neighbouring tiers of which the higher asks for less. `tiers` go from lowest up."""
    if polarity == "none":
        return []
    sign = -1 if polarity == "lower" else 1
    return [
        (lower, higher)
        for (lower, less), (higher, more) in pairwise(tiers)
        if sign * more < sign * less
    ]


def _plan(total: Decimal, shares: Sequence[Decimal], decimals: int) -> tuple[Decimal, ...]:
    amounts = [rounded(total * share / HUNDRED, decimals) for share in shares[:-1]]
    return (*amounts, total)


def _unit_words(point: PointDraft, unit: Unit, expected: Unit) -> str:
    try:
        ends = converted(point.low, unit, expected), converted(point.high, unit, expected)
    except UnfitValue as error:
        return str(error)
    if ends[0] is None or ends[1] is None:
        return say("该指标以%(unit)s计，不能用%(typed)s填报", unit=expected.name, typed=unit.name)
    return say(
        "该指标以%(unit)s计：%(low)s%(typed)s等于%(converted)s%(unit_after)s，请确认换算",
        unit=expected.name,
        unit_after=expected.after,
        typed=unit.after,
        low=_range(point.low, point.high),
        converted=_range(ends[0], ends[1]),
    )


def _range(low: Decimal, high: Decimal) -> str:
    return f"{low}" if low == high else f"{low}—{high}"


def _unfit(values: Mapping[str, Decimal], unit: Unit) -> dict[str, str]:
    errors = {}
    for name, value in values.items():
        try:
            unit.to_minor(value)
        except UnfitValue as error:
            errors[name] = str(error)
    return errors
