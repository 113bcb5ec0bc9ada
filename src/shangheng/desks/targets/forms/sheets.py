"""Forms of target sheets: a draft, tiers, parts by unit and month, growth points, the signature."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.database.edits import EditForm
from shangheng.desks.targets.domain.sheets import (
    MONTHS,
    PointDraft,
    SheetRefused,
    Wanted,
    converted,
)
from shangheng.desks.targets.forms.fields import DAY, offer
from shangheng.desks.targets.forms.numbers import NumberField
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.selectors.sheet_gates import Gate
from shangheng.desks.targets.sheet_words import tier_word
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.units import UnfitValue, Unit, plain
from shangheng.engines.ledger.selectors.targets import Goal

FIRST_YEAR, LAST_YEAR = 2000, 2100
LARGEST_GROWTH = 99_999


class RefusableForm(forms.Form):
    """A form that can take what a service refused."""

    def take(self, refusal: SheetRefused, prefix: str = "") -> None:
        """Put each message beside its field; what belongs to none stands above the form."""
        for name, message in refusal.errors.items():
            field = prefix + name
            self.add_error(field if field in self.fields else None, message)


class OpenForm(RefusableForm):
    """A new draft."""

    year = forms.IntegerField(
        label=_("年度"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("这一年已有签发的版本时，新草案从最近一版开始，连同增长点。"),
    )
    source = forms.CharField(
        label=_("编制依据"),
        max_length=300,
        help_text=_("写明依据的会议、来文或测算，例如区委经济工作会议。"),
    )


@dataclass(frozen=True)
class TierLine:
    """One tier of the grid: its two fields, and its target as it stands."""

    name: str
    value: BoundField
    growth: BoundField
    goal: Goal | None


class TiersForm(EditForm, RefusableForm):
    """Every tier of one indicator: a value, growth, or both; empty takes it out."""

    def __init__(
        self, *args: Any, unit: str, goals: Sequence[Goal], growing: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._goals = {goal.tier: goal for goal in goals}
        self._growing = growing
        for tier in catalogue.tiers():
            code = tier["code"]
            words = {"tier": tier_word(code)}
            value = NumberField(
                unit=unit,
                label=gettext("%(tier)s目标值") % words,
                required=False,
            )
            growth = NumberField(
                unit="%",
                least=-LARGEST_GROWTH,
                most=LARGEST_GROWTH,
                places=4,
                label=gettext("%(tier)s增幅") % words,
                required=False,
            )
            self.add(f"value-{code}", value)
            self.add(f"growth-{code}", growth)

    @staticmethod
    def known(goals: Sequence[Goal]) -> dict[str, Any]:
        """What the form shows first."""
        values = {f"value-{goal.tier}": goal.value for goal in goals}
        growths = {f"growth-{goal.tier}": _growth(goal) for goal in goals}
        return {**values, **growths}

    def lines(self) -> Iterator[TierLine]:
        """The grid, lowest tier first."""
        for tier in catalogue.tiers():
            code = tier["code"]
            yield TierLine(
                tier_word(code),
                self[f"value-{code}"],
                self[f"growth-{code}"],
                self._goals.get(code),
            )

    def wanted(self) -> dict[str, Wanted]:
        """What is typed by tier; the form must be valid."""
        data = self.cleaned_data
        return {
            tier["code"]: Wanted(
                data[f"value-{tier['code']}"],
                data[f"growth-{tier['code']}"] if self._growing else None,
            )
            for tier in catalogue.tiers()
        }


class UnitsForm(EditForm, RefusableForm):
    """An indicator's tiers shared out among units."""

    def __init__(
        self,
        *args: Any,
        units: Sequence[OrgUnit],
        tiers: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.tiers = units, tiers
        for unit in units:
            for tier in tiers:
                field = NumberField(label=f"{unit.label} {tier_word(tier)}", required=False)
                self.add(f"{unit.pk}-{tier}", field)

    @staticmethod
    def known(parts: Iterable[Goal]) -> dict[str, Any]:
        """What the form shows first."""
        return {f"{part.row.unit_id or 0}-{part.tier}": part.value for part in parts}

    def lines(self) -> Iterator[tuple[OrgUnit, list[BoundField]]]:
        """The grid: a unit with its fields, lowest tier first."""
        for unit in self.units:
            yield unit, [self[f"{unit.pk}-{tier}"] for tier in self.tiers]

    def wanted(self) -> dict[OrgUnit, dict[str, Decimal | None]]:
        """What is typed by unit and tier; the form must be valid."""
        return {
            unit: {tier: self.cleaned_data[f"{unit.pk}-{tier}"] for tier in self.tiers}
            for unit in self.units
        }


class PlanForm(EditForm, RefusableForm):
    """Twelve cumulative amounts; each may be left open."""

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month in range(1, MONTHS + 1):
            label = gettext("到%(month)s月累计") % {"month": month}
            self.add(f"month-{month}", NumberField(unit=unit, label=label, required=False))

    @staticmethod
    def known(months: Mapping[int, Decimal]) -> dict[str, Any]:
        """What the form shows first."""
        return {f"month-{month}": value for month, value in months.items()}

    @classmethod
    def suggested(cls, known: Mapping[str, Any], months: Mapping[int, Decimal]) -> dict[str, Any]:
        """As if a plan had been typed over what is known: nothing is saved before that is sent."""
        names = (f"month-{month}" for month in range(1, MONTHS + 1))
        seen = {f"initial-{name}": known.get(name, "") for name in names}
        return {**seen, **known, **cls.known(months)}

    def months(self) -> dict[int, Decimal]:
        """The months that are typed; the form must be valid."""
        values = {m: self.cleaned_data[f"month-{m}"] for m in range(1, MONTHS + 1)}
        return {month: value for month, value in values.items() if value is not None}


class PointForm(RefusableForm):
    """A growth point. Another unit than the indicator's is converted only when that is confirmed."""

    name = forms.CharField(label=_("名称"), max_length=100, help_text=_("项目或企业的名称。"))
    due_on = forms.DateField(
        label=_("预计实现日期"), widget=forms.DateInput({**DAY}, format="%Y-%m-%d")
    )
    low = NumberField(label=_("最低"), help_text=_("金额已定的，最低和最高填同一个数。"))
    high = NumberField(label=_("最高"))
    unit = forms.ChoiceField(label=_("计量单位"))
    convert = forms.BooleanField(required=False, label=_("按上面的换算保存"))
    probability = NumberField(
        unit="%", places=2, label=_("把握"), help_text=_("到年底能够实现的概率，大于0、不超过100。")
    )
    source = forms.CharField(label=_("来源"), max_length=300, required=False)
    note = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, measure: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        alike = [
            unit
            for unit in catalogue.units().values()
            if unit.code == measure.code or (unit.kind == measure.kind and unit.kind != "count")
        ]
        offer(self, "unit", [(unit.code, unit.name) for unit in alike])
        self.fields["unit"].initial = measure.code
        if len(alike) > 1:
            self.fields["unit"].help_text = gettext(
                "这项指标以%(unit)s计，用别的单位填要确认换算。"
            ) % {"unit": measure.name}

    @property
    def asks_to_convert(self) -> bool:
        """Whether the amounts were typed in another unit, so that a conversion is offered."""
        typed = self["unit"].value()
        return self.is_bound and bool(typed) and typed != self.measure.code

    def draft(self) -> PointDraft:
        """What is typed; converted where that was confirmed. The form must be valid."""
        data = self.cleaned_data
        low, high, unit = data["low"], data["high"], data["unit"]
        if data["convert"] and unit != self.measure.code:
            low, high, unit = self._converted(low, high, catalogue.units()[unit])
        return PointDraft(
            name=data["name"],
            due_on=data["due_on"],
            low=low,
            high=high,
            unit=unit,
            probability=data["probability"],
            note=data["note"],
            source=data["source"],
        )

    def _converted(self, low: Decimal, high: Decimal, typed: Unit) -> tuple[Decimal, Decimal, str]:
        try:
            ends = converted(low, typed, self.measure), converted(high, typed, self.measure)
        except UnfitValue:
            return low, high, typed.code
        if ends[0] is None or ends[1] is None:
            return low, high, typed.code
        return ends[0], ends[1], self.measure.code


class EditPointForm(EditForm, PointForm):
    """Changing a growth point that others may be changing as well."""

    @staticmethod
    def known(point: GrowthPoint, measure: Unit) -> dict[str, Any]:
        """What the form shows first."""
        return {
            "name": point.name,
            "due_on": point.due_on,
            "low": measure.from_minor(point.low_amount),
            "high": measure.from_minor(point.high_amount),
            "unit": measure.code,
            "probability": f"{point.probability.normalize():f}",
            "note": point.note,
            "source": point.source,
        }


class SeenForm(EditForm):
    """An act on something as it was seen."""


class SignForm(EditForm, RefusableForm):
    """Why each base that has moved is accepted, by indicator."""

    def __init__(self, *args: Any, gates: Iterable[Gate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gates = list(gates)
        for gate in self.gates:
            if gate.waivable:
                field = forms.CharField(
                    label=gettext("认可“%(name)s”的基数") % {"name": gate.name},
                    max_length=500,
                    widget=forms.Textarea({"rows": 2}),
                    help_text=gettext("写明为什么仍按原来的目标签发；理由随目标表永久保留。"),
                )
                self.fields[f"reason-{gate.code}"] = field

    def lines(self) -> Iterator[tuple[Gate, BoundField | None]]:
        """What is missing, each with the field for a reason where one may be given."""
        for gate in self.gates:
            yield gate, self[f"reason-{gate.code}"] if gate.waivable else None

    def reasons(self) -> dict[str, str]:
        """The reasons by indicator; the form must be valid."""
        return {name.removeprefix("reason-"): text for name, text in self.values.items()}


def _growth(goal: Goal) -> Decimal | None:
    return None if goal.row.growth is None else plain(goal.row.growth)


def date_or(text: str, otherwise: date) -> date:
    """A day of an address; `otherwise` when it cannot be read or lies after it."""
    try:
        return min(date.fromisoformat(text), otherwise)
    except ValueError:
        return otherwise
