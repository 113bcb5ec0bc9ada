"""Fields that offer units."""

from typing import TYPE_CHECKING, Any

from django import forms

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.accounts.selectors import unit_choices

if TYPE_CHECKING:
    OneUnit = forms.ModelChoiceField[OrgUnit]
    SomeUnits = forms.ModelMultipleChoiceField[OrgUnit]
else:  # the fields of Django take no type parameter when they run
    OneUnit, SomeUnits = forms.ModelChoiceField, forms.ModelMultipleChoiceField


class UnitField(OneUnit):
    """One of the units in use, offered as a tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OrgUnit.objects.filter(is_active=True), **kwargs)
        self.choices = lambda: [("", "—"), *unit_choices()]


class UnitsField(SomeUnits):
    """Any of the units in use, offered as a tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            OrgUnit.objects.filter(is_active=True), widget=forms.CheckboxSelectMultiple, **kwargs
        )
        self.choices = unit_choices
