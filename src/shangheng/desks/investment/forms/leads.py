"""The forms about leads."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import EditForm
from shangheng.core.dictionaries.selectors import values
from shangheng.desks.investment.access import units_for
from shangheng.desks.investment.forms.fields import (
    PersonField,
    day_field,
    industries,
    industry_field,
    number_field,
    text_field,
)
from shangheng.desks.investment.forms.groups import Grouped
from shangheng.desks.investment.forms.projects import (
    looks_for_similar,
    organisation_field,
)
from shangheng.desks.investment.models import Lead
from shangheng.desks.investment.selectors.people import colleagues


class LeadForm(Grouped):
    """What is entered of a lead."""

    grouping = (
        (_("线索"), ("title", "unit", "source", "referrer", "content")),
        (_("投资方"), ("investor", "industry", "expected_investment")),
        (_("联系和首谈"), ("contact_name", "contact_phone", "first_talker", "first_talked_on")),
        (_("研判和答复"), ("assessment", "reply")),
    )

    title = forms.CharField(label=_("线索名称"), max_length=100)
    source = forms.ChoiceField(label=_("线索来源"))
    referrer = forms.CharField(
        label=_("推荐人"), max_length=100, required=False, help_text=_("要向其答复的单位或个人。")
    )
    investor = organisation_field(_("投资方"))
    industry = industry_field()
    expected_investment = number_field(_("意向投资额"), _("亿元"), 6, required=False)
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    content = text_field(_("线索内容"), 2000, required=False)
    first_talker = PersonField(label=_("首谈人"), required=False)
    first_talked_on = day_field(_("首谈日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(self.initial.get("source") or "")
        offered = [
            (one.code, one.name)
            for one in values("lead_sources")
            if one.offered_on(timezone.localdate()) or one.code == kept
        ]
        self.fields["source"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        self.fields["first_talker"].queryset = colleagues()  # type: ignore[attr-defined]
        industry = str(self.initial.get("industry") or "")
        self.fields["industry"].choices = industries(industry)  # type: ignore[attr-defined]


class NewLeadForm(LeadForm):
    """A new lead: also which unit has received it."""

    unit = UnitField(label=_("接收单位"))

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor)  # type: ignore[attr-defined]
        for name in ("title", "investor"):
            looks_for_similar(self.fields[name])


class EditLeadForm(EditForm, LeadForm):
    """Changing one that others may be changing as well."""

    assessment = text_field(_("研判意见"), 1000, required=False)
    reply = text_field(_("答复内容"), 1000, required=False)


def entered(row: Lead) -> dict[str, Any]:
    """What the form shows first of a lead, with the version that it was read from."""
    names = {name: getattr(row, name) for name in EditLeadForm.base_fields}
    return names | {"investor": row.investor.name if row.investor else "", "version": row.version}
