"""The questions of a what-if, asked by the address and stored nowhere."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from shangheng.desks.targets.domain.what_if import BadAssumption, Organic, Point
from shangheng.desks.targets.forms.numbers import NumberField
from shangheng.desks.targets.selectors.sheets import PointLine

HUNDRED = 100


class WhatIfForm(forms.Form):
    """Organic growth, from the past or assumed, and what becomes of each growth point."""

    from_growth = NumberField(unit="%", most=1000, label=_("自然增幅至少"), required=False)
    to_growth = NumberField(unit="%", most=1000, label=_("自然增幅至多"), required=False)

    def __init__(self, *args: Any, points: Sequence[PointLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._points = points
        for line in points:
            key = line.row.pk
            self.fields[f"chance-{key}"] = NumberField(
                unit="%", least=0, most=HUNDRED, label=_("把握")
            )
            self.fields[f"low-{key}"] = NumberField(least=0, label=_("最低"))
            self.fields[f"high-{key}"] = NumberField(least=0, label=_("最高"))

    def clean(self) -> dict[str, Any]:
        """Ends belong together, and a range does not run backwards."""
        data = super().clean() or {}
        if (data.get("from_growth") is None) != (data.get("to_growth") is None):
            self.add_error("to_growth", _("两端都要填写，或者都不填"))
        for line in self._points:
            low, high = self._ends(line)
            if low > high:
                self.add_error(f"high-{line.row.pk}", _("最高值不能小于最低值"))
        if data.get("from_growth") is not None and data.get("to_growth") is not None:
            try:
                Organic.between(data["from_growth"], data["to_growth"])
            except BadAssumption as error:
                self.add_error("to_growth", str(error))
        return data

    def assumed(self) -> Organic | None:
        """The growth that somebody assumes; None where nothing is assumed."""
        if not self.is_valid() or self.cleaned_data["from_growth"] is None:
            return None
        return Organic.between(self.cleaned_data["from_growth"], self.cleaned_data["to_growth"])

    def points(self) -> list[Point]:
        """The growth points as asked, as in the sheet while the form is wrong; none without a chance."""
        if not self.is_valid():
            return [line.point for line in self._points]
        asked = []
        for line in self._points:
            low, high = self._ends(line)
            chance = self.cleaned_data[f"chance-{line.row.pk}"]
            if chance > 0:
                asked.append(Point(line.row.name, low, high, chance))
        return asked

    def lines(self) -> Iterator[tuple[PointLine, BoundField, BoundField, BoundField]]:
        """A growth point with its fields: chance, low and high end."""
        for line in self._points:
            key = line.row.pk
            yield line, self[f"chance-{key}"], self[f"low-{key}"], self[f"high-{key}"]

    def _ends(self, line: PointLine) -> tuple[Any, Any]:
        low = self.cleaned_data.get(f"low-{line.row.pk}")
        high = self.cleaned_data.get(f"high-{line.row.pk}")
        return line.low if low is None else low, line.high if high is None else high


def filled(points: Sequence[PointLine], address: Any) -> Any:
    """The address with what it leaves out: growth points as they stand in the sheet."""
    data = address.copy()
    for line in points:
        key = line.row.pk
        data.setdefault(f"chance-{key}", f"{line.row.probability.normalize():f}")
        data.setdefault(f"low-{key}", f"{line.low:f}")
        data.setdefault(f"high-{key}", f"{line.high:f}")
    return data
