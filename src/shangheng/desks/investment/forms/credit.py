"""The forms about credit and effort."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import User
from shangheng.desks.investment.access import units_for
from shangheng.desks.investment.forms.fields import (
    ProjectField,
    day_field,
    number_field,
    text_field,
)
from shangheng.desks.investment.forms.money import SCAN
from shangheng.desks.investment.models import EffortKind, Role
from shangheng.desks.investment.services.credit import Part

MOST_PARTS = 5


class RulingForm(forms.Form):
    """From when to when, and on what grounds."""

    holds_from = day_field(_("起算日期"))
    holds_to = day_field(
        _("截止日期"), required=False, help_text=_("不填就一直有效，直到下一次裁定。")
    )
    reason = text_field(
        _("裁定依据"), 500, help_text=_("例如“首谈单位与落地单位协议5:5，三年为期”。")
    )
    scan = forms.FileField(label=_("协议或会议纪要"), required=False, help_text=SCAN)


class PartForm(forms.Form):
    """One unit's part."""

    unit = UnitField(label=_("单位"), required=False)
    role = forms.ChoiceField(label=_("身份"), choices=Role.choices, required=False)
    percent = number_field(_("比例"), "%", 2, required=False)

    def clean(self) -> dict[str, Any]:
        """Unit and percentage go together."""
        data = super().clean() or {}
        if bool(data.get("unit")) != (data.get("percent") is not None):
            self.add_error(None, _("单位和比例要一起填写。"))
        return data

    @property
    def part(self) -> Part | None:
        """The part; None for an empty line. The form must be valid."""
        data = self.cleaned_data
        if not data.get("unit"):
            return None
        return Part(data["unit"], data["role"] or Role.HELP, data["percent"])


PartForms = formset_factory(PartForm, extra=MOST_PARTS, max_num=MOST_PARTS)


class EffortForm(forms.Form):
    """What a unit did."""

    kind = forms.ChoiceField(label=_("种类"), choices=EffortKind.choices)
    unit = UnitField(label=_("单位"))
    done_on = day_field(_("日期"))
    title = forms.CharField(
        label=_("内容"), max_length=100, help_text=_("拜访谁、谈什么，例如“赴深圳考察创维”。")
    )
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    people = forms.IntegerField(label=_("参加人数"), min_value=1, max_value=30000, required=False)
    project = ProjectField(
        required=False, help_text=_("与哪个项目有关，输入名称或编号查找；没有就不填。")
    )
    result = text_field(_("结果"), 500, rows=2, required=False)
    scan = forms.FileField(
        label=_("佐证材料"), required=False, help_text=_("外出考察计入台账，必须附材料。")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor)  # type: ignore[attr-defined] # a unit field
        self.fields["project"].actor = actor  # type: ignore[attr-defined] # a project field


class CorrectEffortForm(EffortForm):
    """What a unit did as it really was, and why it is corrected."""

    why = text_field(_("更正的理由"), 200, rows=2)
