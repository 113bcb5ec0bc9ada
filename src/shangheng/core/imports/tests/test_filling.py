from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from shangheng.core.accounts.tests.people import person
from shangheng.core.database.filling import fill
from shangheng.core.imports.models import Batch, BatchRow

pytestmark = pytest.mark.django_db

AT = datetime(2021, 12, 1, 9, 30, tzinfo=UTC)
SIZE = 3


def batch() -> Batch:
    return Batch.objects.create(
        table="x", name="一月.xlsx", sha256="0" * 64, size=1, created_by=person(), created_at=AT
    )


def test_rows_come_back_as_they_went_in_under_the_keys_that_are_told() -> None:
    made = batch()
    keys = fill(
        BatchRow,
        {
            "batch_id": [made.pk] * SIZE,
            "number": [2, 3, 4],
            "target": [10, 11, 2**40],
            "before": [None, {"name": "甲“公司”\t\\N\n"}, {"value": None}],
        },
    )
    rows = list(BatchRow.objects.order_by("number"))
    assert [row.pk for row in rows] == list(keys)
    assert [(row.target, row.before, row.after) for row in rows] == [
        (10, None, None),
        (11, {"name": "甲“公司”\t\\N\n"}, None),
        (2**40, {"value": None}, None),
    ]
    assert BatchRow.objects.filter(before__isnull=True).count() == 1, "no value is not JSON's null"


def test_fields_that_are_not_named_get_their_default() -> None:
    who = person()
    columns: dict[str, list[object]] = {
        "table": ["x"],
        "name": ["一"],
        "sha256": ["0" * 64],
        "size": [1],
        "created_by_id": [who.pk],
        "created_at": [AT],
    }
    (key,) = fill(Batch, columns)
    made = Batch.objects.get(pk=key)
    assert (made.state, made.columns, made.unit, made.created_at) == (Batch.DONE, {}, None, AT)


def test_what_is_written_afterwards_by_others_gets_other_keys() -> None:
    made = batch()
    rows = {"batch_id": [made.pk], "number": [1], "target": [1]}
    first = fill(BatchRow, rows)
    between = BatchRow.objects.create(batch=made, number=2, target=2)
    last = fill(BatchRow, rows)
    assert len({*first, between.pk, *last}) == SIZE


def test_nothing_is_written_for_no_rows_and_a_short_column_is_a_fault() -> None:
    assert list(fill(BatchRow, {"batch_id": [], "number": [], "target": []})) == []
    made = batch()
    with pytest.raises(ValueError, match="zip"), transaction.atomic():
        fill(BatchRow, {"batch_id": [made.pk] * 2, "number": [1], "target": [1, 2]})
    assert not BatchRow.objects.exists()


def test_it_needs_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(RuntimeError, match="transaction"):
            fill(BatchRow, {"batch_id": [], "number": [], "target": []})
