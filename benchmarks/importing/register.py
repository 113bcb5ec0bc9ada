"""A register of enterprises: twelve columns, the same checks for every contender.

A row needs code, name, street, sector and date; street and sector are of a list; numbers have at
most two decimals; texts are no longer than their column; no day lies ahead; no code is twice in the
file or in the register already.
"""

import io
import random
from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import connection, models
from xlsxwriter.workbook import Workbook

from shangheng.core.accounts.models import User
from shangheng.core.database.filling import fill
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.imports.registry import Act, Done, Fault, Match, Rows, Table, Undoing

STREETS = [f"第{number}街道" for number in range(1, 19)]
SECTORS = ["批发", "零售", "住宿", "餐饮", "物流", "制造", "软件", "商务服务"]
TODAY = date(2026, 1, 1)
STANDING = 1_000  # rows that the register holds already; none of them is in the file
BATCH = 5_000
_SEED = 3


def not_ahead(day: date) -> None:
    """No day after `TODAY`."""
    if day > TODAY:
        raise ValidationError("a day that lies ahead")


class Firm(models.Model):
    """A row of the register."""

    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=60)
    street = models.CharField(max_length=20, choices=[(one, one) for one in STREETS])
    sector = models.CharField(max_length=20, choices=[(one, one) for one in SECTORS])
    opened_on = models.DateField(validators=[not_ahead])
    capital = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    turnover = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    area = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    staff = models.IntegerField(null=True, blank=True, validators=[MinValueValidator(0)])
    contact = models.CharField(max_length=30, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=100, blank=True)

    objects: ClassVar[models.Manager["Firm"]] = models.Manager()

    class Meta:
        app_label = "imports"
        db_table = "benchmark_firm"

    def __str__(self) -> str:
        return self.name


FIELDS = [field.name for field in Firm._meta.concrete_fields[1:]]
_AMOUNTS = ("capital", "turnover", "area")
_TEXTS = ("contact", "phone", "note")
COLUMNS = [
    Column("code", "code", required=True, max_length=18),
    Column("name", "name", required=True, max_length=60),
    Column("street", "street", Kind.CHOICE, required=True, choices={one: one for one in STREETS}),
    Column("sector", "sector", Kind.CHOICE, required=True, choices={one: one for one in SECTORS}),
    Column("opened_on", "opened_on", Kind.DATE, required=True),
    *(Column(key, key, Kind.DECIMAL, decimals=2) for key in _AMOUNTS),
    Column("staff", "staff", Kind.INTEGER),
    *(Column(key, key, max_length=size) for key, size in zip(_TEXTS, (30, 20, 100), strict=True)),
]


def workbook(rows: int) -> bytes:
    """An .xlsx of so many rows, the same each time; about one optional cell in ten is empty."""
    dice = random.Random(_SEED)
    buffer = io.BytesIO()
    with Workbook(buffer, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("register"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, FIELDS)
        for number in range(1, rows + 1):
            for place, value in enumerate(_row(number, dice)):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
    return buffer.getvalue()


def _row(number: int, dice: random.Random) -> list[str | float | date | None]:
    optional: list[str | float] = [
        dice.randrange(1, 500_000) / 100,
        dice.randrange(1, 90_000_000) / 100,
        dice.randrange(1, 1_000_000) / 100,
        dice.randrange(0, 900),
        f"联系人{dice.randrange(5_000)}",
        f"027-8{dice.randrange(10**7):07d}",
        f"备注{dice.randrange(200)}",
    ]
    return [
        f"91420112MA{number:08d}",
        f"示例商贸有限公司{number}",
        dice.choice(STREETS),
        dice.choice(SECTORS),
        date(2001, 1, 1) + timedelta(days=dice.randrange(9_000)),
        *(None if dice.random() < 0.1 else value for value in optional),
    ]


def make_table() -> None:
    """The register in the database, with rows that stand there already."""
    with connection.schema_editor() as editor:
        editor.create_model(Firm)
    empty()


def empty() -> None:
    """The register as it was before an import."""
    Firm.objects.all().delete()
    firms = [
        Firm(
            code=f"91420100MB{number:08d}",
            name=f"原有公司{number}",
            street=STREETS[0],
            sector=SECTORS[0],
            opened_on=TODAY,
        )
        for number in range(STANDING)
    ]
    Firm.objects.bulk_create(firms, batch_size=BATCH)


def _check(_actor: User, _at: datetime, rows: Rows) -> Sequence[Fault]:
    ahead = [
        Fault(index, "opened_on", "a day that lies ahead")
        for index, day in enumerate(rows.columns["opened_on"])
        if isinstance(day, date) and day > TODAY
    ]
    below = [
        Fault(index, "staff", "less than nobody")
        for index, staff in enumerate(rows.columns["staff"])
        if isinstance(staff, int) and staff < 0
    ]
    return [*ahead, *below]


def _known(_actor: User, _rows: Rows, keys: Sequence[Hashable]) -> Mapping[int, Match]:
    standing = dict(Firm.objects.values_list("code", "pk"))
    return {
        index: Match(str(key), target=standing[str(key)])
        for index, key in enumerate(keys)
        if key in standing
    }


def _commit(act: Act) -> Done:
    columns = dict(act.rows.columns)
    columns |= {key: [value or "" for value in columns[key]] for key in _TEXTS}
    return Done(fill(Firm, columns))


def _undo(undoing: Undoing) -> Mapping[str, object]:
    removed, _by_model = Firm.objects.filter(pk__in=[row.target for row in undoing.rows]).delete()
    return {"removed": removed}


TABLE = Table(
    code="benchmark",
    label="register",
    permission="targets.import",
    columns=lambda _actor: COLUMNS,
    check=_check,
    identity=lambda rows: rows.columns["code"],
    known=_known,
    commit=_commit,
    undo=_undo,
    tries=False,
)


def digest_of_rows() -> tuple[int, Decimal, int]:
    """What the register holds, so that contenders can be compared: rows, turnover, staff."""
    found = Firm.objects.aggregate(
        rows=models.Count("pk"), turnover=models.Sum("turnover"), staff=models.Sum("staff")
    )
    return found["rows"], Decimal(found["turnover"]).quantize(Decimal("0.01")), found["staff"]
