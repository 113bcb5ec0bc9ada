"""The forms about spaces."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.forms.fields import UnitField
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.access import units_for
from shangheng.desks.investment.forms.fields import PlaceForm, day_field, number_field, text_field
from shangheng.desks.investment.models import PriceUnit, Space, SpaceKind, SpaceNeed, SpaceState

PRICED_IN = [("", "—"), *PriceUnit.choices]
GIVEN = [(one.value, one.label) for one in (SpaceState.FREE, SpaceState.LET, SpaceState.SOLD)]


class SpaceForm(PlaceForm):
    """What is entered of a space."""

    code = forms.CharField(
        label=_("载体编号"), max_length=40, help_text=_("不重复；导入时按它认出已有的载体。")
    )
    name = forms.CharField(label=_("载体名称"), max_length=100)
    kind = forms.ChoiceField(label=_("载体类型"), choices=SpaceKind.choices)
    unit = UnitField(label=_("管理单位"))
    site = forms.CharField(label=_("所在园区"), max_length=100, required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    area = number_field(
        _("面积"), _("亩或平方米"), 2, help_text=_("地块按亩，厂房和楼层按平方米。")
    )
    clear_height = number_field(_("净高"), _("米"), 2, required=False)
    floor_load = number_field(_("楼面荷载"), _("吨/平方米"), 2, required=False)
    power = number_field(_("供电容量"), "kVA", 2, required=False)
    price = number_field(_("价格"), "", 2, required=False)
    price_unit = forms.ChoiceField(label=_("计价单位"), choices=PRICED_IN, required=False)
    price_on = day_field(_("报价日期"), required=False)
    note = text_field(_("说明"), 1000, required=False)

    field_order = (
        "code", "name", "kind", "unit", "site", "address", "longitude", "latitude", "datum",
        "area", "clear_height", "floor_load", "power", "price", "price_unit", "price_on", "note",
    )  # fmt: skip


class NewSpaceForm(SpaceForm):
    """A new space: also how it stands, and since when."""

    state = forms.ChoiceField(label=_("状态"), choices=GIVEN)
    since = day_field(_("状态日期"), required=False, help_text=_("不填为今天。"))

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor)  # type: ignore[attr-defined] # a unit field


class EditSpaceForm(EditForm, SpaceForm):
    """Changing one that others may be changing as well."""


class StateForm(EditForm):
    """How a space stands from a day on."""

    state = forms.ChoiceField(label=_("状态"), choices=GIVEN)
    on = day_field(_("日期"), required=False, help_text=_("不填为今天。"))
    note = text_field(_("说明"), 500, required=False, help_text=_("已售的要改状态，须写明为什么。"))


class ReserveForm(forms.Form):
    """Until when a space is held for a project."""

    until = day_field(_("预留到"), help_text=_("当天仍有效，第二天起自动恢复空置。"))
    note = text_field(_("说明"), 500, required=False)

    def __init__(self, *args: Any, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", timezone.localdate() + timedelta(days))


class NeedForm(EditForm):
    """What a project asks of a space."""

    clear_height = number_field(_("净高不低于"), _("米"), 2, required=False)
    floor_load = number_field(_("楼面荷载不低于"), _("吨/平方米"), 2, required=False)
    power = number_field(_("供电容量不低于"), "kVA", 2, required=False)
    price = number_field(_("可接受价格"), "", 2, required=False)
    price_unit = forms.ChoiceField(label=_("计价单位"), choices=PRICED_IN, required=False)


def entered(row: Space | SpaceNeed) -> dict[str, Any]:
    """What the form shows first, with the version that it was read from."""
    form = SpaceForm if isinstance(row, Space) else NeedForm
    shown = {name: getattr(row, name) for name in form.base_fields if name != "datum"}
    return shown | {"version": row.version}
