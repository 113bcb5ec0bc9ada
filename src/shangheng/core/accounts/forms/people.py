"""Forms about people and what they may do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField, UnitsField
from shangheng.core.accounts.models import User, login_name
from shangheng.core.accounts.roles import role_choices
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.database.edits import EditForm


class PersonForm(forms.Form):
    """Name and unit of a person."""

    display_name = forms.CharField(label=_("姓名"), max_length=100)
    unit = UnitField(label=_("所在单位"), required=False)


class EditPersonForm(EditForm, PersonForm):
    """Changing a person whom others may be changing as well."""


class NewPersonForm(PersonForm):
    """A new person; the first password is made by the system."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        help_text=_("小写字母、数字、点、下划线和连字符。以后不能改。"),
    )
    field_order = ("username", "display_name", "unit")

    def clean_username(self) -> str:
        """A login name fits the pattern and belongs to nobody yet."""
        username = User.normal_username(self.cleaned_data["username"])
        login_name(username)
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("登录名“%s”已有人使用。") % username)
        return username


class SeenForm(EditForm):
    """An act on the rights of a person, as they were seen."""


class GrantForm(EditForm):
    """A role and how far it reaches."""

    role = forms.ChoiceField(label=_("角色"), choices=role_choices)
    scope = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=lambda: [("", _("按角色的默认范围")), *ScopeKind.choices],
    )
    units = UnitsField(
        label=_("指定单位"),
        required=False,
        help_text=_("只在范围是“指定单位”时选。"),
    )
