"""Inside of the installation: fills the registry, imports the file, asks for list and board."""

import gc
import io
import json
import os
import random
import re
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shangheng.config.cli import GARBAGE_AFTER

SEED = 2021
ROW = re.compile(r"/investment/projects/(\d+)/\"")
PAGES = {
    "list": ("/investment/projects/", "/bare/table/"),
    "board": ("/investment/projects/board/", "/bare/board/"),
}
DIVISIONS = ("C39", "C38", "G59", "I65", "F51", "C27", "A01", "")
CURRENCIES = (("", "", ""), ("", "", ""), ("USD", "6.4", "2021-11-30"))


def count_on() -> None:
    """Let PostgreSQL give keys after those that `fill` has written."""
    from django.core.management.color import no_style

    from shangheng.engines.registry.models import Name, Organisation

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Organisation, Name]):
            cursor.execute(statement)


def workbook(rows: int, registered: list[Any]) -> bytes:
    """The file: a third of the investors registered, a tenth of these misspelt, the rest new."""
    import openpyxl

    from benchmarks.organisations.names import made
    from benchmarks.organisations.slips import same_sound

    dice = random.Random(SEED)
    new = made(rows, seed=SEED)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("项目")
    sheet.append(
        ["项目名称", "牵头单位", "投资方", "协议投资额（亿）", "币种", "汇率", "汇率日期", "行业",
         "线索日期", "需要供地", "说明"]
    )  # fmt: skip
    for number in range(rows):
        fresh, chance = next(new), dice.random()
        known = dice.choice(registered)
        investor = known.name if chance < 1 / 3 else fresh.name
        if 1 / 3 <= chance < 1 / 3 + 0.1:
            investor = same_sound(known, dice)
        currency, rate, rate_on = dice.choice(CURRENCIES)
        day = date(2021, 1, 1) + timedelta(days=dice.randrange(330))
        sheet.append(
            [f"{fresh.brand}{fresh.trade}项目{number}", f"单位{number % 20}", investor,
             round(dice.random() * 40 + 0.1, 2), currency, rate, rate_on, dice.choice(DIVISIONS),
             day.isoformat(), dice.choice(("是", "否", "")), "压测"]
        )  # fmt: skip
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def people() -> Any:
    """An officer who reaches everything, and twenty units."""
    from shangheng.core.accounts.models import Grant, OrgUnit, User

    units = [OrgUnit.objects.create(code=f"u{n}", name=f"单位{n}") for n in range(20)]
    actor = User.objects.create(
        username="officer", display_name="招商员", unit=units[0], must_change_password=False
    )
    Grant.objects.create(user=actor, role="investment_officer", scope="all")
    return actor


def take_in(actor: Any, content: bytes) -> dict[str, Any]:
    """The preview and the import of the file, in seconds of this process; the import by the clock too."""
    from shangheng.core.imports.held import Upload
    from shangheng.core.imports.services.commit import commit
    from shangheng.core.imports.services.preview import preview
    from shangheng.desks.investment.services.import_projects import TABLE
    from shangheng.engines.registry.models import Organisation

    upload = Upload("projects.xlsx", content)
    before = Organisation.objects.count()
    begun = time.process_time()
    found = preview(actor=actor, at=timezone.now(), table=TABLE, upload=upload)
    checked = time.process_time() - begun
    assert found.ok, [str(error) for error in found.errors[:5]]
    clock, begun = time.perf_counter(), time.process_time()
    commit(actor=actor, at=timezone.now(), table=TABLE, upload=upload)
    taken = time.process_time() - begun
    return {
        "checked": checked,
        "taken": taken,
        "clock": time.perf_counter() - clock,
        "remarks": len(found.remarks) + found.more_remarks,
        "unknown": Organisation.objects.count() - before,
    }


def more_projects(actor: Any, wanted: int) -> None:
    """So many projects in all, over the stages of the workflow; past the services."""
    from shangheng.desks.investment.models import Project
    from shangheng.desks.investment.services.projects_in_bulk import Entry, enter_projects
    from shangheng.engines.cases.models import Case

    dice = random.Random(SEED)
    missing = wanted - Project.objects.count()
    unit, day = actor.unit_id, date(2021, 6, 1)
    entries = [
        Entry(
            {"name": f"项目{n}", "agreed_investment": Decimal(dice.randrange(1, 400)) / 4,
             "landing_unit_id": unit, "industry": "C39"},
            unit, actor.pk, day,
        )
        for n in range(max(missing, 0))
    ]  # fmt: skip
    now = timezone.now()
    if entries:
        enter_projects(actor=actor, at=now, entries=entries)
    stages = ("lead", "negotiation", "signed", "registered", "land_pending", "land_supplied",
              "started", "in_statistics", "producing", "full_capacity", "terminated")  # fmt: skip
    for place, stage in enumerate(stages):
        rows = Case.objects.extra(where=[f"id %% {len(stages)} = {place}"])
        rows.update(stage=stage, entered_at=now - timedelta(days=place))


def ask(rounds: int) -> dict[str, Any]:
    """List and board, in turn with the bare views and the frame alone."""
    from shangheng.core.accounts.models import User

    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(User.objects.get(username="officer"))
    found: dict[str, Any] = {}
    for name, (ours, bare) in PAGES.items():
        contenders = {"page": ours, "bare": bare, "frame": "/bare/empty/"}
        times: dict[str, list[float]] = {one: [] for one in contenders}
        queries, shown = {}, {}
        for number in range(rounds + 2):
            for one, address in contenders.items():
                with CaptureQueriesContext(connection) as captured:
                    connection.force_debug_cursor = number == 1  # counted once, never while timed
                    begun = time.process_time()
                    answer = client.get(address)
                    spent = time.process_time() - begun
                assert answer.status_code == 200, (one, answer.status_code)
                if number == 1:
                    queries[one] = len(captured)
                    shown[one] = set(ROW.findall(answer.content.decode()))
                elif number > 1:
                    times[one].append(spent * 1000)
        assert shown["page"] == shown["bare"], (name, len(shown["page"]), len(shown["bare"]))
        found[name] = {"times": times, "queries": queries}
    return found


def main(rows: int, organisations: int, projects: int, rounds: int) -> None:
    """Print what was measured as JSON."""
    from benchmarks.organisations.rows import fill

    settings.ROOT_URLCONF = "benchmarks.investing.bare"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    connection.ensure_connection()
    registered, _former = fill(organisations)
    count_on()
    actor = people()
    imported = take_in(actor, workbook(rows, registered))
    with transaction.atomic():
        more_projects(actor, projects)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    answer = {
        "vendor": connection.vendor,
        "import": imported,
        "pages": ask(rounds),
        "load": os.getloadavg()[0],
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    gc.set_threshold(GARBAGE_AFTER)  # as every command of the platform does
    django.setup()
    main(*map(int, sys.argv[1:]))
