"""Why a space suits a project or does not, criterion by criterion, in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.ui.templatetags.ui import number
from shangheng.desks.investment.domain.matching import Candidate, Finding, Verdict
from shangheng.desks.investment.models import PriceUnit, Space, SpaceKind
from shangheng.methods.wording import named


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; `tone` is good, warn, bad or "", `verdict` the word that says the same."""

    tone: str
    verdict: str
    text: str


def reasons_of(candidate: Candidate, row: Space) -> list[Reason]:
    """What is to be said of a space, in the order of the rule."""
    return [_reason(one, row) for one in candidate.findings]


def _reason(finding: Finding, row: Space) -> Reason:
    name = named(finding.criterion.zh, finding.criterion.en)
    unit = _unit(finding.criterion.id, row)
    words = {
        "name": name,
        "asked": _plain(finding.asked),
        "given": _plain(finding.given),
        "gap": _plain(finding.gap),
        "share": _plain(finding.gap * 100 / finding.asked, 1),
        "unit": unit,
    }
    price = finding.criterion.id == "price"
    match finding.verdict:
        case Verdict.FITS if price:
            text = _("%(name)s：%(given)s%(unit)s，不超过可接受的%(asked)s")
            return Reason("good", _("满足"), text % words)
        case Verdict.FITS:
            text = _("%(name)s：有%(given)s%(unit)s，要%(asked)s")
            return Reason("good", _("满足"), text % words)
        case Verdict.ROOMY:
            text = _("%(name)s：有%(given)s%(unit)s，要%(asked)s，偏大%(gap)s")
            return Reason("", _("偏大"), text % words)
        case Verdict.SHORT if price:
            text = _("%(name)s：%(given)s%(unit)s，比可接受的%(asked)s高%(gap)s（%(share)s%%）")
            return Reason("warn", _("偏贵"), text % words)
        case Verdict.SHORT:
            text = _("%(name)s：有%(given)s%(unit)s，要%(asked)s，差%(gap)s（%(share)s%%）")
            return Reason("bad" if finding.breaks else "warn", _("不够"), text % words)
        case Verdict.UNKNOWN:
            text = _("%(name)s：没有登记，要%(asked)s%(unit)s，须核实") % words
            return Reason("warn", _("未知"), text)
    text = _("%(name)s：报价%(given)s%(unit)s，与可接受价格的计价单位不同，不能比较")
    return Reason("warn", _("未知"), text % words)


def _plain(value: Decimal | None, places: int = 4) -> str:
    """A number without the zeros that the database keeps behind the point."""
    return "" if value is None else number(Decimal(f"{round(value, places).normalize():f}"))


def _unit(key: str, row: Space) -> str:
    if key == "area":
        return _("亩") if row.kind == SpaceKind.PARCEL else _("平方米")
    if key == "price":
        return str(PriceUnit(row.price_unit).label) if row.price_unit else ""
    return {"clear_height": _("米"), "floor_load": _("吨/平方米"), "power": "kVA"}[key]
