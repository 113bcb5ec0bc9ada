"""What is asked of a million things, by whom, and how rivals answer it."""

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from django.db import connection

from benchmarks.searching.rows import SEED, Row, rows
from shangheng.core.search.tokens import syllables_of

LIMIT = 5  # of each kind, as in the search box
FEWEST = 3  # characters that a trigram index can find
type Values = list[str | int]
type Rival = Callable[[str, str, Values], int]


FIXED: Mapping[str, Sequence[str]] = {
    "very common words": [
        "有限公司",
        "科技",
        "贸易",
        "武汉",
        "资金",
        "招商引资",
        "亿元",
        "报表",
        "2021",
        "gs",
        "kj",
        "keji",
    ],
    "two common words that seldom meet": (
        [
            "科技 贸易",
            "餐饮 半导体",
            "深圳 武汉市",
            "合作社 有限",
            "电子 建筑",
            "kj mysm",
            "回单 申报",
            "亿元 pdf",
        ]
    ),
    "one character": list("司工人国技资贸"),
    "one or two digits": ["1", "2", "9", "10", "42", "77", "99"],
    "nothing of the kind": [
        "鬱饕餮",
        "囍囍",
        "qqzzx",
        "招商饕餮",
        "99999999.99",
        "#99999999",
        "fffffffffffff",
    ],
}


def questions(count: int, each: int) -> Mapping[str, Sequence[str]]:
    """By kind: texts drawn from the rows by a seed, and texts that most rows hold or none."""
    dice = random.Random(SEED)
    wanted = set(dice.sample(range(1, count + 1), min(each * 8, count)))
    drawn = [row for row in rows(count) if row.number in wanted]
    dice.shuffle(drawn)

    def of(ask: Callable[[Row], str]) -> list[str]:
        return list(islice((text for row in drawn if (text := ask(row))), each))

    return {
        "two characters of a brand": of(lambda row: row.organisation.brand[:2]),
        "brand and trade": of(lambda row: row.organisation.brand + row.organisation.trade),
        "whole name": of(lambda row: row.organisation.name),
        "place and brand, apart": of(
            lambda row: f"{row.organisation.brand} {row.organisation.place}"
        ),
        "pinyin": of(lambda row: _pinyin(row.organisation.brand)),
        "initials": of(lambda row: _initials(row.organisation.brand + row.organisation.trade)),
        "number of a posting": of(lambda row: str(row.number)),
        "beginning of a hash": of(lambda row: row.sha256[:10] if row.kind == "documents" else ""),
        "amount": of(lambda row: row.amount if row.kind == "postings" else ""),
        **FIXED,
    }


def _pinyin(han: str) -> str:
    return "".join(one for one in syllables_of(han) if one.isascii())


def _initials(han: str) -> str:
    return "".join(one[0] for one in syllables_of(han) if one.isascii())


def prepare_rivals() -> dict[str, Rival]:
    """Tables and indexes of the rivals; by name: what asks (text, condition, values)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_plain AS SELECT id, unit_id, owner_id, "
            "title || ' ' || english || ' ' || about || ' ' || body AS text FROM search_item"
        )
        if connection.vendor == "sqlite":
            cursor.execute("CREATE UNIQUE INDEX bench_plain_id ON bench_plain (id)")
            cursor.execute(
                "CREATE VIRTUAL TABLE bench_trigram USING fts5(text, content='bench_plain', "
                "content_rowid='id', tokenize='trigram')"
            )
            cursor.execute("INSERT INTO bench_trigram(bench_trigram) VALUES ('rebuild')")
            return {"LIKE '%…%'": like, "FTS5 trigram": trigram}
        cursor.execute("ALTER TABLE bench_plain ADD PRIMARY KEY (id)")
        cursor.execute(
            "CREATE INDEX bench_words ON bench_plain USING gin (to_tsvector('simple', text))"
        )
        cursor.execute("ANALYZE bench_plain")
    return {"LIKE '%…%'": like, "to_tsvector('simple')": simple}


def like(text: str, condition: str, values: Values) -> int:
    """Every word somewhere in the text, the latest first."""
    words = " AND ".join(["text LIKE %s"] * len(text.split()))
    return _count(
        f"SELECT id FROM bench_plain WHERE {words} AND {condition} ORDER BY id DESC LIMIT {LIMIT}",
        [*(f"%{word}%" for word in text.split()), *values],
    )


def trigram(text: str, condition: str, values: Values) -> int:
    """SQLite's own index of three characters; nothing for a shorter word."""
    if any(len(word) < FEWEST for word in text.split()):
        return 0
    asked = " AND ".join(f'"{word}"' for word in text.split())
    return _count(
        "SELECT bench_plain.id FROM bench_trigram JOIN bench_plain ON bench_plain.id = "
        f"bench_trigram.rowid WHERE bench_trigram MATCH %s AND {condition} "
        f"ORDER BY bench_trigram.rowid DESC LIMIT {LIMIT}",
        [asked, *values],
    )


def simple(text: str, condition: str, values: Values) -> int:
    """PostgreSQL's own full text, which parts Chinese at blanks only."""
    return _count(
        "SELECT id FROM bench_plain WHERE to_tsvector('simple', text) @@ "
        f"plainto_tsquery('simple', %s) AND {condition} ORDER BY id DESC LIMIT {LIMIT}",
        [text, *values],
    )


def _count(sql: str, values: Sequence[str | int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return len(cursor.fetchall())
