"""Forms about recognition: notes, replies and decisions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.ui.figures import Amount, unit_after
from shangheng.desks.targets import cells
from shangheng.desks.targets.forms.fields import (
    AmountField,
    day_field,
    in_unit,
    offer,
    reason_choices,
    upload_of,
)
from shangheng.desks.targets.selectors.lines import PostingLine
from shangheng.desks.targets.services.recognition import REPLY, Decision, Reply
from shangheng.engines.ledger.domain.status import Status

NOTE_LENGTH = 400


class NoteForm(forms.Form):
    """Something to add, if there is."""

    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )


class ReplyForm(forms.Form):
    """A reply of the superior office."""

    replied_on = forms.DateField()
    document = forms.FileField(
        label=_("答复文件"),
        required=False,
        help_text=_("上传批复、通报或答复的扫描件；它是认定结果的依据。"),
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, today: date, may_upload: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["replied_on"] = day_field(today, label=_("答复日期"), initial=today)
        if not may_upload:
            del self.fields["document"]
        self.order_fields(["replied_on", "document", "note"])

    def clean_replied_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["replied_on"]
        if day > self.today:
            raise forms.ValidationError(_("答复日期晚于今天"))
        return day

    def reply(self) -> Reply:
        """The reply; the form must be valid."""
        data = self.cleaned_data
        upload = upload_of(data.get("document"), REPLY)
        return Reply(data["replied_on"], upload, data["note"])


class DecisionForm(forms.Form):
    """What a reply says of one posting."""

    recognised = AmountField(label=_("认定金额"), required=False)
    rejected = AmountField(label=_("拒统金额"), required=False)
    reason = forms.ChoiceField(label=_("拒统原因"), required=False)

    def __init__(
        self, *args: Any, line: PostingLine, reasons: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        self.line = line
        self.name = cells.name(line, "")
        self.open: Amount = line.held(Status.SUBMITTED)
        super().__init__(*args, **kwargs)
        self.initial.setdefault("recognised", self.open.value)
        for name in ("recognised", "rejected"):
            in_unit(self, name, self.open.unit)
        offer(self, "reason", reasons)

    def clean(self) -> dict[str, Any]:
        """What is recognised and rejected together is no more than what was submitted."""
        data = super().clean() or {}
        recognised, rejected = data.get("recognised"), data.get("rejected")
        if self.errors:
            return data
        named = (recognised or Decimal(0)) + (rejected or Decimal(0))
        whole = self.open.value or Decimal(0)
        if not recognised and not rejected:
            self.add_error("recognised", _("请填写认定金额或拒统金额"))
        elif abs(named) > abs(whole):
            message = _("认定与拒统合计%(named)s%(unit)s，超过已报待认定的%(whole)s%(unit)s")
            values = {"named": named, "unit": unit_after(self.open.unit), "whole": whole}
            self.add_error("recognised", message % values)
        if rejected and not data.get("reason"):
            self.add_error("reason", _("拒统须从原因目录中选择一项原因"))
        return data

    def decision(self) -> Decision:
        """The decision; the form must be valid."""
        data = self.cleaned_data
        return Decision(
            posting=self.line.row.pk,
            recognised=data.get("recognised") or Decimal(0),
            rejected=data.get("rejected") or Decimal(0),
            reason=data["reason"] if data.get("rejected") else "",
        )


class DecideForm(ReplyForm, DecisionForm):
    """A reply about one posting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["recognised", "rejected", "reason"])


class RevokeForm(ReplyForm):
    """Recognition taken back."""

    value = AmountField(label=_("核减金额"))
    reason = forms.ChoiceField(label=_("核减原因"))

    def __init__(self, *args: Any, line: PostingLine, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        _settle(self, line.held(Status.RECOGNISED))
        offer(self, "reason", reason_choices(today))
        self.order_fields(["value", "reason"])


class ResubmitForm(forms.Form):
    """What was rejected, submitted again."""

    value = AmountField(label=_("重新提交金额"))
    note = forms.CharField(
        label=_("补充说明"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("写明补充了什么、为什么应当认定。"),
    )

    def __init__(self, *args: Any, line: PostingLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _settle(self, line.held(Status.REJECTED))


def _settle(form: forms.Form, amount: Amount) -> None:
    """All that is there, to begin with."""
    form.fields["value"].initial = amount.value
    in_unit(form, "value", amount.unit)
