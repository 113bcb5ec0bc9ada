"""The forms about events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.access import units_for
from shangheng.desks.investment.forms.fields import ProjectField, day_field, text_field
from shangheng.desks.investment.forms.projects import organisation_field
from shangheng.desks.investment.models import EventKind, Outcome


class EventForm(forms.Form):
    """An event."""

    kind = forms.ChoiceField(label=_("种类"), choices=EventKind.choices)
    name = forms.CharField(label=_("名称"), max_length=100)
    session = forms.CharField(
        label=_("届次"), max_length=40, required=False, help_text=_("展会填写，例如第130届。")
    )
    starts_on = day_field(_("开始日期"))
    ends_on = day_field(_("结束日期"))
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    unit = UnitField(label=_("承办单位"))
    note = text_field(_("说明"), 500, rows=2, required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor)  # type: ignore[attr-defined] # a unit field


class EditEventForm(EditForm, EventForm):
    """An event that others may be changing as well; the unit that holds it stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"]


class StandsForm(forms.Form):
    """The stands of an enterprise; entered again for the same hall, they are changed."""

    organisation = organisation_field(_("企业"))
    hall = forms.CharField(label=_("展区"), max_length=60, required=False)
    applied = forms.IntegerField(label=_("申请展位"), min_value=1, max_value=9999)
    allotted = forms.IntegerField(
        label=_("获批展位"),
        min_value=0,
        max_value=9999,
        required=False,
        help_text=_("还没有分配的留空。"),
    )
    result = text_field(_("成效"), 300, rows=2, required=False)


class OutcomeForm(forms.Form):
    """What the event did for a project."""

    project = ProjectField(help_text=_("输入名称或编号查找。"))
    outcome = forms.ChoiceField(label=_("结果"), choices=Outcome.choices)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].actor = actor  # type: ignore[attr-defined] # a project field
