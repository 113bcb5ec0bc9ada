"""Forms of how one wants to be told, and of outlets."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm
from shangheng.core.notices.kinds import Mail
from shangheng.core.notices.models import Outlet, Quiet, Service
from shangheng.core.notices.outlets import kind_choices
from shangheng.core.notices.selectors import Choice

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreferenceForm(EditForm):
    """Address, language, quiet hours, digest and cap of one person."""

    email = forms.EmailField(
        label=_("邮箱"), required=False, help_text=_("不填就不发邮件，只在平台内提醒。")
    )
    language = forms.ChoiceField(label=_("消息的语言"), choices=settings.LANGUAGES)
    quiet = forms.ChoiceField(
        label=_("安静时段"),
        choices=Quiet.choices,
        help_text=_("安静时段里的邮件等时段结束再发；紧急的照发。"),
    )
    quiet_from = forms.TimeField(label=_("安静时段从"), required=False, widget=TIME)
    quiet_to = forms.TimeField(label=_("安静时段到"), required=False, widget=TIME)
    digest_at = forms.TimeField(
        label=_("每日汇总的时间"), required=False, widget=TIME, help_text=_("不填按全局的时间。")
    )
    daily_cap = forms.IntegerField(
        label=_("每天最多几封即时邮件"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("超出的并入当日汇总；不填按全局的上限。"),
    )

    def clean(self) -> dict[str, Any]:
        """Own quiet hours have a beginning and an end."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("quiet") != Quiet.OWN:
            return data | {"quiet_from": None, "quiet_to": None}
        if data.get("quiet_from") is None or data.get("quiet_to") is None:
            self.add_error("quiet_from", _("自己定安静时段，要写明从几点到几点。"))
        elif data["quiet_from"] == data["quiet_to"]:
            self.add_error("quiet_to", _("开始和结束不能是同一时刻。"))
        return data


class ChoicesForm(EditForm):
    """For each kind: whether in the inbox, and how by e-mail."""

    def __init__(self, choices: list[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for choice in choices:
            code = choice.kind.code
            words = {"kind": choice.kind.name}
            inbox = forms.BooleanField(
                label=gettext("%(kind)s：平台内") % words,
                required=False,
                initial=choice.inbox,
                disabled=choice.kind.urgent,
            )
            email = forms.ChoiceField(
                label=gettext("%(kind)s：邮件") % words,
                choices=Mail.choices,
                initial=choice.email,
            )
            self.add(f"inbox:{code}", inbox)
            self.add(f"email:{code}", email)

    @staticmethod
    def known(choices: list[Choice]) -> dict[str, Any]:
        """What the form shows first."""
        inbox = {f"inbox:{one.kind.code}": one.inbox for one in choices}
        return inbox | {f"email:{one.kind.code}": one.email for one in choices}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: a kind with its two fields."""
        return [
            {
                "kind": choice.kind,
                "inbox": self[f"inbox:{choice.kind.code}"],
                "email": self[f"email:{choice.kind.code}"],
            }
            for choice in self.choices
        ]

    @property
    def chosen(self) -> list[Choice]:
        """What was chosen, kind by kind."""
        return [
            Choice(
                choice.kind,
                self.cleaned_data[f"inbox:{choice.kind.code}"],
                Mail(self.cleaned_data[f"email:{choice.kind.code}"]),
            )
            for choice in self.choices
        ]


class OutletBase(forms.Form):
    """What an outlet is told and in which language."""

    name = forms.CharField(label=_("名称"), max_length=100)
    kinds = forms.MultipleChoiceField(
        label=_("推送哪些消息"), choices=kind_choices, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("消息的语言"), choices=settings.LANGUAGES)


class NewOutletForm(OutletBase):
    """A new robot or webhook."""

    service = forms.ChoiceField(label=_("类型"), choices=Service.choices)
    address = forms.URLField(
        label=_("地址"),
        max_length=500,
        assume_scheme="https",
        help_text=_("群机器人填群里给的完整 Webhook 地址；保存后加密，不再显示。"),
    )
    secret = forms.CharField(
        label=_("加签密钥"),
        required=False,
        max_length=200,
        help_text=_("只有钉钉要填（SEC 开头）；其他系统的密钥由平台生成，只显示一次。"),
    )
    field_order = ("name", "service", "address", "secret", "kinds", "language")


class OutletForm(EditForm, OutletBase):
    """Changing a robot or webhook; the address and the secret that are kept are not shown."""

    address = forms.URLField(
        label=_("新地址"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("不填就沿用现在的。"),
    )
    secret = forms.CharField(
        label=_("新加签密钥"), required=False, max_length=200, help_text=_("不填就沿用现在的。")
    )
    is_active = forms.BooleanField(label=_("在用"), required=False)
    field_order = ("name", "address", "secret", "kinds", "language", "is_active")

    @staticmethod
    def known(outlet: Outlet) -> dict[str, Any]:
        """What the form shows first."""
        names = ("name", "kinds", "language", "is_active", "version")
        return {name: getattr(outlet, name) for name in names}
