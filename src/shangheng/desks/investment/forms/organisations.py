"""The forms about organisations, their names, lists and contacts, and about merging two of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.forms.fields import (
    day_field,
    industries,
    industry_field,
    text_field,
)
from shangheng.desks.investment.forms.groups import Grouped
from shangheng.desks.investment.forms.projects import looks_for_similar, organisation_field
from shangheng.desks.investment.selectors.organisations import Choice, list_names
from shangheng.engines.registry.models import Contact, Kind, NameKind, Organisation

NAME_KINDS = [
    (kind.value, kind.label) for kind in (NameKind.FORMER, NameKind.SHORT, NameKind.FOREIGN)
]
AREA = RegexValidator(r"^\d{6}$", _("请填6位行政区划代码，例如420112。"))


class SourceForm(forms.Form):
    """Where something is known from, and as of when."""

    source = forms.CharField(
        label=_("来源"), max_length=200, help_text=_("例如营业执照、企业填报、公开名单。")
    )
    as_of = day_field(_("截至日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("as_of", timezone.localdate())

    def clean_as_of(self) -> Any:
        """Nothing is known as of a day ahead."""
        if (day := self.cleaned_data["as_of"]) > timezone.localdate():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return day


class OrganisationForm(Grouped, SourceForm):
    """What is known of an organisation."""

    grouping = (
        (_("单位"), ("name", "code", "code_note", "kind", "industry")),
        (_("所在和隶属"), ("area", "address", "founded_on", "parent")),
        (_("依据"), ("source", "as_of")),
    )

    code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18位，保存时核对校验位；还不知道的先空着。"),
    )
    code_note = forms.CharField(
        label=_("代码说明"),
        max_length=200,
        required=False,
        help_text=_("校验位不符、确实如此颁发的，写明理由；别的不用填。"),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=Kind.choices)
    industry = industry_field()
    area = forms.CharField(
        label=_("所在地区"),
        max_length=6,
        required=False,
        validators=[AREA],
        help_text=_("GB/T 2260 的6位行政区划代码，例如420112是东西湖区。"),
    )
    address = forms.CharField(label=_("住所"), max_length=300, required=False)
    founded_on = day_field(_("成立日期"), required=False)
    parent = organisation_field(_("上级企业"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(self.initial.get("industry") or "")
        self.fields["industry"].choices = industries(kept)  # type: ignore[attr-defined] # a choice


class NewOrganisationForm(OrganisationForm):
    """A new organisation: also what it is called."""

    name = forms.CharField(label=_("名称"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "code"):
            looks_for_similar(self.fields[name])


class EditOrganisationForm(EditForm, OrganisationForm):
    """Changing one that others may be changing as well."""


class RenameForm(EditForm):
    """A new name from a day on."""

    name = forms.CharField(
        label=_("新名称"), max_length=200, help_text=_("原名称转为曾用名，仍能查到。")
    )
    since = day_field(_("启用日期"))
    source = forms.CharField(
        label=_("来源"), max_length=200, help_text=_("例如变更通知书、新的营业执照。")
    )


class NameForm(forms.Form):
    """Another name of an organisation."""

    name = forms.CharField(label=_("名称"), max_length=200)
    kind = forms.ChoiceField(label=_("名称类别"), choices=NAME_KINDS)
    until = day_field(
        _("停用日期"), required=False, help_text=_("曾用名用到哪一天；不知道的空着。")
    )
    source = forms.CharField(label=_("来源"), max_length=200)


class ListForm(forms.Form):
    """A place on a list in a year."""

    code = forms.ChoiceField(label=_("名录"))
    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    rank = forms.IntegerField(
        label=_("位次"), min_value=1, required=False, help_text=_("没有排名的不填。")
    )
    source = forms.CharField(
        label=_("来源"),
        max_length=200,
        help_text=_("同一名录同一年度再登记一次，会更新位次和来源。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = list(list_names().items())  # type: ignore[attr-defined] # a choice
        self.initial.setdefault("year", timezone.localdate().year)


class ContactForm(SourceForm):
    """A person to speak to."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    position = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)

    field_order = ("name", "position", "phone", "email", "source", "as_of")


class EditContactForm(EditForm, ContactForm):
    """Changing one that others may be changing as well."""


class MergeForm(forms.Form):
    """Making two organisations one: which value of each field stays where they differ, and why."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = text_field(
        _("合并的理由"), 300, help_text=_("例如同一家企业登记了两次；写入两家的记录。")
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = [one.field for one in choices if one.fate == "open"]
        for field in self.open:
            self.fields[f"take-{field}"] = forms.ChoiceField(
                choices=[("kept", ""), ("gone", "")], initial="kept"
            )

    @property
    def take(self) -> frozenset[str]:
        """The fields that are taken from the one that goes."""
        told = self.cleaned_data
        return frozenset(field for field in self.open if told[f"take-{field}"] == "gone")

    @property
    def seen(self) -> tuple[int, int]:
        """The versions of both that the reader saw."""
        return self.cleaned_data["kept_version"], self.cleaned_data["gone_version"]


class UnmergeForm(forms.Form):
    """Why a merge is taken back."""

    reason = text_field(_("撤销合并的理由"), 300)


def entered(row: Organisation) -> dict[str, Any]:
    """What the form shows first of an organisation, with the version that it was read from."""
    names = set(OrganisationForm.base_fields) - {"source", "as_of"}
    shown = {name: getattr(row, name) for name in names}
    return shown | {"parent": row.parent.name if row.parent else "", "version": row.version}


def contact_entered(row: Contact) -> dict[str, Any]:
    """What the form shows first of a contact, with the version that it was read from."""
    return {name: getattr(row, name) for name in ContactForm.base_fields} | {"version": row.version}
