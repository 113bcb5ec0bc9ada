"""Forms about the values of a dictionary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm


class NameForm(forms.Form):
    """Name and place of a value."""

    zh = forms.CharField(label=_("名称"), max_length=100)
    en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    position = forms.IntegerField(
        label=_("排序"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("数小的排在前面；内置值相隔10。"),
    )
    note = forms.CharField(label=_("依据或说明"), max_length=300, required=False)


class NewValueForm(NameForm):
    """A value that the bureau adds."""

    code = forms.CharField(
        label=_("代码"),
        max_length=60,
        required=False,
        help_text=_("小写字母、数字、连字符和下划线；不填则自动编号。以后不能改。"),
    )
    field_order = ("zh", "en", "code", "position", "note")


class ValueForm(EditForm, NameForm):
    """Changing a value that others may be changing as well: its name, its place, its end."""

    retired_on = forms.DateField(
        label=_("停用日期"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("从这一天起不再提供选择；已经登记的照旧显示。清空即恢复使用。"),
    )
