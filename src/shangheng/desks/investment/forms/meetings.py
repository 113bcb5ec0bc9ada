"""The forms about meetings that decide on obstacles."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.forms.fields import (
    PersonField,
    day_field,
    text_field,
)
from shangheng.desks.investment.selectors.people import colleagues
from shangheng.engines.cases.models import AgendaItem, Meeting, Obstacle
from shangheng.engines.cases.services.meetings import Decision

LAST = 1_000
"""The place of what is given none: behind all that can be given."""


class MeetingForm(forms.Form):
    """A meeting to come."""

    title = forms.CharField(label=_("会议"), max_length=100, initial=_("主任办公会"))
    held_on = day_field(_("日期"))
    chair = forms.CharField(label=_("主持人"), max_length=60)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)


class AgendaForm(EditForm):
    """By obstacle its place on the agenda and what is asked. Taken off where the place is emptied; of
    the register those come on that have something asked, at the end where no place is given."""

    def __init__(
        self, *args: Any, items: list[AgendaItem], register: list[Obstacle], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.register = items, register
        for number, item in enumerate(items, 1):
            self._add_line(item.obstacle, number, item.asks)
        for row in register:
            self._add_line(row, None, "")

    def _add_line(self, row: Obstacle, number: int | None, asked: str) -> None:
        label = _("“%s”的次序") % row.title
        place = forms.IntegerField(
            label=label, min_value=1, max_value=LAST - 1, required=False, initial=number
        )
        place.widget.attrs |= {"aria-label": label}
        self.add(f"place{row.pk}", place)
        label = _("“%s”提请议定什么") % row.title
        asks = forms.CharField(
            label=label,
            max_length=500,
            required=False,
            initial=asked,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        asks.widget.attrs |= {"aria-label": label}
        self.add(f"asks{row.pk}", asks)

    @staticmethod
    def obstacles_in(data: Mapping[str, Any]) -> list[int]:
        """The keys of the obstacles of which a form, as it was sent, asks something."""
        found = [re.fullmatch(r"asks(\d{1,18})", name) for name in data]
        return [int(one[1]) for one in found if one and data[one[0]].strip()]

    @property
    def agenda(self) -> list[tuple[Obstacle, str]]:
        """The obstacles that are to be on the agenda, in order, with what is asked."""
        rows = [item.obstacle for item in self.items]
        told = [(row, *self._told(row)) for row in (*rows, *self.register)]
        kept = [
            (place or LAST, at, row, asks)
            for at, (row, place, asks) in enumerate(told)
            if place or (asks and at >= len(rows))
        ]
        return [(row, asks) for _place, _at, row, asks in sorted(kept, key=lambda one: one[:2])]

    def _told(self, row: Obstacle) -> tuple[int | None, str]:
        return self.cleaned_data[f"place{row.pk}"], self.cleaned_data[f"asks{row.pk}"].strip()

    def item_lines(self) -> list[tuple[Obstacle, forms.BoundField, forms.BoundField]]:
        """What is on the agenda, with its fields."""
        return [self._line(one.obstacle) for one in self.items]

    def register_lines(self) -> list[tuple[Obstacle, forms.BoundField, forms.BoundField]]:
        """What is in the register, with its fields."""
        return [self._line(one) for one in self.register]

    def _line(self, row: Obstacle) -> tuple[Obstacle, forms.BoundField, forms.BoundField]:
        return row, self[f"asks{row.pk}"], self[f"place{row.pk}"]

    def current(self, meeting: Meeting) -> dict[str, Any]:
        """What the form shows first, as it stands now."""
        values = {name: field.initial for name, field in self.fields.items()}
        return values | {"version": meeting.version}


class MinutesForm(EditForm):
    """Who attended, and for every item what was decided, who does it, by when."""

    attending = text_field(_("参会人员"), 500)

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            title = item.obstacle.title
            person = PersonField(label=_("“%s”由谁落实") % title, initial=item.obstacle.owner_id)
            person.queryset = colleagues()
            self.add(f"text{item.pk}", text_field(_("“%s”议定事项") % title, 500))
            self.add(f"person{item.pk}", person)
            self.add(f"due{item.pk}", day_field(_("“%s”完成时限") % title, required=False))

    def current(self, meeting: Meeting) -> dict[str, Any]:
        """What the meeting has recorded, as it stands now."""
        values: dict[str, Any] = {"version": meeting.version, "attending": meeting.attending}
        for item in self.items:
            values[f"text{item.pk}"] = item.decision
            values[f"person{item.pk}"] = item.responsible_id or item.obstacle.owner_id
            values[f"due{item.pk}"] = item.due_on
        return values

    @property
    def decisions(self) -> dict[int, Decision]:
        """What was decided, by item."""
        told = self.cleaned_data
        return {
            item.pk: Decision(
                told[f"text{item.pk}"], told[f"person{item.pk}"], told[f"due{item.pk}"]
            )
            for item in self.items
        }
