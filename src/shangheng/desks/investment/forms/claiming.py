"""The forms about claims, duplicates, disputes and conversion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.forms.acts import ActForm, ReasonForm
from shangheng.desks.investment.forms.fields import text_field
from shangheng.desks.investment.selectors.duplicates import Found
from shangheng.engines.cases.models import Case

RULINGS = [("yes", _("归提出争议的人")), ("no", _("维持现在的认领"))]

ReleaseForm = ReasonForm


class DuplicatesForm(EditForm):
    """What the search for duplicates came to."""

    conclusion = text_field(_("查重结论"), 500)


class DisputeForm(forms.Form):
    """Why a lead is one's own."""

    grounds = text_field(_("理由"), 500, help_text=_("谁先接触、何时接触、有什么依据。"))


class RulingForm(forms.Form):
    """Whose it is, and why."""

    upheld = forms.ChoiceField(label=_("裁定"), choices=RULINGS, widget=forms.RadioSelect)
    ruling = text_field(_("裁定理由"), 500)


class ConvertForm(ActForm):
    """A new project, or one that there is already."""

    project = forms.ChoiceField(label=_("转到"), required=False)
    name = forms.CharField(
        label=_("项目名称"), max_length=100, required=False, help_text=_("新立项目时填写。")
    )

    def offer(self, found: list[Found], actor: User) -> None:
        """Offer the projects that may be the same."""
        same = [(str(one.pk), one.label) for one in found if one.kind == "project" and one.url]
        self.choose("project", [("", str(_("新立一个项目"))), *same])

    def _prepare(self, case: Case, actor: User) -> None:
        self.choose("project", [])
