"""The form that looks for jobs."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.jobs.models import State
from shangheng.core.jobs.registry import handlers


def _states() -> list[tuple[str, str]]:
    return [("", str(_("全部"))), *((str(value), str(label)) for value, label in State.choices)]


def _kinds() -> list[tuple[str, str]]:
    return [("", str(_("全部"))), *((one.kind, str(one.label)) for one in handlers().values())]


class SearchForm(forms.Form):
    """Whose jobs, of which kind, in which state."""

    text = forms.CharField(label=_("内容"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("状态"), choices=_states, required=False)
    kind = forms.ChoiceField(label=_("种类"), choices=_kinds, required=False)
    whose = forms.ChoiceField(
        label=_("谁的任务"),
        choices=[("", _("我的任务")), ("all", _("所有人的任务"))],
        required=False,
    )

    def __init__(self, data: QueryDict, actor: User) -> None:
        super().__init__(data)
        if not allows(actor, "jobs.manage"):
            del self.fields["whose"]
