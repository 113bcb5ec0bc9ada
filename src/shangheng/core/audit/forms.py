"""The form that looks for audit rows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.acts import acts
from shangheng.core.audit.selectors import Search


def _act_choices() -> list[tuple[str, str]]:
    every = ((act.code, act.name) for act in acts().values())
    return [("", str(_("全部"))), ("login.", str(_("登录日志"))), *every]


class SearchForm(forms.Form):
    """Who did what to what, when."""

    actor = forms.CharField(label=_("人员"), max_length=100, required=False)
    actor_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    act = forms.ChoiceField(label=_("操作"), choices=_act_choices, required=False)
    target = forms.CharField(label=_("对象"), max_length=200, required=False)
    since = forms.DateField(
        label=_("自"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("至"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def clean(self) -> dict[str, object]:
        """The days must stand in their order."""
        cleaned: dict[str, object] = super().clean() or {}
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("截止日期早于起始日期。"))
        return cleaned

    def search(self) -> Search:
        """What the valid parts of the form ask for."""
        return Search(**{name: value for name, value in self.cleaned_data.items() if value})
