"""What somebody wants to post, before it is checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shangheng.engines.ledger.domain.indicator import POSTED, Definition, Form, Indicator
from shangheng.engines.ledger.domain.units import UnfitValue, Unit
from shangheng.methods.wording import say

SUBJECT_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One fact to post. `unit_id` is the org unit that claims it, `documents` are its vouchers."""

    indicator: str
    unit_id: int
    area: str
    value: Decimal
    unit_of_measure: str
    occurred_on: date
    dimensions: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    documents: tuple[int, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True)
class LineError:
    """What is wrong with one line: its place (from 0), the field and a message."""

    index: int
    field: str
    message: str


class LinesRefused(ValueError):
    """Nothing was posted: these lines cannot be."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        super().__init__(_listed(errors[:5]))
        self.errors = tuple(errors)


def _listed(errors: Sequence[LineError]) -> str:
    rows = (say("第%(row)d条 %(message)s", row=e.index + 1, message=e.message) for e in errors)
    return say("；").join(rows)


def check_line(
    line: Line, indicator: Indicator, unit: Unit, *, today: date, home_area: str
) -> list[tuple[str, str]]:
    """What is wrong with a line, as (field, message); nothing when it can be posted."""
    definition = indicator.on(line.occurred_on)
    problems: list[tuple[str, str]] = []
    if definition.form not in POSTED and line.area == home_area:
        message = say("“%(name)s”由其他指标计算得出，不能直接填报", name=indicator.name)
        problems.append(("indicator", message))
    if line.unit_of_measure != unit.code:
        words = {"name": indicator.name, "unit": unit.name, "typed": line.unit_of_measure}
        message = say("“%(name)s”以%(unit)s计，不是“%(typed)s”", **words)
        problems.append(("unit_of_measure", message))
    if line.occurred_on > today:
        message = say("发生日期%(day)s晚于今天，未发生的不能入账", day=line.occurred_on)
        problems.append(("occurred_on", message))
    problems += [("subject", problem) for problem in text_problems(line.subject, SUBJECT_LENGTH)]
    problems += _value_problems(line, definition, unit)
    problems += _dimension_problems(line, definition)
    return problems


def text_problems(text: str, limit: int, *, spacing: str = "") -> list[str]:
    """What keeps a text out of a column of `limit` characters; `spacing` may stand in it."""
    problems = []
    if len(text) > limit:
        problems.append(say("最多%(limit)d个字，现有%(length)d个", limit=limit, length=len(text)))
    if any(ord(sign) < 32 and sign not in spacing for sign in text):
        problems.append(say("含有不能保存的控制字符"))
    return problems


def _value_problems(line: Line, definition: Definition, unit: Unit) -> list[tuple[str, str]]:
    try:
        unit.to_minor(line.value)
    except UnfitValue as error:
        return [("value", str(error))]
    if line.subject and definition.form not in {Form.COUNT, Form.FLOW}:
        return [("subject", say("该指标不按对象记，请不要填写对象名称"))]
    if line.subject and definition.form is Form.COUNT and line.value != 1:
        return [("value", say("填写了对象名称的，数值应为1；同一对象只计一次"))]
    if definition.form is Form.COUNT and line.value < 0:
        return [("value", say("个数不能为负；更正请用冲销"))]
    return []


def _dimension_problems(line: Line, definition: Definition) -> list[tuple[str, str]]:
    problems = []
    for name, value in line.dimensions.items():
        allowed = definition.dimensions.get(name)
        if allowed is None:
            problems.append(("dimensions", say("该指标没有“%(name)s”这一分组", name=name)))
        elif value not in allowed:
            message = say("“%(name)s”没有“%(value)s”这一取值", name=name, value=value)
            problems.append(("dimensions", message))
    return problems


def dimension_key(dimensions: Mapping[str, str]) -> str:
    """The canonical text of dimension values: “kind=bond;sector=industrial”."""
    return ";".join(f"{name}={dimensions[name]}" for name in sorted(dimensions))
