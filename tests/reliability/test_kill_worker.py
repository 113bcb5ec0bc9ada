"""A few killed workers; `python -m tests.reliability.kill_worker` makes as many as one likes."""

from tests.reliability.kill_server import fresh
from tests.reliability.kill_worker import faults, run


def test_jobs_whose_workers_are_killed_are_done_once_and_whole() -> None:
    with fresh(own_cluster=False) as (data, _database):
        told = list(run(data, times=2, seconds=2.0))
    assert len(told) == 3


def test_what_is_lost_doubled_or_half_done_is_a_fault() -> None:
    fine = {"findings": [], "jobs": {"done": 2}, "not_once": [], "not_whole": [], "bad_files": []}
    assert faults(fine, 2) == []
    for wrong in (
        {"jobs": {"done": 1, "running": 1}},
        {"not_once": [("1", 2)]},
        {"not_whole": [("1", 7)]},
        {"bad_files": [3]},
        {"findings": ["altered"]},
    ):
        assert len(faults({**fine, **wrong}, 2)) == 1
