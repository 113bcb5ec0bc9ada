"""Made-up postings and vouchers as the search keeps them, written by the writer of its index."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched

from django.db import connection, transaction

from benchmarks.organisations.names import Made, made
from shangheng.core.search.declaring import Document, indexed
from shangheng.core.search.services import CHUNK, insert
from shangheng.core.search.settling import settle
from shangheng.engines.ledger import catalogue

SEED = 2021
UNITS, PEOPLE = 40, 200
VOUCHER_EVERY = 5
WORDS = [
    "批复",
    "申报表",
    "到账回单",
    "合同",
    "验收单",
    "银行回单",
    "税务证明",
    "会议纪要",
    "备案证",
    "情况说明",
]
NOTES = [
    "按月报送",
    "已核对",
    "补报上月",
    "企业自报",
    "街道汇总",
    "待补凭证",
    "与统计口径一致",
    "口径以国家统计局为准",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to be found, in the parts that questions are made of."""

    number: int
    kind: str
    organisation: Made
    amount: str
    unit: int
    person: int

    @property
    def sha256(self) -> str:
        """The hash of a voucher, made of its number."""
        return hashlib.sha256(str(self.number).encode()).hexdigest()


def rows(count: int) -> Iterator[Row]:
    """So many of them, the same every time; an organisation has ten on average."""
    dice = random.Random(SEED)
    names = list(made(max(count // 10, 10)))
    for number in range(1, count + 1):
        yield Row(
            number,
            "postings" if number % VOUCHER_EVERY else "documents",
            names[int(len(names) * dice.random() ** 1.5)],
            f"{dice.randrange(1, 10**7) / 100:,.2f}",
            1 + int(UNITS * dice.random() ** 2),
            1 + dice.randrange(PEOPLE),
        )


def document(row: Row) -> Document:
    """As the desk of targets declares it."""
    day = date(2021, 12, 31) - timedelta(row.number % 1461)
    name = row.organisation.name
    if row.kind == "documents":
        word = WORDS[row.number % len(WORDS)]
        return Document(
            key=str(row.number),
            title=f"{word}-{name}-{day:%Y%m}.pdf",
            url=f"/evidence/{row.number}/",
            about=f"#{row.number} · {day}",
            codes=(str(row.number), row.sha256),
            unit_id=row.unit,
            owner_id=row.person,
        )
    indicators = list(catalogue.indicators().values())
    indicator = indicators[row.number % len(indicators)]
    return Document(
        key=str(row.number),
        title=f"{indicator.zh} {name}",
        english=f"{indicator.en} {name}",
        url=f"/targets/postings/{row.number}/",
        about=f"#{row.number} · {day} · {row.amount}亿元",
        body=f"{day:%Y}年{day.month}月报表 {NOTES[row.number % len(NOTES)]}",
        codes=(str(row.number),),
        unit_id=row.unit,
        owner_id=row.person,
    )


def fill(count: int) -> None:
    """Index so many. On PostgreSQL its index is made afterwards, in a tenth of the time."""
    sources = {source.code: source for source in indexed()}
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_item_tokens'")
            (made_so,) = cursor.fetchone()
            cursor.execute("DROP INDEX search_item_tokens")
        with transaction.atomic():
            for chunk in batched(rows(count), CHUNK):
                for kind in ("postings", "documents"):
                    insert(sources[kind], [document(row) for row in chunk if row.kind == kind])
        if is_postgresql:
            cursor.execute(made_so)
        settle()  # as `rebuild` does, and the job of every night
        cursor.execute("VACUUM ANALYZE" if is_postgresql else "ANALYZE")


def size() -> int:
    """Bytes of the tables of the search with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'search\\_%' ESCAPE '\\'"
            if connection.vendor == "sqlite"
            else "SELECT pg_total_relation_size('search_item') + pg_total_relation_size('search_code')"
        )
        return int(cursor.fetchone()[0])
