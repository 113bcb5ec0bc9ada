"""The form that asks why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User


class WhyForm(forms.Form):
    """What is asked about and, for those who see people, about whom."""

    at = forms.CharField(
        label=_("页面地址或记录编号"),
        max_length=500,
        required=False,
        help_text=_("把浏览器地址栏里的地址贴进来；记录也可以写审计里的对象编号。"),
    )
    person = forms.ChoiceField(label=_("谁"), required=False)

    def __init__(self, data: Mapping[str, Any], *, others: bool) -> None:
        super().__init__(data)
        if others:
            people = User.objects.order_by("username").values_list("username", "display_name")
            named = [(username, f"{name}（{username}）") for username, name in people]
            self.fields["person"] = forms.ChoiceField(
                label=_("谁"), required=False, choices=[("", _("本人")), *named]
            )
        else:
            self.fields["person"] = forms.CharField(required=False, widget=forms.HiddenInput)
