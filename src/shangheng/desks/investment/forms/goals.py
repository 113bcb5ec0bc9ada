"""The forms about structural goals."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.dictionaries.selectors import values
from shangheng.desks.investment.domain.goals import Version
from shangheng.desks.investment.forms.fields import day_field, text_field


class ClaimForm(forms.Form):
    """A project to be counted in a class."""

    counts_on = day_field(_("计入日期"), help_text=_("签约的那一天。"))
    basis = text_field(_("认为符合的事实"), 500, required=False)
    scan = forms.FileField(label=_("投资协议"), required=False)

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.judged:
            self.fields["basis"].required = True
            self.fields["basis"].help_text = version.judged


class NoteForm(forms.Form):
    """Something to add."""

    note = text_field(
        _("说明"), 400, rows=2, required=False, help_text=_("重新报被拒统的，写明补充了什么。")
    )


class GoalReplyForm(forms.Form):
    """What the city says of a project in a class."""

    reason = forms.ChoiceField(
        label=_("结果"), required=False, help_text=_("不选原因就是认定；选了原因就是拒统。")
    )
    scan = forms.FileField(label=_("答复文件"), required=False)
    note = text_field(_("说明"), 400, rows=2, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.code, one.name) for one in values("rejection_reasons", today)]
        self.fields["reason"].choices = [("", _("认定")), (_("拒统"), offered)]  # type: ignore[attr-defined]
