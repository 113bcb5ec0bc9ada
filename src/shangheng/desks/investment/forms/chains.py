"""The forms about chains."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.forms.fields import (
    day_field,
    industries,
    industry_field,
    text_field,
)
from shangheng.desks.investment.forms.money import SCAN
from shangheng.desks.investment.forms.projects import organisation_field
from shangheng.desks.investment.models import Chain, ChainNode, Tier
from shangheng.desks.investment.selectors.chains import nodes_for

CODE = _("小写字母、数字和连字符；导入时按它认出已有的。")
SOURCE = _("文件名称和文号，或者谁提供的。")


class ChainForm(forms.Form):
    """A chain."""

    code = forms.SlugField(label=_("产业链编号"), max_length=30, help_text=CODE)
    name = forms.CharField(label=_("产业链名称"), max_length=60)
    tier = forms.ChoiceField(
        label=_("层级"),
        choices=[("", _("没有说明")), *Tier.choices],
        required=False,
        help_text=_("“1+3+N”产业体系里的位置。"),
    )
    about = text_field(_("说明"), 1000, required=False)
    source = forms.CharField(label=_("来源"), max_length=300, help_text=SOURCE)
    verified = forms.BooleanField(label=_("已与文件核对"), required=False)


class EditChainForm(EditForm, ChainForm):
    """Changing one that others may be changing as well."""


class NodeForm(forms.Form):
    """A node of a chain."""

    name = forms.CharField(label=_("节点名称"), max_length=60)
    code = forms.SlugField(label=_("节点编号"), max_length=30, help_text=CODE)
    link = forms.CharField(
        label=_("环节"), max_length=40, help_text=_("例如材料、器件、整机；同一环节写法一致。")
    )
    place = forms.IntegerField(
        label=_("环节次序"), min_value=1, max_value=12, help_text=_("1是最上游，依次往下游。")
    )
    upstream = forms.CharField(
        label=_("上游节点"),
        max_length=400,
        required=False,
        help_text=_("向它供货的节点的编号，用逗号隔开。"),
    )
    industry = industry_field()
    since = day_field(_("启用日期"), required=False, help_text=_("不填是一直有。"))
    until = day_field(_("停用日期"), required=False, help_text=_("不填是还在用。"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=SOURCE)
    verified = forms.BooleanField(label=_("已与文件核对"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(self.initial.get("industry") or "")
        self.fields["industry"].choices = industries(kept)  # type: ignore[attr-defined] # a choice


class EditNodeForm(EditForm, NodeForm):
    """Changing one that others may be changing as well."""


class PlaceForm(forms.Form):
    """An enterprise of the district on a node."""

    organisation = organisation_field(_("企业"))
    on = day_field(_("起始日期"))
    leading = forms.BooleanField(label=_("龙头企业"), required=False)
    source = forms.CharField(label=_("来源"), max_length=300, help_text=SOURCE)
    scan = forms.FileField(label=_("凭证"), required=False, help_text=SCAN)


class TargetForm(forms.Form):
    """A target enterprise of a node."""

    organisation = organisation_field(_("目标企业"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)


class PositionForm(EditForm):
    """On which node a project stands."""

    node = forms.TypedChoiceField(
        label=_("产业链节点"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in nodes_for(actor, at=timezone.now()):
            label = f"{row.link} · {row.name}"
            groups.setdefault(row.chain.name, []).append((str(row.pk), label))
        self.fields["node"].choices = [("", "—"), *groups.items()]  # type: ignore[attr-defined]


def entered(row: Chain | ChainNode) -> dict[str, Any]:
    """What the form shows first, with the version that it was read from."""
    form = ChainForm if isinstance(row, Chain) else NodeForm
    shown = {name: getattr(row, name) for name in form.base_fields}
    return shown | {"version": row.version}
