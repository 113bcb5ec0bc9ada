"""Fields that the forms of the desk share."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.domain.mapping import GCJ02, in_wgs84
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.registry.industries import divisions, industry_name, section_of, sections
from shangheng.methods.wording import named

if TYPE_CHECKING:
    OnePerson = forms.ModelChoiceField[User]
    SomePeople = forms.ModelMultipleChoiceField[User]
else:  # the fields of Django take no type parameter when they run
    OnePerson, SomePeople = forms.ModelChoiceField, forms.ModelMultipleChoiceField


DATUMS = [("", _("WGS-84（GPS、天地图）")), (GCJ02, _("GCJ-02（高德、腾讯地图）"))]


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def text_field(label: Any, most: int, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **kwargs)


class NumberField(forms.DecimalField):
    """A number, shown without the noughts of its column."""

    def prepare_value(self, value: Any) -> Any:
        """As it was entered: 12.5, where the table keeps 12.500000."""
        return trimmed(value) if isinstance(value, Decimal) else value


def number_field(label: Any, unit: Any, places: int, **kwargs: Any) -> NumberField:
    """A number with its unit inside the field."""
    field = NumberField(label=label, max_digits=18, decimal_places=places, **kwargs)
    field.unit = unit  # type: ignore[attr-defined] # the frame draws it inside the field
    field.widget = forms.TextInput({"inputmode": "decimal"})
    return field


class PlaceForm(forms.Form):
    """Where something is; what a Chinese map gave is turned into WGS-84, in which places are kept."""

    longitude = number_field(_("经度"), "°", 6, required=False, min_value=-180, max_value=180)
    latitude = number_field(
        _("纬度"), "°", 6, required=False, min_value=-90, max_value=90,
        help_text=_("经纬度一起填；系统按 WGS-84 保存。"),
    )  # fmt: skip
    datum = forms.ChoiceField(
        label=_("坐标取自"),
        choices=DATUMS,
        required=False,
        help_text=_(
            "取自高德、腾讯地图的选 GCJ-02，保存时换算；百度的坐标还有一次偏移，请先换成 GCJ-02。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The place in WGS-84, without its datum. What was not entered anew is not converted."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        longitude, latitude = values.get("longitude"), values.get("latitude")
        if values.pop("datum", "") == GCJ02 and longitude is not None and latitude is not None:
            if {"longitude", "latitude"} & set(self.changed_data):
                values["longitude"], values["latitude"] = in_wgs84(longitude, latitude)
            else:
                self.add_error("datum", _("坐标没有改；只换算新填的坐标。"))
        return values


def person_label(person: User) -> str:
    """A person with their unit."""
    return f"{person.display_name} · {person.unit.label}" if person.unit else person.display_name


class PersonField(OnePerson):
    """One of those who deal with investment."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), empty_label="—", **kwargs)

    def label_from_instance(self, obj: User) -> str:
        """How a person is offered."""
        return person_label(obj)


class PeopleField(SomePeople):
    """Any of those who deal with investment."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: User) -> str:
        """How a person is offered."""
        return person_label(obj)


class ProjectField(forms.CharField):
    """A project that somebody may see, found by typing part of its name or its number.

    `actor` is set by the form that has the field; the value is the project, None for nothing.
    """

    actor: User

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("招商项目"), "max_length": 120, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What lets the page offer projects while one types."""
        return super().widget_attrs(widget) | {
            "list": "project-options",
            "hx-get": reverse_lazy("project-pick"),
            "hx-trigger": "input changed delay:300ms, focus once",
            "hx-target": "#project-options",
            "autocomplete": "off",
        }

    def prepare_value(self, value: Any) -> Any:
        """A project as it is offered."""
        return project_label(value) if isinstance(value, Project) else value

    def clean(self, value: Any) -> Project | None:
        """The project. Raises ValidationError for none and for several of that name."""
        text = super().clean(value).strip()
        if not text:
            return None
        number = re.match(r"#?(\d{1,18})(\s|$)", text)
        wanted = Q(pk=number[1]) if number else Q(name=text)
        found = list(projects_for(self.actor).filter(wanted)[:2])
        if len(found) > 1:
            raise forms.ValidationError(_("有几个项目叫这个名字，请从列表里选。"))
        if not found:
            raise forms.ValidationError(_("没有这个项目，请输入名称或编号，从列表里选。"))
        return found[0]


def project_label(row: Project) -> str:
    """How a project is offered: its number and its name."""
    return f"#{row.pk} {row.name}"


def industries(kept: str = "") -> list[Any]:
    """Divisions of GB/T 4754 under their sections, and the code that is kept, if it is finer."""
    by_section: dict[str, list[tuple[str, str]]] = {letter: [] for letter in sections()}
    for number, name in divisions().items():
        letter = section_of(number)
        by_section[letter].append((letter + number, f"{letter}{number} {name}"))
    names = {letter: named(row["zh"], row["en"]) for letter, row in sections().items()}
    offered = [
        (names[letter], [(letter, f"{letter} {names[letter]}"), *some])
        for letter, some in by_section.items()
    ]
    finer = [(kept, f"{kept} {industry_name(kept)}")] if len(kept) > len("C39") else []
    return [("", "—"), *finer, *offered]


def industry_field() -> forms.ChoiceField:
    """An industry of GB/T 4754-2017."""
    return forms.ChoiceField(
        label=_("行业"), required=False, help_text=_("GB/T 4754-2017 的门类或大类。")
    )
