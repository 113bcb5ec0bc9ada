"""Who imports: ours through the product, the bare minimum, and django-import-export in two settings."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader
from python_calamine import CalamineWorkbook

from benchmarks.importing.register import BATCH, COLUMNS, FIELDS, TABLE, Firm
from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Kind
from shangheng.core.imports.held import Upload
from shangheng.core.imports.services.commit import commit
from shangheng.core.imports.services.preview import preview


def ours(content: bytes) -> None:
    """Read, checked, matched, written, remembered row by row for undo, and audited."""
    upload = Upload("register.xlsx", content)
    actor = User.objects.get(username="bench")
    commit(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def our_preview(content: bytes) -> None:
    """What the person sees before: all of it but the writing."""
    actor = User.objects.get(username="bench")
    upload = Upload("register.xlsx", content)
    found = preview(actor=actor, at=timezone.now(), table=TABLE, upload=upload)
    assert found.ok, found.errors[:3]


def bare(content: bytes) -> None:
    """The same reader and `bulk_create`; nothing is checked."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        rows = book.get_sheet_by_index(0).to_python()
    firms = []
    for row in rows[1:]:
        values: dict[str, Any] = dict(zip(FIELDS, row, strict=True))
        for key in ("capital", "turnover", "area", "staff"):
            values[key] = None if values[key] == "" else values[key]
        firms.append(Firm(**values))
    with transaction.atomic():
        Firm.objects.bulk_create(firms, batch_size=BATCH)


class _Day(widgets.DateWidget):  # type: ignore[misc]
    """Takes the instant that openpyxl reads for a day."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        return value.date() if isinstance(value, datetime) else super().clean(value, row, **kwargs)


_WIDGETS: dict[Kind, Callable[[], widgets.Widget]] = {
    Kind.DATE: _Day,
    Kind.DECIMAL: widgets.DecimalWidget,
    Kind.INTEGER: widgets.IntegerWidget,
}


def _fields() -> dict[str, fields.Field]:
    return {
        column.key: fields.Field(
            column.key,
            column.key,
            widget=_WIDGETS.get(column.kind, lambda: widgets.CharWidget(allow_blank=True))(),
        )
        for column in COLUMNS
    }


class _Meta:
    model = Firm
    fields = FIELDS
    import_id_fields = ["code"]
    clean_model_instances = True
    use_transactions = True


class _TunedMeta(_Meta):
    use_bulk = True
    batch_size = BATCH
    skip_diff = True
    report_skipped = False
    instance_loader_class = CachedInstanceLoader


class _Tuned(resources.ModelResource):  # type: ignore[misc]
    """Uniqueness is known from the cached instances: no query for each row."""

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        super().validate_instance(instance, import_validation_errors, validate_unique=False)


def _resource(base: type[Any], meta: type[_Meta]) -> Any:
    return type("FirmResource", (base,), {**_fields(), "Meta": meta})()


def import_export(content: bytes, *, tuned: bool) -> None:
    """django-import-export as documented, or with everything set for speed."""
    data = XLSX().create_dataset(content)
    resource = _resource(*((_Tuned, _TunedMeta) if tuned else (resources.ModelResource, _Meta)))
    result = resource.import_data(data, raise_errors=True)
    assert not result.has_validation_errors(), result.invalid_rows[0].error
