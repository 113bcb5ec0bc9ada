"""Forms of the pages about access tokens."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import permissions
from shangheng.core.api.services import grantable


class TokenForm(forms.Form):
    """A new token: for what, with which permissions, for how long."""

    name = forms.CharField(
        label=_("用途"),
        max_length=100,
        help_text=_("写明哪个程序用它、做什么，便于日后辨认和撤销。"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("权限"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选程序用得着的。令牌任何时候都不能比您本人做得更多。"),
    )
    days = forms.IntegerField(label=_("有效天数"), min_value=1)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes, days = self.fields["scopes"], self.fields["days"]
        if isinstance(scopes, forms.MultipleChoiceField):
            known = permissions()
            scopes.choices = [(code, f"{known[code].name}（{code}）") for code in grantable(actor)]
        days.initial = min(30, settings.API_TOKEN_DAYS)
        days.help_text = _("最多%d天；到期自动失效。") % settings.API_TOKEN_DAYS
