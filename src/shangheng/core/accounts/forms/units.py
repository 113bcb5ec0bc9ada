"""Forms about units."""

import hashlib
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import OrgUnit, unit_code
from shangheng.core.database.edits import EditForm


class DayField(forms.DateField):
    """A day, chosen from the calendar of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class UnitForm(forms.Form):
    """Names and place of a unit."""

    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    position = forms.IntegerField(
        label=_("排序"),
        min_value=0,
        initial=0,
        help_text=_("同一上级之下，数小的排在前面。"),
    )


class EditUnitForm(EditForm, UnitForm):
    """Changing a unit that others may be changing as well."""

    since = DayField(
        label=_("生效日期"),
        required=False,
        help_text=_("留空就从今天起。以前的日子仍显示当时的名称。"),
    )
    reason = forms.CharField(
        label=_("依据或原因"),
        max_length=300,
        required=False,
        help_text=_("例如机构编制文件的文号。"),
    )


class NewUnitForm(UnitForm):
    """A new unit with its code."""

    code = forms.CharField(
        label=_("代码"),
        max_length=30,
        validators=[unit_code],
        help_text=_("小写字母、数字和连字符，例如 swj-zs。以后不能改。"),
    )
    parent = UnitField(label=_("上级单位"), required=False)
    since = DayField(
        label=_("设立日期"), required=False, help_text=_("不知道就留空：每一天的机构树上都有它。")
    )
    field_order = ("code", "name", "name_en", "parent", "position", "since")

    def clean_code(self) -> str:
        """No other unit has the code."""
        code: str = self.cleaned_data["code"]
        if OrgUnit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("代码“%s”已有单位使用。") % code)
        return code


class ActForm(EditForm):
    """An act on the tree: shown first what it would change, done when exactly that is confirmed."""

    reason = forms.CharField(
        label=_("依据或原因"), max_length=300, help_text=_("记入沿革，例如机构编制文件的文号。")
    )
    field_order = ("parent", "into", "successor", "since", "reason")

    @property
    def asked(self) -> dict[str, Any]:
        """What the service is asked for."""
        return dict(self.values)

    @property
    def digest(self) -> str:
        """What was asked for, in a word: a confirmation names it."""
        told = repr([(k, str(getattr(v, "pk", v))) for k, v in sorted(self.values.items())])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def is_confirmed(self) -> bool:
        """Whether what is asked for is what was shown."""
        return self.data.get("confirm") == self.digest


class DatedForm(ActForm):
    """An act that holds from a day."""

    since = DayField(label=_("生效日期"), required=False, help_text=_("留空就从今天起。"))


class MoveForm(DatedForm):
    """Where a unit is hung."""

    parent = UnitField(
        label=_("新的上级单位"), required=False, help_text=_("留空就成为最上级的单位。")
    )


class MergeForm(DatedForm):
    """Into which unit another one is merged."""

    into = UnitField(label=_("并入"), help_text=_("人员、下属单位和未办完的事都转到这个单位。"))


class CloseForm(DatedForm):
    """Who takes over from a unit that is closed."""

    successor = UnitField(
        label=_("承接单位"),
        required=False,
        help_text=_("还有未办完的事就必须指定；没有才能留空。"),
    )


class OutlineForm(forms.Form):
    """What is looked for in the tree, and as of which day."""

    q = forms.CharField(
        label=_("名称或代码"), required=False, widget=forms.TextInput({"type": "search"})
    )
    on = DayField(label=_("截至哪一天"), required=False)
    closed = forms.BooleanField(label=_("连同已停用"), required=False)

    def clean_on(self) -> object:
        """A day that has come."""
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("只能看到今天为止的机构树。"))
        return day
