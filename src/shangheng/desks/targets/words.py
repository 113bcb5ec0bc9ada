"""The words of rules and statuses in the language of the page."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from shangheng import rules
from shangheng.core.dictionaries import selectors as dictionaries
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Indicator, UnknownIndicator
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import RecognitionStep

STEP_WORDS = {
    (Status.CLAIMED, Status.SUBMITTED): _("提交认定"),
    (Status.SUBMITTED, Status.CLAIMED): _("撤回"),
    (Status.SUBMITTED, Status.RECOGNISED): _("认定"),
    (Status.SUBMITTED, Status.REJECTED): _("拒统"),
    (Status.REJECTED, Status.SUBMITTED): _("重新提交"),
    (Status.RECOGNISED, Status.REJECTED): _("核减"),
}
_word: Callable[[Status], str] = lazy(lambda status: Status(status).word, str)
STATUS_LABELS = {status: _word(status) for status in Status}  # for what is declared once
REVERSAL = "reversal"  # the reason of steps that a reversal makes


def status_word(status: int) -> str:
    """待报, 已报待认定, 已认定 or 拒统."""
    return Status(status).word


def named(row: Mapping[str, Any]) -> str:
    """The name of a row of `rules/`."""
    return catalogue.name_of(row)


def indicator_word(code: str) -> str:
    """The name of an indicator; its code when the rules no longer know it."""
    try:
        return name_of(catalogue.indicator(code))
    except UnknownIndicator:
        return code


def name_of(indicator: Indicator) -> str:
    """The name of an indicator."""
    return indicator.name


def elsewhere(area: str) -> str:
    """The name of an area that is not the bureau's own; empty for its own."""
    return "" if area == settings.HOME_AREA else catalogue.area_name(area)


def area_choices() -> list[tuple[str, str]]:
    """The bureau's own area, then the others, as (code, name)."""
    home = settings.HOME_AREA
    own = str(_("本区（%s）")) % catalogue.area_name(home)
    return [(home, own), *((r["code"], named(r)) for r in catalogue.areas() if r["code"] != home)]


def step_word(step: RecognitionStep) -> str:
    """What a step did: 提交认定, 撤回, 认定, 拒统, 重新提交, 核减, or 随冲销退回."""
    if step.reason == REVERSAL:
        return str(_("随冲销退回"))
    return str(STEP_WORDS[Status(step.origin), Status(step.destination)])


def reason_word(code: str) -> str:
    """A reason for 拒统."""
    rows = dictionaries.rows(catalogue.REJECTION_REASONS)  # every one: old steps keep theirs
    row = next((one for one in rows if one["code"] == code), None)
    return named(row) if row else code


def kind_word(code: str) -> str:
    """A kind of voucher; 未分类 where none was named."""
    row = voucher_kinds().get(code)
    return named(row) if row else str(_("未分类"))


def dimension_word(axis: str, value: str = "") -> str:
    """The name of a dimension or, when given, of one of its values."""
    row = _dimensions().get(axis)
    if row is None:
        return value or axis
    if not value:
        return named(row)
    return next((named(item) for item in row["values"] if item["code"] == value), value)


def dimensions_words(key: str) -> list[tuple[str, str]]:
    """“kind=bond;sector=a” as pairs of names."""
    pairs = (part.partition("=") for part in key.split(";") if part)
    return [(dimension_word(axis), dimension_word(axis, value)) for axis, _sign, value in pairs]


def voucher_kinds(day: date | None = None) -> dict[str, dict[str, Any]]:
    """Kinds of voucher by code: those offered on a day, or every one that there ever was."""
    return {row["code"]: row for row in catalogue.voucher_kinds(day)}


@cache
def _dimensions() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rules.load("dimensions.yaml")}
