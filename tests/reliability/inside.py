"""What is asked inside of an installation: `python -m tests.reliability.inside ACT`.

ACT is prepare CLERKS, state, submit, crossing, rollups, quote or known INSTANT.
Runs with the environment of the installation, in a process of its own, and answers in JSON.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import django

from tests.reliability.client import INDICATOR

PASSWORD = "Gang-kou-2021"


def prepare(clerks: int) -> dict[str, Any]:
    """One unit, and clerks who may post for it."""
    from django.core.management import call_command
    from django.utils import timezone

    from shangheng.core.accounts import services, units

    call_command("migrate", interactive=False, verbosity=0)
    now = timezone.now()
    unit = units.create_unit(actor=None, at=now, code="swj", name="商务局", parent=None)
    names = [f"clerk{number}" for number in range(1, clerks + 1)]
    for name in names:
        user = services.create_user(
            actor=None,
            at=now,
            username=name,
            display_name=name,
            password=PASSWORD,
            unit=unit,
            must_change_password=False,
        )
        services.grant(actor=None, at=now, user=user, role="statistics_clerk")
    return {"unit": unit.pk, "clerks": names}


def state() -> dict[str, Any]:
    """Every entry by its source, and whatever does not fit together."""
    from shangheng.core.audit.services import verify
    from shangheng.engines.evidence.models import Document
    from shangheng.engines.ledger.models import Entry, Posting, Series
    from shangheng.engines.ledger.selectors.balances import balances

    held = balances(Posting.objects.filter(reverses=None).values_list("pk", flat=True))
    entries = Entry.objects.prefetch_related("postings", "evidence__document")
    documents = Counter(Document.objects.values_list("sha256", flat=True))
    found = verify()
    return {
        "entries": [
            {
                "source": entry.source,
                "postings": [(one.pk, one.amount) for one in entry.postings.all()],
                "vouchers": [link.document.name for link in entry.evidence.all()],
            }
            for entry in entries
        ],
        "postings": Posting.objects.count(),
        "series": Series.objects.count(),
        "negative": sum(amount < 0 for each in held.values() for amount in each.values()),
        "documents": sum(documents.values()),
        "audit_rows": found.rows,
        "audit_head": found.head_number,
        "findings": [f"{one.kind} {one.target}" for one in found.findings],
    }


def submit() -> dict[str, Any]:
    """Submit everything that is claimed."""
    from django.utils import timezone

    from shangheng.core.accounts.models import User
    from shangheng.engines.ledger.domain.status import Status
    from shangheng.engines.ledger.models import Posting
    from shangheng.engines.ledger.services import recognition

    claimed = Posting.objects.filter(status=Status.CLAIMED).values_list("pk", flat=True)
    clerk = User.objects.get(username="clerk1")
    recognition.submit(actor=clerk, at=timezone.now(), postings=claimed)
    return {"submitted": len(claimed)}


def crossing() -> dict[str, Any]:
    """Somebody keeps a reply and then decides, while another withdraws: neither waits for ever."""
    from django.db import DatabaseError, connection, transaction
    from django.utils import timezone

    from shangheng.core.accounts.models import User
    from shangheng.engines.evidence.services import store
    from shangheng.engines.ledger.models import Posting
    from shangheng.engines.ledger.services.recognition import CannotMove, decide, withdraw

    clerk, now = User.objects.get(username="clerk1"), timezone.now()
    posting = Posting.objects.filter(series__indicator__code=INDICATOR)[0].pk
    reply_kept = threading.Event()

    @transaction.atomic
    def first() -> None:
        store(actor=clerk, at=now, name="批复.csv", content=b"reply,1\n")
        reply_kept.set()
        _wait_until_somebody_waits()
        whole, none = Decimal("1.5"), Decimal(0)
        decide(actor=clerk, at=now, posting=posting, recognised=whole, rejected=none)

    def second() -> None:
        reply_kept.wait()
        withdraw(actor=clerk, at=now, postings=[posting])

    def told(act: Callable[[], None]) -> str:
        try:
            act()
        except (CannotMove, DatabaseError) as problem:
            return f"{type(problem).__name__}: {problem}"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(("first", "second"), pool.map(told, (first, second)), strict=True))


def _wait_until_somebody_waits() -> None:
    """On SQLite whoever comes waits in any case."""
    from django.db import connection

    waiting = connection.vendor == "sqlite"
    while not waiting:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            waiting = bool(cursor.fetchone()[0])


def rollups() -> dict[str, Any]:
    """Roll up to the end of today; whether the rollups answer what the postings answer."""
    from django.conf import settings
    from django.utils import timezone

    from shangheng.engines.ledger.domain.period import Period
    from shangheng.engines.ledger.domain.query import Counting, Query
    from shangheng.engines.ledger.models import Rollup
    from shangheng.engines.ledger.selectors.figures import figures
    from shangheng.engines.ledger.services.rollups import catch_up

    today = timezone.localdate()
    catch_up(through=today)
    asked = [
        Query(INDICATOR, Period.parse(period), settings.HOME_AREA, counting=counting)
        for period in ("2021", "2021-03", "2021-02/2021-11")
        for counting in Counting
    ]
    known_at = timezone.now() + timedelta(days=2)
    fast, slow = (figures(asked, known_at=known_at, from_postings=raw) for raw in (False, True))
    return {
        "rows": Rollup.objects.count(),
        "equal": fast == slow,
        "values": [str(figure.value) for figure in fast],
    }


def quote() -> dict[str, Any]:
    """The year's figure as it is known now, sealed as every quoted figure is."""
    from django.utils import timezone

    from shangheng.engines.ledger.services.sealing import seal

    known_at = seal(at=timezone.now()).isoformat()
    return {"known_at": known_at, **known(known_at)}


def known(instant: str) -> dict[str, Any]:
    """The year's figure as known at an instant."""
    from django.conf import settings

    from shangheng.engines.ledger.domain.period import Period
    from shangheng.engines.ledger.domain.query import Counting, Query
    from shangheng.engines.ledger.selectors.figures import figure

    asked = Query(INDICATOR, Period.parse("2021"), settings.HOME_AREA, counting=Counting.CLAIMED)
    return {"value": str(figure(asked, known_at=datetime.fromisoformat(instant)).value)}


def main(arguments: list[str]) -> None:
    """Do what is asked and print the answer."""
    django.setup()
    match arguments:
        case ["prepare", clerks]:
            answer = prepare(int(clerks))
        case ["state"]:
            answer = state()
        case ["submit"]:
            answer = submit()
        case ["crossing"]:
            answer = crossing()
        case ["rollups"]:
            answer = rollups()
        case ["quote"]:
            answer = quote()
        case ["known", instant]:
            answer = known(instant)
        case _:
            raise SystemExit(__doc__)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
