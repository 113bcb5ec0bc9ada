"""Fields that offer units."""

from typing import Any

from django import forms

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.accounts.selectors import unit_choices


class UnitField(forms.ModelChoiceField[OrgUnit]):
    """One of the units in use, offered as a tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OrgUnit.objects.filter(is_active=True), **kwargs)
        self.choices = lambda: [("", "—"), *unit_choices()]


class UnitsField(forms.ModelMultipleChoiceField[OrgUnit]):
    """Any of the units in use, offered as a tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            OrgUnit.objects.filter(is_active=True), widget=forms.CheckboxSelectMultiple, **kwargs
        )
        self.choices = unit_choices
