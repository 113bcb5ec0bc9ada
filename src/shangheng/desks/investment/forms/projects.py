"""The forms about projects."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.access import units_for
from shangheng.desks.investment.forms.fields import (
    PeopleField,
    PlaceForm,
    day_field,
    industries,
    industry_field,
    number_field,
    text_field,
)
from shangheng.desks.investment.forms.groups import Grouped
from shangheng.desks.investment.models import Capital, Currency, Kind, Project, Status
from shangheng.desks.investment.selectors.people import colleagues

REGISTERED = _("填名称或统一社会信用代码；名录里没有的会登记进去。")
YES_NO = [("unknown", _("还不知道")), ("true", _("是")), ("false", _("否"))]


class YesOrNo(forms.NullBooleanSelect):
    """Yes, no or not known yet, in our words."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = YES_NO


def organisation_field(label: Any) -> forms.CharField:
    """An organisation by its name or code."""
    return forms.CharField(label=label, max_length=200, required=False, help_text=REGISTERED)


class ProjectForm(Grouped, PlaceForm):
    """What is entered of a project."""

    grouping = (
        (_("项目"), ("name", "unit", "kind", "capital", "occurred_on", "tracked")),
        (_("投资方和企业"), ("investor", "group", "company", "statistics_code")),
        (_("协议投资"), ("agreed_investment", "currency", "rate", "rate_on")),
        (
            _("行业和用地用房"),
            ("industry", "chain", "needs_land", "land_area", "parcel", "space_area"),
        ),
        (_("位置"), ("longitude", "latitude", "datum")),
        (_("落地和专班"), ("landing_unit", "team", "note")),
    )

    name = forms.CharField(label=_("项目名称"), max_length=100)
    kind = forms.ChoiceField(label=_("项目类型"), choices=Kind.choices)
    capital = forms.ChoiceField(label=_("资金性质"), choices=Capital.choices)
    investor = organisation_field(_("投资方"))
    group = organisation_field(_("所属集团"))
    company = organisation_field(_("落地企业"))
    agreed_investment = number_field(_("协议投资额"), _("亿"), 6, required=False)
    currency = forms.ChoiceField(label=_("币种"), choices=Currency.choices)
    rate = number_field(
        _("汇率"), _("元"), 6, required=False, help_text=_("1单位外币折多少人民币；人民币不填。")
    )
    rate_on = day_field(_("汇率日期"), required=False)
    industry = industry_field()
    chain = forms.CharField(label=_("产业链位置"), max_length=100, required=False)
    needs_land = forms.NullBooleanField(label=_("需要供地"), required=False, widget=YesOrNo)
    land_area = number_field(_("用地面积"), _("亩"), 2, required=False)
    parcel = forms.CharField(label=_("地块"), max_length=100, required=False)
    space_area = number_field(_("厂房楼宇面积"), _("平方米"), 2, required=False)
    statistics_code = forms.CharField(label=_("联网直报代码"), max_length=30, required=False)
    landing_unit = UnitField(label=_("落地单位"), required=False)
    team = PeopleField(label=_("项目专班"), required=False)
    tracked = forms.BooleanField(label=_("列入重点跟踪"), required=False, initial=True)
    note = text_field(_("说明"), 2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = colleagues()  # type: ignore[attr-defined] # a people field
        kept = str(self.initial.get("industry") or "")
        self.fields["industry"].choices = industries(kept)  # type: ignore[attr-defined] # a choice


class NewProjectForm(ProjectForm):
    """A new project: also which unit leads it, and since when it is known."""

    unit = UnitField(label=_("牵头单位"))
    occurred_on = day_field(
        _("线索日期"), required=False, help_text=_("第一次得到线索的日期；不填为今天。")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor)  # type: ignore[attr-defined] # a unit field
        for name in ("name", "investor"):
            looks_for_similar(self.fields[name])


def looks_for_similar(field: forms.Field) -> None:
    """Show what resembles the name while it is typed."""
    field.widget.attrs |= {
        "hx-get": reverse("similar-names"),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#similar",
        "autocomplete": "off",
    }


class EditProjectForm(EditForm, ProjectForm):
    """Changing one that others may be changing as well."""


class StatusForm(EditForm):
    """How a project goes, and why."""

    status = forms.ChoiceField(label=_("推进状态"), choices=Status.choices)
    reason = text_field(
        _("理由"), 500, required=False, help_text=_("“正常推进”以外的状态都要写明理由。")
    )


def entered(row: Project) -> dict[str, Any]:
    """What the form shows first of a project, with the version that it was read from."""
    kept = set(ProjectForm.base_fields) - {"team", "datum"}
    names = {name: getattr(row, name) for name in kept}
    for name in ("investor", "group", "company"):
        names[name] = names[name].name if names[name] else ""
    return names | {"team": list(row.team.all()), "version": row.version}
