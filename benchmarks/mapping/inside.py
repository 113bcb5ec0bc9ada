"""Inside of the installation: makes the projects, asks for the map, prints what it took."""

import json
import random
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

SEED = 20211231
NOW = datetime(2022, 3, 1, tzinfo=UTC)
STAGES = ("lead", "negotiation", "signed", "registered", "started")
ASKED = {
    "all projects": "",
    "a part of the district": "box=114.05,30.6,114.15,30.652",
    "one stage": "stage=signed",
    "words sought": "q=项目77",
}


def fill(rows: int) -> None:
    """Projects in clusters about the district; one in ten has no place."""
    from shangheng.core.accounts.models import Grant, OrgUnit, User
    from shangheng.desks.investment.models import Project
    from shangheng.engines.cases.models import Case

    chance = random.Random(SEED)
    unit = OrgUnit.objects.create(code="u", name="招商局")
    person = User.objects.create(
        username="reader", display_name="看的人", unit=unit, must_change_password=False
    )
    Grant.objects.create(user=person, role="section_head", scope="all")
    centres = [(chance.gauss(114.13, 0.08), chance.gauss(30.65, 0.05)) for _ in range(40)]
    cases = Case.objects.bulk_create(
        (
            Case(
                workflow="investment_project",
                workflow_version=1,
                subject_type="investment.project",
                subject_id=number,
                title=f"项目{number}",
                stage=chance.choice(STAGES),
                owner=person,
                unit=unit,
                visit=1,
                entered_at=NOW,
                opened_by=person,
                opened_at=NOW,
            )
            for number in range(1, rows + 1)
        ),
        batch_size=1000,
    )
    Project.objects.bulk_create(
        (
            Project(
                pk=case.subject_id,
                name=case.title,
                case=case,
                created_by=person,
                created_at=NOW,
                agreed_investment=1,
                agreed_cny=1,
                **_place(chance, centres),
            )
            for case in cases
        ),
        batch_size=1000,
    )


def _place(chance: random.Random, centres: list[tuple[float, float]]) -> dict[str, Decimal]:
    if chance.random() < 0.1:
        return {}
    east, north = chance.choice(centres)
    return {
        "longitude": Decimal(f"{chance.gauss(east, 0.01):.6f}"),
        "latitude": Decimal(f"{chance.gauss(north, 0.01):.6f}"),
    }


def measure(rows: int, rounds: int) -> dict[str, Any]:
    """Every question, as a page and as the part that filters change."""
    from shangheng.core.accounts.models import User

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill(rows)
    if connection.vendor == "postgresql":  # as its autovacuum does; nobody does so on SQLite
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(User.objects.get(username="reader"))
    parts: dict[str, dict[str, str]] = {
        "page": {},
        "part": {"HX-Request": "true", "HX-Target": "div#rows"},
    }
    return {
        name: {part: _asked(client, query, headers, rounds) for part, headers in parts.items()}
        for name, query in ASKED.items()
    }


def _asked(client: Client, query: str, headers: dict[str, str], rounds: int) -> dict[str, Any]:
    times: list[float] = []
    clocks: list[float] = []
    queries = marks = size = 0
    for number in range(rounds + 2):
        with CaptureQueriesContext(connection) as captured:
            connection.force_debug_cursor = number == 1  # counted once, never while timed
            clock, begun = time.perf_counter(), time.process_time()
            answer = client.get(f"/investment/projects/map/?{query}", headers=headers)
            spent, clock = time.process_time() - begun, time.perf_counter() - clock
        assert answer.status_code == 200, (query, answer.status_code)
        if number == 1:
            queries = len(captured)
            text = answer.content.decode()
            marks, size = text.count("<circle "), len(answer.content)
        elif number > 1:
            times.append(spent * 1000)
            clocks.append(clock * 1000)
    return {"times": times, "clocks": clocks, "queries": queries, "marks": marks, "bytes": size}


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    answer = {"vendor": connection.vendor, "questions": measure(*map(int, sys.argv[1:]))}
    sys.stdout.write(json.dumps(answer) + "\n")
