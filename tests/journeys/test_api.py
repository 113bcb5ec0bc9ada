"""Programs and the API of a running server: what the how-to shows works, and twice is once."""

import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.house.tree import ROOT
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

HOW_TO = ROOT / "docs" / "how-to" / "use-the-api.md"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
MAKE_TOKEN = """
import django; django.setup()
from django.utils import timezone
from shangheng.core.accounts.models import User
from shangheng.core.api.services import issue_token, grantable
owner = User.objects.filter(grants__role="statistics_clerk", unit__isnull=False)[:1].get()
print(issue_token(actor=owner, at=timezone.now(), name="how-to", scopes=grantable(owner), days=1)[1])
"""
TOGETHER = 6
ROUNDS = 5


@pytest.fixture
def environment(server: Server) -> dict[str, str]:
    """What the how-to has exported: the address, and a token of a clerk."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE_TOKEN],
        env=server.data.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return {**os.environ, "SHANGHENG_URL": server.url, "SHANGHENG_TOKEN": made.stdout.strip()}


def blocks(kind: str) -> list[str]:
    return [
        text for found, text in BLOCK.findall(HOW_TO.read_text(encoding="utf-8")) if found == kind
    ]


def test_the_curl_commands_of_the_how_to_answer_json(environment: dict[str, str]) -> None:
    lines = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]
    calls = [line for line in lines if line.startswith("curl ")]
    assert calls
    for call in calls:
        words = shlex.split(_filled(call, environment))
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{call}: {done.stdout}{done.stderr}"
        assert json.loads(done.stdout)


def test_the_python_of_the_how_to_posts_once_and_takes_back(
    environment: dict[str, str], tmp_path: Path
) -> None:
    [program] = blocks("python")
    file = tmp_path / "program.py"
    file.write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(file)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"posted \d+ taken back by \d+\n", done.stdout)


def test_requests_with_one_key_at_the_same_time_are_done_once(environment: dict[str, str]) -> None:
    address = environment["SHANGHENG_URL"] + "/api/v1"
    headers = {"Authorization": f"Bearer {environment['SHANGHENG_TOKEN']}"}
    unit = requests.get(f"{address}/me", headers=headers, timeout=30).json()["unit"]["id"]
    for number in range(ROUNDS):
        source = f"同键{number}"
        line = {
            "indicator": "investment.capital_in_place",
            "unit": unit,
            "value": "0.01",
            "unit_of_measure": "亿元",
            "occurred_on": "2021-03-31",
        }

        def send(_which: int, source: str = source, line: object = line) -> requests.Response:
            return requests.post(
                f"{address}/targets/postings",
                json={"source": source, "lines": [line]},
                headers={**headers, "Idempotency-Key": source.encode().hex()},
                timeout=60,
            )

        with ThreadPoolExecutor(TOGETHER) as crowd:
            answers = list(crowd.map(send, range(TOGETHER)))
        assert {answer.status_code for answer in answers} == {201}, [a.text for a in answers]
        assert len({answer.text for answer in answers}) == 1
        assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == TOGETHER - 1
        found = requests.get(
            f"{address}/targets/postings", params={"q": source}, headers=headers, timeout=30
        )
        assert found.json()["total"] == 1


def _filled(call: str, environment: dict[str, str]) -> str:
    for name in ("SHANGHENG_URL", "SHANGHENG_TOKEN"):
        call = call.replace(f"${name}", environment[name])
    return call
