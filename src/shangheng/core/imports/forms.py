"""Forms of an import."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.exchange.cells import value_of
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.layout import Layout
from shangheng.core.exchange.numbers import BadCell
from shangheng.core.exchange.scanning import NotClean, must_be_clean
from shangheng.core.imports.plan import Plan, remembered_as
from shangheng.core.imports.registry import Table
from shangheng.core.imports.services.commit import Wish


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=gettext_lazy("填好的文件"),
        help_text=gettext_lazy(
            "Excel（.xlsx）或 CSV，表头可以是您自己的叫法。先预览，不会直接导入。"
        ),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        """A file is no larger than what is kept as evidence, and no malware."""
        file = self.cleaned_data["file"]
        limit: int = settings.EVIDENCE_MAX_BYTES
        if file.size is not None and file.size > limit:
            raise forms.ValidationError(
                _("文件有%(size)s MB，超过上限%(limit)d MB；请分成几个文件上传")
                % {"size": f"{file.size / 1024**2:.1f}", "limit": limit // 1024**2}
            )
        content = file.read()
        file.seek(0)
        try:
            must_be_clean(file.name, content)
        except NotClean as error:
            raise forms.ValidationError(str(error)) from error
        return file


class TemplateForm(forms.Form):
    """What a template is for."""

    group = forms.MultipleChoiceField(
        required=False,
        widget=forms.SelectMultiple({"size": 12}),
        help_text=gettext_lazy("按住 Ctrl 可以多选；不选则包括全部。"),
    )

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        field.label = str(table.groups_label)
        if table.groups and isinstance(field, forms.MultipleChoiceField):
            field.choices = list(table.groups())


class ConfirmForm(forms.Form):
    """What to say about an import, and what to do with rows that repeat others."""

    source = forms.CharField(
        label=gettext_lazy("数据来源"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("不填则写“Excel 导入”和文件名。"),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    duplicates = forms.ChoiceField(
        label=gettext_lazy("重复的行"),
        widget=forms.RadioSelect,
        initial="skip",
        choices=[
            ("skip", gettext_lazy("跳过，只导入新的行")),
            ("post", gettext_lazy("确实又发生了一次，也导入")),
        ],
    )

    def __init__(self, *args: Any, asks_repeats: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_repeats:
            del self.fields["duplicates"]

    @property
    def wish(self) -> Wish:
        """What was said."""
        told = self.cleaned_data
        return Wish(told["source"], told["note"], told.get("duplicates") == "post")


class UndoForm(forms.Form):
    """Why a batch is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("撤销原因"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("写进审计记录，以后查得到。"),
    )


class ColumnsForm(forms.Form):
    """Which column of the file is which column of the table, and what stands for every row."""

    def __init__(self, *args: Any, plan: Plan, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.columns = plan, columns
        offered = [("", _("不导入")), *((c.key, c.title) for c in columns)]
        for one in plan.titles:
            self.fields[f"title-{one.place}"] = forms.ChoiceField(
                label=one.title, required=False, choices=offered, initial=one.key
            )
        for column in columns:
            if column.required:
                self.fields[f"fixed-{column.key}"] = _fixed_field(column)

    @property
    def title_fields(self) -> list[tuple[Any, forms.BoundField]]:
        """Each title of the file with the field that says what it is."""
        return [(one, self[f"title-{one.place}"]) for one in self.plan.titles]

    @property
    def missing_fields(self) -> list[forms.BoundField]:
        """The fields for columns that must be there and that no title of the file was taken for."""
        return [bound for bound in self._fixed_fields if self._is_missing(bound)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields for columns that must be there and were found; wanted when that was wrong."""
        return [bound for bound in self._fixed_fields if not self._is_missing(bound)]

    @property
    def _fixed_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith("fixed-")]

    def _is_missing(self, bound: forms.BoundField) -> bool:
        found = {one.key for one in self.plan.titles}
        return bool(bound.errors or bound.data) or bound.name.removeprefix("fixed-") not in found

    def clean(self) -> dict[str, Any]:
        """No column twice, and each that must be filled from the file or for all rows."""
        cleaned: dict[str, Any] = self.cleaned_data
        by_key: dict[str, str] = {}
        for one in self.plan.titles:
            name = f"title-{one.place}"
            key = cleaned.get(name, "")
            if key and key in by_key:
                message = _("“%(first)s”已经对应这一列，一列只能对应一次")
                self.add_error(name, message % {"first": by_key[key]})
            elif key:
                by_key[key] = one.title
        for column in self.columns:
            self._check_fixed(column, by_key)
        return cleaned

    def _check_fixed(self, column: Column, by_key: dict[str, str]) -> None:
        name = f"fixed-{column.key}"
        if not column.required:
            return
        written = self.cleaned_data.get(name, "")
        if column.key in by_key:
            self.cleaned_data[name] = ""
        elif not written:
            message = _(
                "文件里没有选出“%(title)s”；请在上面指出是哪一列，或者在这里填一个全表通用的值"
            )
            self.add_error(name, message % {"title": column.zh})
        else:
            try:
                value_of(written, column)
            except BadCell as error:
                self.add_error(name, str(error))

    @property
    def layout(self) -> Layout:
        """What was chosen."""
        chosen = {
            one.place: key
            for one in self.plan.titles
            if (key := self.cleaned_data.get(f"title-{one.place}", ""))
        }
        fixed = {
            column.key: written
            for column in self.columns
            if (written := self.cleaned_data.get(f"fixed-{column.key}", ""))
        }
        return Layout(self.plan.sheet, self.plan.row, chosen, fixed)

    @property
    def told(self) -> dict[str, str]:
        """What to remember: each title and its key."""
        return {
            remembered_as(one.title): self.cleaned_data.get(f"title-{one.place}", "")
            for one in self.plan.titles
        }


def _fixed_field(column: Column) -> forms.Field:
    label = column.title.rstrip("*")  # one or the other must be there: the page says so
    if column.kind is Kind.CHOICE:
        labels = [(label, label) for label in column.labels]
        return forms.ChoiceField(
            label=label, required=False, choices=[("", "—"), *labels], help_text=column.note
        )
    return forms.CharField(label=label, required=False, max_length=200, help_text=column.note)
