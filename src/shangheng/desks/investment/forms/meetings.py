"""The forms about meetings that decide on obstacles."""

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
from shangheng.engines.cases.models import AgendaItem, Obstacle
from shangheng.engines.cases.services.meetings import Decision


class MeetingForm(forms.Form):
    """A meeting to come."""

    title = forms.CharField(label=_("会议"), max_length=100, initial=_("主任办公会"))
    held_on = day_field(_("日期"))
    chair = forms.CharField(label=_("主持人"), max_length=60)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)


class AgendaForm(EditForm):
    """The place of each item on the agenda (empty: taken off), and what is asked for obstacles that
    are to come on it (empty: they stay in the register)."""

    def __init__(
        self, *args: Any, items: list[AgendaItem], register: list[Obstacle], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.register = items, register
        for number, item in enumerate(items, 1):
            label = _("“%s”的次序") % item.obstacle.title
            place = forms.IntegerField(label=label, min_value=1, max_value=999, required=False)
            place.initial = number
            place.widget.attrs |= {"aria-label": label}
            self.add(f"place{item.pk}", place)
        for row in register:
            label = _("“%s”提请议定什么") % row.title
            asks = forms.CharField(label=label, max_length=500, required=False)
            asks.widget.attrs |= {"aria-label": label}
            self.add(f"asks{row.pk}", asks)

    @property
    def order(self) -> list[int]:
        """The items that stay, in order."""
        kept = [
            (self.cleaned_data[f"place{one.pk}"], n, one.pk) for n, one in enumerate(self.items)
        ]
        return [pk for place, _n, pk in sorted(one for one in kept if one[0] is not None)]

    @property
    def added(self) -> list[tuple[Obstacle, str]]:
        """The obstacles that come on the agenda, with what is asked."""
        told = [(row, self.cleaned_data[f"asks{row.pk}"].strip()) for row in self.register]
        return [(row, asks) for row, asks in told if asks]

    def item_lines(self) -> list[tuple[AgendaItem, forms.BoundField]]:
        """The items with their fields."""
        return [(one, self[f"place{one.pk}"]) for one in self.items]

    def register_lines(self) -> list[tuple[Obstacle, forms.BoundField]]:
        """The obstacles with their fields."""
        return [(one, self[f"asks{one.pk}"]) for one in self.register]


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
