"""A few kills; `python -m tests.reliability.kill_server` makes as many as one likes."""

import os
from collections.abc import Iterator

import pytest

from tests.journeys.server import Data
from tests.postgres import Cluster
from tests.reliability.client import Fact
from tests.reliability.kill_server import Ledger, faults, fresh, run

ON_POSTGRESQL = bool(os.environ.get("SHANGHENG_TEST_DATABASE"))


@pytest.fixture(params=["server", "server and database"] if ON_POSTGRESQL else ["server"])
def victim(request: pytest.FixtureRequest) -> Iterator[tuple[Data, Cluster | None]]:
    """Fresh data, and the database server that is killed too, if any."""
    with fresh(own_cluster=request.param != "server") as made:
        yield made


def test_a_killed_server_has_lost_nothing_it_acknowledged_and_left_nothing_half_written(
    victim: tuple[Data, Cluster | None],
) -> None:
    data, database = victim
    told = list(run(data, times=3, clients=3, seconds=0.5, database=database))
    assert len(told) == 4


def state(*entries: tuple[str, list[tuple[int, int]], list[str]]) -> dict[str, object]:
    told = [{"source": s, "postings": p, "vouchers": v} for s, p, v in entries]
    count = sum(len(postings) for _source, postings, _vouchers in entries)
    return {
        "entries": told,
        "postings": count,
        "findings": [],
        "audit_rows": 3,
        "audit_head": 3,
    }


@pytest.fixture
def ledger() -> Ledger:
    """One fact of 1.50 that was acknowledged as #7."""
    return Ledger({"a": Fact("a", 1, "2021-01-15", "1.50")}, {"a": 7})


WHOLE = ("a", [(7, 150 * 10**8)], ["a.csv"])


def test_a_whole_posting_is_no_fault(ledger: Ledger) -> None:
    assert faults(ledger, state(WHOLE)) == []


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (WHOLE, ("a", [(8, 150 * 10**8)], ["a.csv"])),
        (("a", [], ["a.csv"]),),
        (("a", [(7, 150 * 10**8)], []),),
        (("a", [(7, 15 * 10**8)], ["a.csv"]),),
        (WHOLE, ("b", [(8, 1)], ["b.csv"])),
    ],
    ids=["lost", "doubled", "without its posting", "without its voucher", "altered", "invented"],
)
def test_a_posting_that_is_not_whole_is_a_fault(
    ledger: Ledger, entries: tuple[tuple[str, list[tuple[int, int]], list[str]], ...]
) -> None:
    assert faults(ledger, state(*entries))
