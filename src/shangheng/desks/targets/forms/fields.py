"""Fields and widgets that the forms of this desk share."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.targets import words
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import Upload
from shangheng.engines.ledger import catalogue

VOUCHER = "voucher-"
DAY = {"type": "date"}


class AmountField(forms.DecimalField):
    """A number as people type it: full-width digits, thousands separators and spaces are taken."""

    unit = ""
    default_error_messages = {"invalid": _("请只填数字和小数点，单位已写在框里")}

    def __init__(self, **options: Any) -> None:
        plain = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": plain, **options})

    def to_python(self, value: Any) -> Any:
        """The number, None where nothing was typed. Raises ValidationError."""
        if isinstance(value, str):
            text = unicodedata.normalize("NFKC", value).replace("\N{MINUS SIGN}", "-")
            value = text.replace(",", "").replace(" ", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A number as it is typed, without an exponent."""
        return f"{value:f}" if isinstance(value, Decimal) else value


if TYPE_CHECKING:
    _UnitChoice = forms.ModelChoiceField[OrgUnit]
else:
    _UnitChoice = forms.ModelChoiceField  # which takes its parameter only for the type checker


class UnitField(_UnitChoice):
    """A responsible unit, set in by its depth in the tree."""

    def label_from_instance(self, obj: OrgUnit) -> str:
        """Its name."""
        return "\u3000" * max(obj.depth - 1, 0) + obj.label


def offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Let a field choose among `choices`."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def offer_units(form: forms.Form, name: str, units: QuerySet[OrgUnit]) -> None:
    """Let a field choose among units."""
    field = form.fields[name]
    if isinstance(field, UnitField):
        field.queryset = units


def in_unit(form: forms.Form, name: str, unit: str) -> None:
    """Show the unit of measure inside a field."""
    field = form.fields[name]
    if isinstance(field, AmountField):
        field.unit = unit


def offer_documents(form: forms.Form, documents: Iterable[Document]) -> None:
    """Let the field `documents` choose among documents; without any, the field goes."""
    choices = [
        (
            str(one.pk),
            _("%(name)s（%(kind)s）") % {"name": one.name, "kind": words.kind_word(one.kind)},
        )
        for one in documents
    ]
    if choices:
        offer(form, "documents", choices)
    else:
        del form.fields["documents"]


def day_field(today: date, **options: Any) -> forms.DateField:
    """A day that is not in the future."""
    return forms.DateField(
        widget=forms.DateInput({**DAY, "max": today.isoformat()}, format="%Y-%m-%d"), **options
    )


def reason_choices(today: date) -> list[tuple[str, str]]:
    """The reasons for 拒统 that hold today, after “none”."""
    rows = catalogue.rejection_reasons(today)
    return [("", str(_("请选择"))), *((row["code"], words.named(row)) for row in rows)]


def kind_choices(first: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Kinds of voucher, those of `first` before the others."""
    offered = words.voucher_kinds(timezone.localdate())
    accepted = [code for code in first if code in offered]
    rest = [code for code in offered if code not in accepted]
    return [(code, words.kind_word(code)) for code in (*accepted, *rest)]


def uploads_in(request: HttpRequest) -> Iterator[Upload]:
    """The files that came as `voucher-<kind>`; `voucher-` alone takes its kind from `other_kind`."""
    files = request.FILES
    known = words.voucher_kinds()
    for name in files:
        if not name.startswith(VOUCHER):
            continue
        kind = name.removeprefix(VOUCHER) or request.POST.get("other_kind", "")
        for file in files.getlist(name):
            yield Upload(file.name or "", file.read(), kind if kind in known else "")


def upload_of(file: "UploadedFile[bytes] | None", kind: str) -> Upload | None:
    """One file of a form field."""
    return None if file is None else Upload(file.name or "", file.read(), kind)
