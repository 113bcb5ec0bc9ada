"""People who act at the same time: `python -m tests.reliability.workers NAME THREADS JOB TIMES …`.

Runs with the environment of an installation; every thread does JOB, TIMES times, with its own
connection. Answers in JSON what was done, what the ledger refused, and every other error.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django

CAPITAL = "investment.capital_in_place"  # recognised by a superior office, in two sectors
STATE = "assessment.rank"  # one a day
SECTORS = ("industrial", "other")


class Worker:
    """One thread of one process; `who` names it alone."""

    def __init__(self, who: str) -> None:
        from shangheng.core.accounts.models import OrgUnit, User

        self.who = who
        self.actor = User.objects.get(username="clerk1")
        self.units = list(OrgUnit.objects.order_by("pk"))

    def post(self, number: int) -> None:
        """One entry of many lines, whose series nobody has used on purpose in the same order."""
        from django.utils import timezone

        from shangheng.engines.ledger.services.posting import post

        day = date(2021, 1, 1) + timedelta(days=number % 300)
        lines = [self._line(CAPITAL, "1.5", day, sector=sector) for sector in SECTORS]
        lines += [self._line("retail.total", "2.25", day), self._line("trade.total", "3", day)]
        if number % 2:
            lines.reverse()
        post(actor=self.actor, at=timezone.now(), lines=lines, source=f"{self.who}-{number}")

    def attach(self, number: int) -> None:
        """A voucher stored and attached in one transaction."""
        from django.utils import timezone

        from shangheng.desks.targets.services.postings import attach_vouchers
        from shangheng.engines.evidence.services import Upload
        from shangheng.engines.ledger.models import Posting

        posting = Posting.objects.order_by("pk")[number % Posting.objects.count()]
        upload = Upload(f"{self.who}-{number}.csv", f"{self.who},{number}\n".encode())
        attach_vouchers(actor=self.actor, at=timezone.now(), posting=posting, uploads=[upload])

    def recognise(self, number: int) -> None:
        """Submit what is claimed and decide it in parts, by a reply that is kept."""
        from django.utils import timezone

        from shangheng.desks.targets.services.recognition import Decision, Reply, record_reply
        from shangheng.engines.evidence.services import Upload
        from shangheng.engines.ledger.models import Posting
        from shangheng.engines.ledger.services.recognition import submit

        found = Posting.objects.filter(series__indicator__code=CAPITAL).order_by("pk")
        posting = found[number % found.count()]
        submit(actor=self.actor, at=timezone.now(), postings=[posting.pk])
        half = Decimal("0.75")
        decision = Decision(posting.pk, half, half, "duplicate_voucher")
        upload = Upload("批复.csv", f"批复,{self.who}-{number}\n".encode())
        reply = Reply(timezone.localdate(), upload)
        record_reply(actor=self.actor, at=timezone.now(), decisions=[decision], reply=reply)

    def decide(self, number: int) -> None:
        """Recognise the whole of one submitted posting, which others do as well."""
        from django.utils import timezone

        from shangheng.engines.ledger.models import Posting
        from shangheng.engines.ledger.services.recognition import decide

        found = Posting.objects.filter(series__indicator__code=CAPITAL).order_by("pk")
        whole, none = Decimal("1.5"), Decimal(0)
        posting = found[number].pk
        at = timezone.now()
        decide(actor=self.actor, at=at, posting=posting, recognised=whole, rejected=none)

    def state(self, number: int) -> None:
        """Post one state of one day, which others do as well."""
        from django.utils import timezone

        from shangheng.engines.ledger.services.posting import post

        line = self._line(STATE, "41", date(2021, 1, 1) + timedelta(days=number))
        post(actor=self.actor, at=timezone.now(), lines=[line], source=self.who)

    def roll(self, number: int) -> None:
        """Bring the rollups up to yesterday, and seal the past up to now."""
        from django.utils import timezone

        from shangheng.engines.ledger.services.rollups import catch_up, rebuild
        from shangheng.engines.ledger.services.sealing import seal

        catch_up(through=timezone.localdate() - timedelta(days=1 + number % 2))
        seal(at=timezone.now())
        rebuild()

    def prefer(self, number: int) -> None:
        """Save one's own settings as they stood at one version, which others do as well."""
        from django.db import transaction

        from shangheng.core.database.edits import take
        from shangheng.core.notices.models import Preference

        row, _new = Preference.objects.get_or_create(person=self.actor)
        with transaction.atomic():
            take(row, seen=number + 1)
            row.email = f"{self.who}-{number}@swj.example"
            row.save(update_fields=["email"])

    def rename(self, number: int) -> None:
        """Rename the unit as it stood after one act, which others do as well."""
        from django.db import transaction
        from django.utils import timezone

        from shangheng.core.accounts.units import change_unit
        from shangheng.core.audit.conflicts import acts_on, hold

        unit = self.units[0]
        acts = acts_on(f"accounts.orgunit:{unit.pk}")
        seen = acts.order_by("number")[number].number
        with transaction.atomic():
            hold(acts, unit, seen=seen)
            name = f"{self.who}-{number}"
            change_unit(
                actor=self.actor, at=timezone.now(), unit=unit, name=name, name_en="", position=0
            )

    def _line(self, indicator: str, value: str, day: date, **dimensions: str) -> Any:
        from django.conf import settings

        from shangheng.engines.ledger import catalogue
        from shangheng.engines.ledger.domain.line import Line

        return Line(
            indicator,
            self.units[0].pk,
            area=settings.HOME_AREA,
            value=Decimal(value),
            unit_of_measure=catalogue.definition(indicator, day).unit,
            occurred_on=day,
            dimensions=dimensions,
        )


def work(who: str, job: str, times: int) -> dict[str, Any]:
    """Do a job again and again."""
    from django.db import connection

    from shangheng.core.database.edits import StaleEdit
    from shangheng.engines.ledger.domain.line import LinesRefused
    from shangheng.engines.ledger.services.recognition import CannotMove

    worker = Worker(who)
    act: Callable[[int], None] = getattr(worker, job)
    told: dict[str, Any] = {"done": 0, "refused": [], "errors": []}
    for number in range(times):
        try:
            act(number)
            told["done"] += 1
        except (LinesRefused, CannotMove, StaleEdit) as refusal:
            told["refused"].append(str(refusal))
        except Exception as error:
            told["errors"].append(f"{type(error).__name__}: {error}")
    connection.close()
    return told


def main(arguments: list[str]) -> None:
    """Run the threads and print what came of them."""
    django.setup()
    name, threads, job, times = arguments
    whos = [f"{name}.{thread}" for thread in range(int(threads))]
    with ThreadPoolExecutor(len(whos)) as pool:
        results = list(pool.map(lambda who: work(who, job, int(times)), whos))
    sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
