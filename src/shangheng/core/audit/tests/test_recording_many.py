from datetime import timedelta

import pytest
from django.db import transaction

from shangheng.core.audit import services
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import Told, listen, record, record_many, verify
from shangheng.core.audit.tests.raw import AT, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
ACT = "investment.project.enter"


def told(count: int) -> list[Told]:
    return [
        Told(ACT, f"investment.project:{n}", f"项目{n}", after={"name": n}) for n in range(count)
    ]


def test_many_rows_are_the_rows_that_one_by_one_would_be() -> None:
    first = record(actor=Somebody(), act=ACT, at=AT, target="investment.project:0", label="项目0")
    with transaction.atomic():
        record_many(actor=Somebody(), at=AT, told=told(3))
    record(actor=Somebody(), act=ACT, at=AT + timedelta(hours=1))
    rows = list(Row.objects.filter(number__gt=first.number).order_by("number"))
    assert [row.number - first.number for row in rows] == [1, 2, 3, 4]
    assert rows[0].previous_hash == first.hash
    assert all(row.hash == row.fields().digest() for row in rows)
    assert (rows[1].label, rows[1].after, rows[1].before) == ("项目1", {"name": 1}, None)
    assert verify().ok


def test_what_somebody_listens_to_is_not_recorded_unheard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[Row] = []
    monkeypatch.setitem(services._listeners, "investment.lead.enter", [])
    listen("investment.lead.enter", heard.append)
    with pytest.raises(RuntimeError, match="listens"), transaction.atomic():
        record_many(actor=None, at=AT, told=[Told("investment.lead.enter")])


def test_an_act_that_is_not_declared_is_not_recorded() -> None:
    with pytest.raises(LookupError), transaction.atomic():
        record_many(actor=None, at=AT, told=[Told("investment.dream")])
