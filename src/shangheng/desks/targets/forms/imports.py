"""Forms of the Excel import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.desks.targets.forms.fields import offer
from shangheng.desks.targets.forms.postings import indicator_choices


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=_("填好的文件"),
        help_text=_("Excel（.xlsx）或 CSV。先预览，不会直接入账。"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )


class TemplateForm(forms.Form):
    """The indicators that a template is for."""

    indicator = forms.MultipleChoiceField(
        label=_("指标"),
        required=False,
        widget=forms.SelectMultiple({"size": 12}),
        help_text=_("按住 Ctrl 可以多选；不选则包括本区填报的全部指标。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "indicator", indicator_choices())


class ConfirmForm(forms.Form):
    """What to say about an import, and what to do with rows that repeat others."""

    source = forms.CharField(
        label=_("数据来源"),
        required=False,
        max_length=300,
        help_text=_("不填则写“Excel 导入”和文件名。"),
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    duplicates = forms.ChoiceField(
        label=_("重复的行"),
        widget=forms.RadioSelect,
        initial="skip",
        choices=[("skip", _("跳过，只导入新的行")), ("post", _("确实又发生了一次，也导入"))],
    )

    def __init__(self, *args: Any, has_duplicates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_duplicates:
            del self.fields["duplicates"]
