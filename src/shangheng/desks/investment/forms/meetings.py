"""The forms about meetings that decide on obstacles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.forms.fields import (
    PersonField,
    colleagues,
    day_field,
    text_field,
)
from shangheng.engines.cases.models import AgendaItem
from shangheng.engines.cases.services.meetings import Decision


class MeetingForm(forms.Form):
    """A meeting to come."""

    title = forms.CharField(label=_("会议"), max_length=100, initial=_("主任办公会"))
    held_on = day_field(_("日期"))
    chair = forms.CharField(label=_("主持人"), max_length=60)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)


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
