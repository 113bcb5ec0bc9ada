"""Forms of the briefing desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangheng.desks.briefing import catalogue
from shangheng.desks.briefing.domain.told import Refused
from shangheng.engines.ledger.domain.period import BadPeriod, Period


class NewReportForm(forms.Form):
    """Which template, over which period."""

    template = forms.ChoiceField(label=_("模板"))
    period = forms.CharField(
        label=_("时期"),
        max_length=20,
        help_text=_("写作 2021，或 2021-01/2021-10。工作总结用整年，简报用年初至某月。"),
    )
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("不填则按模板拟定。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {each.code: each.name for each in catalogue.templates()}
        field = self.fields["template"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices.items())

    def clean_period(self) -> Period:
        """The period as the ledger knows it."""
        try:
            return Period.parse(self.cleaned_data["period"])
        except BadPeriod as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """The template must have a version for that period."""
        data = super().clean() or {}
        if "template" in data and "period" in data:
            try:
                catalogue.template(data["template"], data["period"].end.last)
            except Refused as error:
                self.add_error("period", str(error))
        return data


class EditorForm(forms.Form):
    """The text of a report, and which version it started from."""

    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false"}),
        help_text=_("数字写成绑定，如 {{retail.total|growth}}；不是台账数字的写进 [[ ]]。"),
    )
    note = forms.CharField(
        label=_("改动说明"), max_length=200, required=False, help_text=_("一句话，留在历次稿里。")
    )
    base = forms.IntegerField(widget=forms.HiddenInput)


class KnownForm(forms.Form):
    """Up to which day the figures of a build count."""

    known = forms.DateField(
        label=_("数据截至"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("不填即截至现在。选过去的日子，则只用那天以前入账的数。"),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ClaimsForm(forms.Form):
    """A text to audit: pasted, or in a file."""

    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("不填则取材料自己的标题。")
    )
    text = forms.CharField(
        label=_("文字"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("把整篇材料粘贴到这里，连同标题和各级小标题；或者在下面选文件。"),
    )
    file = forms.FileField(
        label=_("文件"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.xlsx,.html,.htm,.pdf"}),
        help_text=_("docx、xlsx、html、txt，或带文字层的 pdf，20MB 以内。只留存其中的文字。"),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if bool(data.get("text", "").strip()) == bool(data.get("file")):
            raise ValidationError(_("请粘贴文字，或者选一个文件，二者选一。"))
        return data
