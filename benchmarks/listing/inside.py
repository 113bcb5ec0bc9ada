"""Inside of the installation: makes the postings, asks for the lists in turn, prints what it took."""

import json
import random
import re
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

SEED = 20211231
UNITS, YEARS, LAST = 20, 4, 2021
ROW = re.compile(r"/targets/postings/(\d+)/")
ASKED = {
    "one year, one unit, by amount": "period=2021&unit={unit}&sort=-amount",
    "every year, one indicator, by amount, page 20": (
        "period=2021&all=1&indicator={indicator}&sort=-amount&page=20"
    ),
    "every year, words sought, by amount": "period=2021&all=1&q=企业7&sort=-amount",
}


def fill(rows: int) -> dict[str, Any]:
    """Postings of every year, unit and indicator, a third of them on their way through recognition."""
    from shangheng.core.accounts.models import Grant, OrgUnit, User
    from shangheng.engines.ledger import catalogue
    from shangheng.engines.ledger.models import Entry, Indicator, Series
    from shangheng.engines.ledger.services import standing

    units = [OrgUnit.objects.create(code=f"u{i}", name=f"单位{i}") for i in range(UNITS)]
    person = User.objects.create(
        username="reader", display_name="看的人", unit=units[0], must_change_password=False
    )
    Grant.objects.create(user=person, role="statistics_clerk", scope="all")
    now = datetime(LAST + 1, 3, 1, tzinfo=UTC)
    entry = Entry.objects.create(
        actor=person, recorded_at=now, act="ledger.post", source="表", digest=""
    )
    series, codes = [], list(catalogue.indicators())[:12]
    for code in codes:
        indicator, _made = Indicator.objects.get_or_create(code=code)
        series += [
            Series.objects.create(indicator=indicator, unit=unit, area=settings.HOME_AREA)
            for unit in units
        ]
    _post(rows, entry, series, now)
    standing.rebuild()
    return {"unit": units[3].pk, "indicator": codes[0]}


def _post(rows: int, entry: Any, series: list[Any], now: datetime) -> None:
    from shangheng.engines.ledger.models import Posting, RecognitionStep

    chance = random.Random(SEED)
    postings = Posting.objects.bulk_create(
        (
            Posting(
                entry=entry,
                series=chance.choice(series),
                version=1,
                subject=f"企业{chance.randrange(2000)}",
                amount=chance.randrange(1, 10**12),
                occurred_on=date(LAST, 12, 31) - timedelta(chance.randrange(365 * YEARS)),
                recorded_at=now,
                status=chance.choice((1, 3, 3)),
            )
            for _ in range(rows)
        ),
        batch_size=1000,
    )
    moved = [one for one in postings if one.status == 1]
    RecognitionStep.objects.bulk_create(
        (
            RecognitionStep(
                entry=entry,
                posting=one,
                origin=1,
                destination=2,
                amount=one.amount,
                authority="市招商办",
                recorded_at=now,
            )
            for one in moved[::2]
        ),
        batch_size=1000,
    )


def measure(rows: int, rounds: int) -> dict[str, Any]:
    """Every question to every contender, in turn."""
    from shangheng.core.accounts.models import User

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        named = fill(rows)
    if connection.vendor == "postgresql":  # as its autovacuum does; nobody does so on SQLite
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(User.objects.get(username="reader"))
    contenders = {
        "page": ("/targets/postings/", {}),
        "bare page": ("/bare/framed/", {}),
        "rows": ("/targets/postings/", {"HX-Request": "true", "HX-Target": "div#rows"}),
        "bare rows": ("/bare/alone/", {}),
        "frame": ("/bare/empty/", {}),
    }
    found: dict[str, Any] = {}
    for question, template in ASKED.items():
        query = template.format(**named)
        times: dict[str, list[float]] = {name: [] for name in contenders}
        queries, shown = {}, {}
        for number in range(rounds + 2):
            for name, (path, headers) in contenders.items():
                with CaptureQueriesContext(connection) as captured:
                    connection.force_debug_cursor = number == 1  # counted once, never while timed
                    begun = time.perf_counter()
                    answer = client.get(f"{path}?{query}", headers=headers)
                    spent = time.perf_counter() - begun
                assert answer.status_code == 200, (name, query, answer.status_code)
                if number == 1:
                    queries[name] = len(captured)
                    shown[name] = list(dict.fromkeys(ROW.findall(answer.content.decode())))
                elif number > 1:
                    times[name].append(spent * 1000)
        assert shown["page"] == shown["rows"] == shown["bare page"] == shown["bare rows"], question
        found[question] = {"times": times, "queries": queries, "rows": len(shown["page"])}
    return found


def main(arguments: list[str]) -> None:
    """Print what was measured as JSON."""
    settings.ROOT_URLCONF = "benchmarks.listing.bare"
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = {
        "vendor": connection.vendor,
        "questions": measure(*map(int, arguments)),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
