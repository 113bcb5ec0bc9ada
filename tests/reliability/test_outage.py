"""The database goes away and comes back; the disk is full and is cleared."""

import os

import pytest

from tests.reliability import clock
from tests.reliability.outage import may_mount, on_a_full_disk, without_database


@pytest.mark.skipif(
    not os.environ.get("SHANGHENG_TEST_DATABASE"), reason="once, with the tests on PostgreSQL"
)
def test_the_server_says_that_the_database_is_away_and_recovers_by_itself() -> None:
    assert len(list(without_database())) == 3


@pytest.mark.skipif(
    bool(os.environ.get("SHANGHENG_TEST_DATABASE")) or not may_mount(),
    reason="once, with the tests on SQLite, by a user who may mount a small disk",
)
def test_on_a_full_disk_nothing_is_half_written_and_clearing_it_is_enough() -> None:
    assert len(list(on_a_full_disk())) == 3


@pytest.mark.skipif(
    bool(os.environ.get("SHANGHENG_TEST_DATABASE")) or not clock.COMPILER,
    reason="once, with the tests on SQLite, where there is a C compiler",
)
def test_a_server_whose_clock_is_set_back_takes_every_fact_and_changes_nothing_quoted() -> None:
    assert len(list(clock.set_back())) == 4
