"""Fields that the forms of the desk share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.engines.registry.industries import divisions, industry_name, section_of, sections
from shangheng.methods.wording import named

if TYPE_CHECKING:
    OnePerson = forms.ModelChoiceField[User]
    SomePeople = forms.ModelMultipleChoiceField[User]
else:  # the fields of Django take no type parameter when they run
    OnePerson, SomePeople = forms.ModelChoiceField, forms.ModelMultipleChoiceField


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def text_field(label: Any, most: int, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **kwargs)


def number_field(label: Any, unit: Any, places: int, **kwargs: Any) -> forms.DecimalField:
    """A number with its unit inside the field."""
    field = forms.DecimalField(label=label, max_digits=18, decimal_places=places, **kwargs)
    field.unit = unit  # type: ignore[attr-defined] # the frame draws it inside the field
    field.widget = forms.TextInput({"inputmode": "decimal"})
    return field


def colleagues() -> QuerySet[User]:
    """People in use who deal with investment, unit by unit."""
    codes = [role.code for role in roles().values() if "investment.view" in role.permissions]
    dealing = User.objects.filter(grants__role__in=codes, is_active=True).values("pk")
    people = User.objects.filter(pk__in=dealing).select_related("unit")
    return people.order_by("unit__path", "username")


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
