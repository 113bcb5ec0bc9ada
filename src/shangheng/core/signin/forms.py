"""Forms about the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.signin.services import REASON_LENGTH

CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(CODE),
        help_text=_("手机验证器上现在显示的6位数字；手机不在身边时，用一个恢复码。"),
    )


class FirstCodeForm(forms.Form):
    """The first code of an app that has just taken the secret."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput({**CODE, "inputmode": "numeric"}),
        help_text=_("扫码后手机上显示的6位数字。"),
    )


class ResetForm(forms.Form):
    """Why somebody's second factor is taken off."""

    reason = forms.CharField(
        label=_("重置原因"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "写明谁提出、怎样核实了本人，例如“本人持工作证到场，手机丢失”。原因随审计保留。"
        ),
    )
