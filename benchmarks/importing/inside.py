"""One database: `python -m benchmarks.importing.inside ROWS ROUNDS PEERS PEER_ROWS`, with an installation's environment."""

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import django
from django.core.management import call_command


def main(rows: int, rounds: int, peers: int, peer_rows: int) -> dict[str, Any]:
    """Seconds of every run by contender; the contenders take turns, and must leave the same rows."""
    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection
    from django.utils import timezone

    from benchmarks.clock import Clock
    from benchmarks.importing import contenders, register
    from shangheng.core.accounts.services import create_user, grant

    at = timezone.now()
    person = create_user(
        actor=None, at=at, username="bench", display_name="bench", password="Wei-ming-2021"
    )
    grant(actor=None, at=at, user=person, role="statistics_clerk")
    register.make_table()
    contents = {count: register.workbook(count) for count in {rows, peer_rows}}
    acts: dict[str, tuple[Callable[[bytes], None], int, int]] = {
        "bare": (contenders.bare, rounds, rows),
        "preview": (contenders.our_preview, rounds, rows),
        "ours": (contenders.ours, rounds, rows),
        "tuned": (partial(contenders.import_export, tuned=True), peers, peer_rows),
        "default": (partial(contenders.import_export, tuned=False), peers, peer_rows),
    }
    clock = Clock()
    found: dict[str, dict[str, Any]] = {
        name: {"rows": count, "cpu": [], "clock": []}
        for name, (_act, _times, count) in acts.items()
    }
    left = {(count, _left_by(contenders.bare, content)) for count, content in contents.items()}
    for round_ in range(max(rounds, peers)):
        for name, (act, times, count) in acts.items():
            if round_ >= times:
                continue
            begun, begun_cpu = clock.now()
            act(contents[count])
            ended, ended_cpu = clock.now()
            found[name]["clock"].append((ended - begun) / 1000)
            found[name]["cpu"].append((ended_cpu - begun_cpu) / 1000)
            if name != "preview":
                left.add((count, register.digest_of_rows()))
            register.empty()
    assert len(left) == len(contents), f"the contenders left different rows: {left}"
    return {
        "database": connection.vendor,
        "rows": rows,
        "bytes": len(contents[rows]),
        "found": found,
    }


def _left_by(act: Callable[[bytes], None], content: bytes) -> tuple[Any, ...]:
    """What the register holds after an import that is not measured."""
    from benchmarks.importing import register

    act(content)
    digest = register.digest_of_rows()
    register.empty()
    return digest


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(int, sys.argv[1:]))) + "\n")
