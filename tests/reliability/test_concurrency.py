"""Many people and processes at once: nobody sees a locked database, nothing is lost or doubled."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.server import Data
from tests.reliability.kill_server import ask

NUMBERS = count(1)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Data]:
    """A fresh installation with two clerks of one unit, made once."""
    made = Data.empty(tmp_path_factory.mktemp("crowd"), f"crowd_{os.getpid()}")
    ask(made, "prepare", "2")
    yield made
    made.remove()


@pytest.fixture
def data(prepared: Data, tmp_path: Path) -> Iterator[Data]:
    """The same for one story."""
    copy = prepared.copy(tmp_path / "data", f"crowd_{os.getpid()}_{next(NUMBERS)}")
    yield copy
    copy.remove()


def crowd(data: Data, *jobs: tuple[str, int, int]) -> list[list[dict[str, Any]]]:
    """For each job (what, threads, times) a process, all at once; what each thread came to."""
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.reliability.workers",
                f"w{place}",
                str(threads),
                job,
                str(times),
            ],
            env=data.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for place, (job, threads, times) in enumerate(jobs)
    ]
    answers = []
    for process in running:
        told, problem = process.communicate(timeout=300)
        assert process.returncode == 0, problem
        answers.append(json.loads(told))
    return answers


def errors(answers: list[list[dict[str, Any]]]) -> list[str]:
    return [error for threads in answers for told in threads for error in told["errors"]]


def done(threads: list[dict[str, Any]]) -> int:
    return sum(told["done"] for told in threads)


def test_processes_that_post_attach_recognise_and_roll_at_once_never_stand_in_each_others_way(
    data: Data,
) -> None:
    crowd(data, ("post", 1, 6))
    answers = crowd(
        data, ("post", 3, 8), ("post", 3, 8), ("attach", 3, 8), ("recognise", 3, 6), ("roll", 1, 8)
    )
    assert not errors(answers)
    assert [done(threads) for threads in answers[:3]] == [24, 24, 24]
    state = ask(data, "state")
    assert not state["findings"]
    assert state["audit_rows"] == state["audit_head"], "no audit number is lost or given twice"
    assert state["postings"] == 4 * (6 + 24 + 24)
    rolled = ask(data, "rollups")
    assert rolled["equal"]
    assert rolled["rows"]


def test_of_those_who_decide_on_the_same_submission_at_once_only_the_first_is_heard(
    data: Data,
) -> None:
    crowd(data, ("post", 1, 4))
    ask(data, "submit")
    answers = crowd(data, ("decide", 3, 8), ("decide", 3, 8))
    assert not errors(answers)
    assert sum(done(threads) for threads in answers) == 8, "each of the eight postings once"
    refused = [text for threads in answers for told in threads for text in told["refused"]]
    assert len(refused) == 8 * 5
    assert all("已报待认定" in text for text in refused)
    state = ask(data, "state")
    assert not state["findings"]
    assert state["negative"] == 0


def test_who_keeps_a_reply_and_who_withdraws_what_it_decides_wait_in_one_order(data: Data) -> None:
    """Turn before rows: with rows before turn, each would hold what the other waits for."""
    crowd(data, ("post", 1, 1))
    ask(data, "submit")
    told = ask(data, "crossing")
    assert told["first"] == "done"
    assert told["second"].startswith("CannotMove")


def test_a_state_that_many_post_at_once_for_one_day_is_there_once(data: Data) -> None:
    answers = crowd(data, ("state", 3, 5), ("state", 3, 5))
    assert not errors(answers)
    assert sum(done(threads) for threads in answers) == 5
    state = ask(data, "state")
    assert state["postings"] == 5
    assert state["series"] == 1, "a series made by many at once is made once"


@pytest.mark.parametrize("job", ["prefer", "rename"])
def test_of_those_who_save_the_same_version_at_once_only_the_first_is_heard(
    data: Data, job: str
) -> None:
    answers = crowd(data, (job, 3, 8), (job, 3, 8))
    assert not errors(answers)
    assert sum(done(threads) for threads in answers) == 8, "each of the eight versions once"
    refused = [text for threads in answers for told in threads for text in told["refused"]]
    assert len(refused) == 8 * 5
