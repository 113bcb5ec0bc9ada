"""The forms about commitments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.forms.fields import day_field, number_field, text_field
from shangheng.desks.investment.forms.money import SCAN
from shangheng.desks.investment.models import PromiseKind, PromiseUnit
from shangheng.desks.investment.models.commitments import REVIEWS, SIDES
from shangheng.desks.investment.selectors.commitments import CommitmentLine


class PromiseForm(forms.Form):
    """One clause of an agreement."""

    side = forms.ChoiceField(label=_("承诺方"), choices=SIDES)
    kind = forms.ChoiceField(label=_("事项"), choices=PromiseKind.choices)
    text = text_field(_("条款内容"), 500)
    amount = number_field(
        _("承诺数"), "", 4, required=False, help_text=_("没有数量的留空，只登记是否履行。")
    )
    unit = forms.ChoiceField(
        label=_("单位"), choices=[("", "—"), *PromiseUnit.choices], required=False
    )
    due_on = day_field(_("期限"), required=False)


class CorrectPromiseForm(EditForm, PromiseForm):
    """A clause as it really is, and why it is corrected."""

    why = text_field(_("更正的理由"), 200, rows=2)


class ReviewForm(forms.Form):
    """The outcome of a fair-competition review."""

    outcome = forms.ChoiceField(
        label=_("审查结论"),
        choices=[one for one in REVIEWS if one[0] not in {"not_needed", "pending"}],
    )
    reviewed_on = day_field(_("审查日期"))
    note = text_field(_("说明"), 300, rows=2, required=False)
    scan = forms.FileField(label=_("审查结论文件"), required=False, help_text=SCAN)


class ProgressForm(forms.Form):
    """What was done."""

    done_on = day_field(_("日期"))
    amount = number_field(_("本次完成数"), "", 4, required=False)
    done = forms.BooleanField(label=_("已全部履行"), required=False)
    note = text_field(_("说明"), 300, rows=2, required=False)
    scan = forms.FileField(label=_("佐证材料"), required=False, help_text=SCAN)

    def __init__(self, *args: Any, line: CommitmentLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if line.row.amount is None:
            del self.fields["amount"]
        else:
            self.fields["amount"].unit = line.row.unit  # type: ignore[attr-defined] # drawn inside
