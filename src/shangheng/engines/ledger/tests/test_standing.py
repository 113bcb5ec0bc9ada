from decimal import Decimal
from typing import Any

from shangheng.core.accounts.models import User
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, Standing
from shangheng.engines.ledger.services import standing
from shangheng.engines.ledger.services.posting import reverse
from shangheng.engines.ledger.services.recognition import decide, resubmit, submit, withdraw
from shangheng.engines.ledger.tests.conftest import Record, on

CAPITAL = "investment.capital_in_place"


def kept() -> list[tuple[int, Status]]:
    """What stands where, which must be what the postings say."""
    assert standing.differences() == []
    return [
        (pk, Status(status))
        for pk, status in Standing.objects.order_by("posting", "status").values_list(
            "posting", "status"
        )
    ]


def test_where_amounts_stand_follows_every_step_of_recognition(record: Record, clerk: User) -> None:
    one = record(CAPITAL, "10", "2021-01-20", "2021-02-10")
    two = record(CAPITAL, "4", "2021-01-21", "2021-02-10")
    three = record("retail.total", "40", "2021-01-31", "2021-02-10")
    at_once = (three.pk, Status.RECOGNISED)  # nobody recognises it
    assert kept() == [(one.pk, Status.CLAIMED), (two.pk, Status.CLAIMED), at_once]
    submit(actor=clerk, at=on("2021-02-11"), postings=[one.pk, two.pk])
    withdraw(actor=clerk, at=on("2021-02-12"), postings=[two.pk])
    assert kept() == [(one.pk, Status.SUBMITTED), (two.pk, Status.CLAIMED), at_once]
    told: dict[str, Any] = {"actor": clerk, "posting": one.pk, "reason": "same_city_investor"}
    decide(at=on("2021-02-13"), recognised=Decimal(4), rejected=Decimal(0), **told)
    rest, answered = [(two.pk, Status.CLAIMED), at_once], (one.pk, Status.RECOGNISED)
    assert kept() == [(one.pk, Status.SUBMITTED), answered, *rest], "a part has no answer yet"
    decide(at=on("2021-02-14"), recognised=Decimal(0), rejected=Decimal(6), **told)
    assert kept() == [answered, (one.pk, Status.REJECTED), *rest]
    resubmit(actor=clerk, at=on("2021-02-15"), posting=one.pk, note="补了发票")
    assert kept() == [(one.pk, Status.SUBMITTED), answered, *rest]


def test_what_is_reversed_stands_nowhere(record: Record, clerk: User) -> None:
    one = record(CAPITAL, "10", "2021-01-20", "2021-02-10")
    submit(actor=clerk, at=on("2021-02-11"), postings=[one.pk])
    reverse(actor=clerk, at=on("2021-02-12"), postings=[one.pk], reason="记错了")
    assert kept() == []


def test_a_row_that_went_missing_is_named_and_made_again(record: Record) -> None:
    one: Posting = record(CAPITAL, "10", "2021-01-20", "2021-02-10")
    Standing.objects.all().delete()
    assert standing.differences() == [f"#{one.pk}"]
    standing.rebuild()
    assert kept() == [(one.pk, Status.CLAIMED)]
