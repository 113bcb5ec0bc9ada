"""The forms about money in place."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shangheng.core.dictionaries.selectors import values
from shangheng.desks.investment.forms.fields import day_field, number_field, text_field
from shangheng.desks.investment.forms.projects import organisation_field
from shangheng.desks.investment.models import Currency
from shangheng.desks.investment.selectors.money import ArrivalLine, kind_choices
from shangheng.desks.investment.services.submitting import Decision
from shangheng.engines.evidence.services import Upload
from shangheng.engines.ledger.domain.status import Status

SCAN = _("PDF、图片、Word、Excel 或 OFD。")


class ArrivalForm(forms.Form):
    """Money that arrived, by its voucher."""

    paid_on = day_field(_("到账日期"))
    kind = forms.ChoiceField(label=_("凭证种类"))
    number = forms.CharField(
        label=_("凭证号"),
        max_length=60,
        required=False,
        help_text=_("回单号、报告号、发票号；同一种类同一号只计一次。"),
    )
    payer = organisation_field(_("付款方"))
    amount = number_field(_("凭证金额"), _("万"), 6, help_text=_("累计性凭证填累计数。"))
    currency = forms.ChoiceField(label=_("币种"), choices=Currency.choices)
    rate = number_field(
        _("汇率"), _("元"), 6, required=False, help_text=_("1单位外币折多少人民币；人民币不填。")
    )
    rate_on = day_field(_("汇率日期"), required=False)
    cumulated_from = day_field(
        _("累计起算日"),
        required=False,
        help_text=_("验资报告、投资报表、审计报告等载明累计数的凭证填写，只计增加的部分。"),
    )
    industrial = forms.BooleanField(
        label=_("投向产业"), required=False, help_text=_("同时计入产业到资。")
    )
    scan = forms.FileField(label=_("凭证文件"), required=False, help_text=SCAN)
    note = text_field(_("说明"), 500, rows=2, required=False)
    doubt_note = text_field(
        _("有疑点仍登记的理由"), 300, rows=2, required=False, help_text=_("提示可能重复时才填。")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *kind_choices(today)]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was entered, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "scan"}


class OutflowForm(forms.Form):
    """Money that left the company of a project."""

    paid_on = day_field(_("付款日期"))
    amount = number_field(_("金额"), _("万"), 6)
    currency = forms.ChoiceField(label=_("币种"), choices=Currency.choices)
    payee = organisation_field(_("收款方"))
    purpose = forms.CharField(label=_("用途"), max_length=100)
    scan = forms.FileField(label=_("凭证文件"), required=False, help_text=SCAN)
    note = text_field(_("说明"), 500, rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payee"].required = True

    def values(self) -> dict[str, Any]:
        """What was entered, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "scan"}


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = text_field(_("理由"), 300)


class ScanForm(forms.Form):
    """A voucher that is added later."""

    scan = forms.FileField(label=_("凭证文件"), help_text=SCAN)


class BatchForm(forms.Form):
    """A new batch."""

    name = forms.CharField(
        label=_("批次名称"), max_length=60, help_text=_("例如“2021年11月第一批”。")
    )
    note = text_field(
        _("说明"), 400, rows=2, required=False, help_text=_("重新报被拒统的，写明补充了什么。")
    )


class ReplyForm(forms.Form):
    """A reply of the city about a batch."""

    replied_on = day_field(_("答复日期"))
    scan = forms.FileField(
        label=_("答复文件"), required=False, help_text=_("批复、通报或答复的扫描件。")
    )
    note = text_field(_("说明"), 400, rows=2, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["replied_on"].initial = today

    def clean_replied_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["replied_on"]
        if day > self.today:
            raise forms.ValidationError(_("答复日期晚于今天"))
        return day


class DecisionForm(forms.Form):
    """What the reply says of one arrival; empty for nothing yet."""

    recognised = number_field(_("认定"), _("亿元"), 10, required=False)
    rejected = number_field(_("拒统"), _("亿元"), 10, required=False)
    reason = forms.ChoiceField(label=_("拒统原因"), required=False)

    def __init__(self, data: Any, *, line: ArrivalLine, today: date) -> None:
        super().__init__(data, prefix=f"p{line.pk}")
        self.line = line
        offered = [(one.code, one.name) for one in values("rejection_reasons", today)]
        self.fields["reason"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """No more than was sent, and a reason for what is rejected."""
        data = super().clean() or {}
        recognised = data.get("recognised") or Decimal(0)
        rejected = data.get("rejected") or Decimal(0)
        if min(recognised, rejected) < 0:
            self.add_error("recognised", _("金额不能为负。"))
        elif recognised + rejected > self.line.held(Status.SUBMITTED):
            self.add_error("recognised", _("认定与拒统合计超过已报的金额。"))
        if rejected and not data.get("reason"):
            self.add_error("reason", _("拒统要选原因。"))
        return data

    def decision(self) -> Decision | None:
        """What it says; None for nothing. The form must be valid."""
        recognised = self.cleaned_data.get("recognised") or Decimal(0)
        rejected = self.cleaned_data.get("rejected") or Decimal(0)
        if not recognised and not rejected:
            return None
        reason = self.cleaned_data["reason"] if rejected else ""
        return Decision(self.line.row, recognised, rejected, reason)


def upload_of(file: "UploadedFile[bytes] | None") -> Upload | None:
    """A file of a form."""
    return None if file is None else Upload(file.name or "", file.read())


def decisions_of(forms_: Sequence[DecisionForm]) -> list[Decision]:
    """What a reply says of each arrival that it names."""
    return [decision for form in forms_ if (decision := form.decision()) is not None]
