"""A bureau with facts and vouchers, the people through whom a report goes, and short ways to act."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.desks.briefing.models import Report
from shangheng.desks.briefing.services import approving, writing
from shangheng.engines.evidence.services import store
from shangheng.engines.evidence.tests.samples import word
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import post, reverse

HOME = settings.HOME_AREA
TEXT = "# 情况\n\n全区零售总额{{retail.total}}，比上年{{retail.total|growth}}。\n"
Post = Callable[..., Posting]


def on(day: str) -> datetime:
    """Noon of a day, in the bureau's time."""
    return timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Keys of rows come again in every test; what was kept under them must not."""
    cache.clear()


@pytest.fixture
def bureau(db: None, tmp_path: Any, settings: Any) -> OrgUnit:
    settings.EVIDENCE_DIR = tmp_path
    return org_unit("swj", name="商务局")


@pytest.fixture
def writer(bureau: OrgUnit) -> User:
    return person("statistics_clerk", unit=bureau, username="wu")


@pytest.fixture
def checker(bureau: OrgUnit) -> User:
    return person("section_head", unit=bureau, username="li")


@pytest.fixture
def director(bureau: OrgUnit) -> User:
    return person("director", unit=bureau, username="he")


@pytest.fixture
def record(writer: User, bureau: OrgUnit) -> Post:
    """Post one fact, with a voucher unless told otherwise; gives the posting."""

    def record(code: str, value: str, day: str, known: str, **more: Any) -> Posting:
        at = on(known)
        documents: tuple[int, ...] = ()
        if more.pop("voucher", True):
            name = f"{code}-{day}-{value}.docx"
            document = store(actor=writer, at=at, name=name, content=word(name))
            documents = (document.pk,)
        line = Line(
            indicator=code,
            unit_id=more.pop("unit", bureau).pk,
            area=HOME,
            value=Decimal(value),
            unit_of_measure=catalogue.definition(code, date.fromisoformat(day)).unit,
            occurred_on=date.fromisoformat(day),
            documents=documents,
            **more,
        )
        return post(actor=writer, at=at, lines=[line], source="测试").postings.get()

    return record


@pytest.fixture
def retail(record: Post) -> Posting:
    """Retail sales of two years; gives the posting of the later one."""
    record("retail.total", "425.56", "2020-12-31", "2021-01-20")
    return record("retail.total", "482.59", "2021-12-31", "2022-01-08")


@pytest.fixture
def draft(writer: User, retail: Posting) -> Report:
    """A report of the writer's about 2021 with one sentence and two figures."""
    return write(writer, TEXT)


@pytest.fixture
def issued(draft: Report, writer: User, checker: User, director: User) -> Report:
    """The same, issued on 10 January 2022."""
    at = on("2022-01-10")
    writing.build_report(actor=writer, at=at, report=draft)
    approving.check_report(actor=checker, at=at, report=draft)
    approving.sign_report(actor=director, at=at, report=draft)
    approving.issue_report(actor=director, at=at, report=draft)
    draft.refresh_from_db()
    return draft


def write(writer: User, text: str, day: str = "2022-01-09") -> Report:
    """A report of the year 2021 with that text."""
    report = writing.create_report(
        actor=writer, at=on(day), template="work_summary", period=Period.parse("2021")
    )
    writing.save_draft(actor=writer, at=on(day), report=report, text=text, base=1)
    report.refresh_from_db()
    return report


def restate(writer: User, record: Post, posting: Posting, value: str, day: str) -> None:
    """Take a posting back and post it anew with another value."""
    reverse(actor=writer, at=on(day), postings=[posting.pk], reason="统计局核减")
    record("retail.total", value, "2021-12-31", day)
