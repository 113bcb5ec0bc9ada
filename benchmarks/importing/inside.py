"""One database: `python -m benchmarks.importing.inside ROWS ROUNDS PEERS`, with an installation's environment."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django
from django.core.management import call_command


def main(rows: int, rounds: int, peers: int) -> dict[str, Any]:
    """Seconds of every run by contender; the contenders take turns, and must leave the same rows."""
    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection
    from django.utils import timezone

    from benchmarks.importing import contenders, register
    from shangheng.core.accounts.services import create_user, grant

    at = timezone.now()
    person = create_user(
        actor=None, at=at, username="bench", display_name="bench", password="Wei-ming-2021"
    )
    grant(actor=None, at=at, user=person, role="statistics_clerk")
    register.make_table()
    content = register.workbook(rows)
    acts: dict[str, tuple[Callable[[bytes], None], int]] = {
        "bare": (contenders.bare, rounds),
        "preview": (contenders.our_preview, rounds),
        "ours": (contenders.ours, rounds),
        "tuned": (partial(contenders.import_export, tuned=True), peers),
        "default": (partial(contenders.import_export, tuned=False), peers),
    }
    seconds: dict[str, list[float]] = {name: [] for name in acts}
    left = set()
    for round_ in range(max(rounds, peers)):
        for name, (act, times) in acts.items():
            if round_ >= times:
                continue
            start = time.perf_counter()
            act(content)
            seconds[name].append(time.perf_counter() - start)
            if name != "preview":
                left.add(register.digest_of_rows())
            register.empty()
    assert len(left) == 1, f"the contenders left different rows: {left}"
    return {
        "database": connection.vendor,
        "rows": rows,
        "bytes": len(content),
        "seconds": seconds,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(int, sys.argv[1:]))) + "\n")
