"""A number with its unit of measure and its bounds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shangheng.desks.targets.forms.fields import AmountField


class NumberField(AmountField):
    """A number in `unit`, from `least` to `most`, with at most `places` decimals."""

    def __init__(
        self,
        *,
        unit: str = "",
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        places: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.unit = unit
        self._least, self._most, self._places = least, most, places

    def clean(self, value: object) -> Any:
        """The number, None where nothing was typed. Raises ValidationError."""
        number: Decimal | None = super().clean(value)
        if number is None:
            return None
        if self._least is not None and number < self._least:
            raise forms.ValidationError(_("不能小于%s") % self._least)
        if self._most is not None and number > self._most:
            raise forms.ValidationError(_("不能大于%s") % self._most)
        if self._places is not None and round(number, self._places) != number:
            raise forms.ValidationError(_("最多%s位小数") % self._places)
        return number
