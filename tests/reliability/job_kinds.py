"""Kinds of jobs to kill, and what is asked of them: `python -m tests.reliability.job_kinds ACT`.

ACT is work, order NUMBER or state. Runs with the environment of an installation.
"""

import hashlib
import json
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import django

IMPORT, EXPORT = "imports.commit", "test.export"
KINDS = (IMPORT, EXPORT)
LINES = 200


def register() -> None:
    """Tell the registry of both kinds."""
    from shangheng.core.jobs import registry
    from shangheng.core.jobs.registry import Handler

    registry.register(replace(registry.handler_of(IMPORT), attempts=50))
    registry.register(Handler(EXPORT, EXPORT, _export, attempts=50))


def _order_import(clerk: Any, number: int) -> None:
    """A file of facts that is large enough to be taken in by a job."""
    from django.utils import timezone

    from shangheng.core.accounts.models import OrgUnit
    from shangheng.core.imports.held import Upload
    from shangheng.core.imports.registry import table
    from shangheng.core.imports.services.background import order
    from shangheng.core.imports.services.commit import Wish
    from shangheng.engines.ledger import catalogue

    unit, first = OrgUnit.objects.get(), date(2021, 1, 1)
    measure = catalogue.definition("trade.total", first).unit
    rows = ["indicator,unit,occurred_on,value,measure,subject"]
    rows += [
        f"trade.total,{unit.code},{first + timedelta(days=line)},{line + 1},{measure},{number}"
        for line in range(LINES)
    ]
    upload = Upload(f"{number}.csv", "\n".join(rows).encode())
    now, wish = timezone.now(), Wish(source=str(number))
    order(actor=clerk, at=now, table=table("postings"), upload=upload, wish=wish)


def _export(run: Any) -> None:
    """Work for a while, and leave a file in two goes."""
    for step in range(100):
        run.progress(step, 100)
        time.sleep(0.004)
        if step == 50:
            run.artefact("half.bin", _content(run.job.pk)[:1_500_000], "application/octet-stream")
    with run.finishing():
        run.artefact("whole.bin", _content(run.job.pk), "application/octet-stream")


def _content(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * 100_000


def work() -> None:
    """A worker that knows both kinds."""
    from shangheng.core.jobs.worker import Worker

    Worker(threads=2).run()


def order(number: int) -> dict[str, Any]:
    """Order so many more, half of each kind, as the clerk."""
    from django.utils import timezone

    from shangheng.core.accounts.models import User
    from shangheng.core.jobs.models import Job
    from shangheng.core.jobs.services import enqueue

    clerk, have = User.objects.get(), Job.objects.filter(kind__in=KINDS).count()
    for place in range(have, have + number):
        if place % 2:
            enqueue(actor=clerk, at=timezone.now(), kind=EXPORT, arguments={"number": place})
        else:
            _order_import(clerk, place)
    return {"ordered": have + number}


def state() -> dict[str, Any]:
    """What came of all of them, and whatever does not fit together."""
    from shangheng.core.audit.services import verify
    from shangheng.core.imports.models import Batch
    from shangheng.core.jobs.models import Artefact, Job
    from shangheng.engines.ledger.models import Entry, Posting

    ours = Job.objects.filter(kind__in=KINDS)
    entries = Counter(Entry.objects.values_list("source", flat=True))
    imports = list(Batch.objects.values_list("source", flat=True))
    sizes = [(entry.source, entry.postings.count()) for entry in Entry.objects.all()]
    sizes += [
        (f"batch {batch.source}", batch.rows.count())
        for batch in Batch.objects.exclude(state=Batch.DONE, new=LINES)
    ]
    return {
        "jobs": Counter(ours.values_list("state", flat=True)),
        "again": ours.filter(attempt__gt=1).count(),
        "not_once": [(one, entries[one]) for one in imports if entries[one] != 1],
        "not_whole": [(source, size) for source, size in sizes if size != LINES],
        "bad_files": [
            file.job_id
            for file in Artefact.objects.filter(name="whole.bin")
            if b"".join(map(bytes, file.parts.values_list("content", flat=True)))
            != _content(file.job_id)
        ]
        + list(
            ours.filter(kind=EXPORT)
            .exclude(artefacts__name="whole.bin")
            .values_list("pk", flat=True)
        ),
        "postings": Posting.objects.count(),
        "findings": [f"{one.kind} {one.target}" for one in verify().findings],
    }


def main(arguments: list[str]) -> None:
    """Do what is asked and print the answer."""
    django.setup()
    register()
    match arguments:
        case ["work"]:
            work()
            return
        case ["order", number]:
            answer = order(int(number))
        case ["state"]:
            answer = state()
        case _:
            raise SystemExit(__doc__)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
