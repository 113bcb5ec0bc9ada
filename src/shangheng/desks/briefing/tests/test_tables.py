"""Tables of a desk in a report: bound, kept and held against the ledger like any figure."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Value

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.domain.compose import Grid
from shangheng.desks.briefing.domain.markup import SectionBlock, parse
from shangheng.desks.briefing.domain.pieces import from_data, to_data
from shangheng.desks.briefing.domain.told import BadMarkup
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.selectors.restatements import changed_numbers, restatements
from shangheng.desks.briefing.services import approving, writing
from shangheng.desks.briefing.tests.conftest import Post, on, restate, write
from shangheng.engines.ledger import sections
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import Posting
from shangheng.methods.documents.plain import to_text

TEXT = "|= 零售\n| {{retail.shops|table}} |\n"


@pytest.fixture(autouse=True)
def desk() -> Iterator[dict[str, Any]]:
    """A desk that tells of retail: the ledger's figure, and a number of its own."""
    told: dict[str, Any] = {"shops": 3, "empty": False}

    def tell(about: sections.About) -> sections.Table:
        query = Query("retail.total", about.period, about.area)
        own = sections.Told(Decimal(told["shops"]), "家", "商场", "shops", url="/shops/")
        rows: list[list[sections.Cell]] = [
            ["全区", sections.Asked(query), own],
            ["其他", None, None],
        ]
        columns = [
            sections.Column("范围"),
            sections.Column("零售额", "亿元"),
            sections.Column("商场"),
        ]
        return sections.Table(columns, rows if not told["empty"] else rows[:0], "没有商场")

    sections.register(
        sections.Section("retail.shops", "零售表", "", tell, lambda: Value(told["shops"])),
    )
    yield told
    del sections._sections["retail.shops"]


def test_a_whole_table_stands_alone_in_its_line() -> None:
    [block] = parse(TEXT).blocks
    assert isinstance(block, SectionBlock)
    for text in (
        "共{{retail.shops|table}}。",
        "| 表 | 数 |\n| 零售 | {{retail.shops|table}} |",
        "| {{retail.shops|table:many}} |",
    ):
        with pytest.raises(BadMarkup):
            parse(text)


def test_a_table_is_drawn_with_its_units_in_the_head_and_kept_as_it_was(
    writer: User, retail: Posting
) -> None:
    report = write(writer, TEXT)
    build = writing.build_report(actor=writer, at=on("2022-01-10"), report=report)
    edition = edition_of(build)
    [grid] = edition.composed
    assert isinstance(grid, Grid)
    assert grid.columns == ("范围", "零售额（亿元）", "商场")
    texts = [["".join(piece.text for piece in cell) for cell in row] for row in grid.rows]
    assert texts == [["全区", "482.59", "3家"], ["其他", "—", "—"]]
    assert grid.places == (None, 2, 0)
    assert edition.text_hash == build.text_hash
    [answer] = edition.answers.values()
    assert from_data(to_data(answer)) == answer
    assert "/shops/" in to_text(edition.document()).replace("\u200b", "")


def test_a_table_without_rows_is_a_missing_figure(
    writer: User, retail: Posting, desk: dict[str, Any]
) -> None:
    desk["empty"] = True
    report = write(writer, TEXT)
    build = writing.build_report(actor=writer, at=on("2022-01-10"), report=report)
    [missing] = [one for one in build.findings if one["kind"] == "missing"]
    assert "没有商场" in missing["message"]


def test_an_unknown_table_is_a_missing_figure(writer: User, retail: Posting) -> None:
    report = write(writer, TEXT.replace("shops", "stalls"))
    build = writing.build_report(actor=writer, at=on("2022-01-10"), report=report)
    assert "missing" in [one["kind"] for one in build.findings]


def test_what_has_moved_since_is_told_number_by_number(
    writer: User,
    checker: User,
    director: User,
    record: Post,
    retail: Posting,
    desk: dict[str, Any],
) -> None:
    report, at = write(writer, TEXT), on("2022-01-10")
    writing.build_report(actor=writer, at=at, report=report)
    approving.check_report(actor=checker, at=at, report=report)
    approving.sign_report(actor=director, at=at, report=report)
    approving.issue_report(actor=director, at=at, report=report)
    report.refresh_from_db()
    assert restatements(report, now=on("2022-01-11")) == []
    restate(writer, record, retail, "470", "2022-02-01")
    desk["shops"] = 4
    [found] = restatements(report, now=on("2022-03-01"))
    assert {change.kind for change in found.changes} == {"post", "reverse"}
    rows = changed_numbers([found])
    assert [(row.label, row.then and row.then.text, row.now and row.now.text) for row in rows] == [
        ("2021年社会消费品零售总额", "482.59", "470"),
        ("商场", "3家", "4家"),
    ]
