"""Long forms in groups with headings, so that the page can put them in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with the fields below it."""

    name: Any
    fields: Sequence[forms.BoundField]


class Grouped(forms.Form):
    """A form whose fields stand in `grouping`; those that it does not name come last, as 其他."""

    grouping: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = ()

    @property
    def groups(self) -> list[Group]:
        """The groups that have fields, in order."""
        left = {bound.name: bound for bound in self.visible_fields()}
        found = [
            Group(name, [left.pop(one) for one in fields if one in left])
            for name, fields in self.grouping
        ]
        rest = [Group(_("其他"), list(left.values()))]
        return [group for group in [*found, *rest] if group.fields]
