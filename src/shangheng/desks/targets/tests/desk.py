"""Short ways to people, facts and files for the tests of this desk."""

import csv
import hashlib
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.lists.exporting import ABOUT
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import store
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.services import posting as ledger

CAPITAL = "investment.capital_in_place"  # 亿元, recognised by a superior office, by sector
RETAIL = "retail.total"  # 亿元, counts at once


def at_desk(user: User) -> Client:
    """A browser in which `user` has logged in."""
    client = Client()
    client.force_login(user)
    return client


def line(indicator: str, value: str, day: str, unit: OrgUnit, **more: Any) -> Line:
    """One fact, in the indicator's own unit of measure."""
    on = date.fromisoformat(day)
    fields = {
        "area": settings.HOME_AREA,
        "unit_of_measure": catalogue.definition(indicator, on).unit,
        **more,
    }
    return Line(indicator, unit.pk, value=Decimal(value), occurred_on=on, **fields)


def post(
    actor: User, value: str, day: str, unit: OrgUnit, *, indicator: str = CAPITAL, **more: Any
) -> Posting:
    """Post one fact at noon of its day."""
    at = timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))
    facts = [line(indicator, value, day, unit, **more)]
    entry = ledger.post(actor=actor, at=at, lines=facts, source="进账单1号")
    return entry.postings.get()


def held(posting: Posting) -> dict[Status, str]:
    """Where the amount of a posting stands, in its unit."""
    definition = catalogue.definition(posting.series.indicator.code, posting.occurred_on)
    unit = catalogue.unit_of(definition)
    amounts = balances([posting.pk])[posting.pk]
    return {status: str(unit.from_minor(a)) for status, a in amounts.items() if a}


def picture(name: str = "进账单.png") -> SimpleUploadedFile:
    """A small image whose content depends on its name."""
    colour = tuple(hashlib.sha256(name.encode()).digest()[:3])
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def keep(actor: User, name: str = "进账单.png", **more: Any) -> Document:
    """Keep an image as evidence."""
    content = picture(name).read()
    return store(actor=actor, at=timezone.now(), name=name, content=content, **more)


def exported(content: bytes) -> list[dict[str, str]]:
    """The rows of a list that was taken as csv, below what stands above its header."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(lines[ABOUT:]))
