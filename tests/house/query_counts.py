"""How many queries a page may take: counted once, kept in `query_counts.json`, held from then on.

In a test: `with pinned("targets.cockpit"): client.get(…)`. With SHANGHENG_TEST_PIN=1 the counts are
written anew, with SHANGHENG_TEST_PIN=new those of pages that have none; look at the difference before
committing it.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

PINS = Path(__file__).with_name("query_counts.json")


def pins() -> dict[str, int]:
    """Page → queries."""
    counts: dict[str, int] = json.loads(PINS.read_text(encoding="utf-8"))
    return counts


@contextmanager
def pinned(page: str) -> Iterator[None]:
    """Fail when what is done inside takes another number of queries than the one kept for `page`."""
    with CaptureQueriesContext(connection) as captured:
        yield
    counted, kept = len(captured), pins().get(page)
    wanted = os.environ.get("SHANGHENG_TEST_PIN")
    if wanted == "1" or (wanted == "new" and kept is None):
        counts = {**pins(), page: counted}
        PINS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    elif counted != kept:
        listed = "\n".join(query["sql"][:200] for query in captured.captured_queries)
        raise AssertionError(
            f"{page} takes {counted} queries, {kept} are kept in {PINS.name}. More: fetch related rows at "
            f"once (select_related, prefetch_related). Meant or fewer: SHANGHENG_TEST_PIN=1.\n{listed}"
        )
