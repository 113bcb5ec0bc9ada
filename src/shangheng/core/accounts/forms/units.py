"""Forms about units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import OrgUnit, unit_code
from shangheng.core.database.edits import EditForm


class UnitForm(forms.Form):
    """Names, place and parent of a unit."""

    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    parent = UnitField(label=_("上级单位"), required=False)
    position = forms.IntegerField(
        label=_("排序"),
        min_value=0,
        initial=0,
        help_text=_("同一上级之下，数小的排在前面。"),
    )


class EditUnitForm(EditForm, UnitForm):
    """Changing a unit that others may be changing as well."""


class NewUnitForm(UnitForm):
    """A new unit with its code."""

    code = forms.CharField(
        label=_("代码"),
        max_length=30,
        validators=[unit_code],
        help_text=_("小写字母、数字和连字符，例如 swj-zs。以后不能改。"),
    )
    field_order = ("code", "name", "name_en", "parent", "position")

    def clean_code(self) -> str:
        """No other unit has the code."""
        code: str = self.cleaned_data["code"]
        if OrgUnit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("代码“%s”已有单位使用。") % code)
        return code
