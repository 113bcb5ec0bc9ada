"""Forms about postings: filters of the list, a new fact, vouchers, reversal."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets import words
from shangheng.desks.targets.access import units_for
from shangheng.desks.targets.forms.fields import (
    AmountField,
    UnitField,
    day_field,
    in_unit,
    offer,
    offer_documents,
    offer_units,
)
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.indicator import Form, Indicator
from shangheng.engines.ledger.domain.line import Line, LineError
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.provenance import views

DIMENSION = "dimension-"
SOURCE_LENGTH, NOTE_LENGTH, SUBJECT_LENGTH = 300, 500, 100


class PostingForm(forms.Form):
    """One fact of one indicator."""

    unit = UnitField(label=_("责任单位"), queryset=OrgUnit.objects.none(), empty_label=_("请选择"))
    area = forms.ChoiceField(label=_("地区"), required=False)
    occurred_on = forms.DateField()
    subject = forms.CharField(
        label=_("对象名称"),
        required=False,
        max_length=SUBJECT_LENGTH,
        help_text=_("项目或企业的全称。"),
    )
    value = AmountField(label=_("数值"))
    source = forms.CharField(
        label=_("数据来源"),
        max_length=SOURCE_LENGTH,
        help_text=_("写明出处，例如银行进账单、统计月报的期号或来文字号。"),
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )
    documents = forms.MultipleChoiceField(
        label=_("已上传的凭证"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        actor: User,
        indicator: Indicator,
        today: date,
        offered: Iterable[Document] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.definition = indicator.on(today)
        offer_units(self, "unit", units_for(actor, "edit"))
        self.fields["occurred_on"] = day_field(
            today,
            label=_("发生日期"),
            help_text=_("事情发生的那一天，不是填报的日子；数据按它归入月份和年度。"),
        )
        self._settle_area()
        self._settle_value()
        offer_documents(self, offered)
        for axis, values in self.definition.dimensions.items():
            self.fields[DIMENSION + axis] = _dimension_field(axis, values)
        self.order_fields(
            ["unit", "area", "occurred_on", *self.dimension_names, "subject", "value"]
        )

    @property
    def dimension_names(self) -> list[str]:
        """The names of the fields for dimensions."""
        return [DIMENSION + axis for axis in self.definition.dimensions]

    def clean(self) -> dict[str, Any]:
        """A named subject counts as one."""
        data = super().clean() or {}
        if data.get("value") is None and "value" not in self.errors:
            if data.get("subject"):  # of a count: others require a value
                data["value"] = Decimal(1)
            else:
                self.add_error("value", _("请填写数值，或填写对象名称"))
        return data

    def line(self, documents: Iterable[int]) -> Line:
        """The fact to post; the form must be valid."""
        data = self.cleaned_data
        return Line(
            indicator=self.indicator.code,
            unit_id=data["unit"].pk,
            area=data["area"] or settings.HOME_AREA,
            value=data["value"],
            unit_of_measure=self.definition.unit,
            occurred_on=data["occurred_on"],
            dimensions={
                name.removeprefix(DIMENSION): data[name]
                for name in self.dimension_names
                if data.get(name)
            },
            subject=data.get("subject", ""),
            documents=tuple(documents),
        )

    def take(self, errors: Iterable[LineError]) -> None:
        """Put what the ledger refused beside the fields that it speaks of."""
        own = {"unit", "area", "occurred_on", "value", "subject", "documents", "source", "note"}
        for error in errors:
            name = {"unit_of_measure": "value"}.get(error.field, error.field)
            if name == "dimensions" and self.dimension_names:
                name = self.dimension_names[0]
            self.add_error(name if name in own and name in self.fields else None, error.message)

    def _settle_area(self) -> None:
        """Ours unless another is chosen; what is computed for us is only posted for others."""
        area, choices = self.fields["area"], words.area_choices()
        area.help_text = _("比较对象的数按公布口径登记，须写明出处；登记即计入，不需认定。")
        if self.definition.is_computed:
            area.required, choices = True, [("", str(_("请选择"))), *choices[1:]]
        else:
            self.initial.setdefault("area", settings.HOME_AREA)
        offer(self, "area", choices)

    def _settle_value(self) -> None:
        in_unit(self, "value", self.definition.unit)
        subject, value = self.fields["subject"], self.fields["value"]
        if self.definition.form is Form.COUNT:
            value.required = False
            value.help_text = _("填写了对象名称的不必填，按1计。")
            subject.help_text = _("同一对象在一年内只计一次；没有名单的可不填，只报个数。")
        elif self.definition.form is not Form.FLOW:
            del self.fields["subject"]


def _dimension_field(axis: str, values: Iterable[str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=words.dimension_word(axis),
        required=False,
        choices=[("", _("未细分")), *((v, words.dimension_word(axis, v)) for v in values)],
        help_text=_("未细分的数不计入任何一组，各组之和会与合计对不上。"),
    )


class ReverseForm(forms.Form):
    """Why a posting is taken back."""

    reason = forms.CharField(
        label=_("冲销原因"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("写明错在哪里、依据什么更正；原因随记录永久保留。"),
    )


class AttachForm(forms.Form):
    """More vouchers: kept before, or uploaded now."""

    documents = forms.MultipleChoiceField(
        label=_("已上传的凭证"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Iterable[Document] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_documents(self, offered)


def initial_from(posting: Posting) -> dict[str, Any]:
    """The values of an earlier posting, to be mended and posted again."""
    dimensions = dict(part.split("=", 1) for part in posting.series.dimensions.split(";") if part)
    return {
        "unit": posting.series.unit_id,
        "area": posting.series.area,
        "occurred_on": posting.occurred_on,
        "value": views([posting])[0].value,
        "subject": posting.subject,
        "source": posting.entry.source,
        "note": posting.entry.note,
        "documents": [str(link.document_id) for link in posting.evidence.all()],
        **{DIMENSION + axis: value for axis, value in dimensions.items()},
    }
