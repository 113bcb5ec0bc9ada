"""A small document with everything in it, used by all tests of the editions."""

from datetime import UTC, date, datetime

from shangheng.methods.documents.model import (
    Annex,
    Block,
    Column,
    Document,
    FigureRun,
    Heading,
    Paragraph,
    Run,
    Table,
)

CREATED = datetime(2022, 1, 10, 8, 30, tzinfo=UTC)
CAPITAL = "investment.capital_in_place/2021"


def document(*blocks: Block, annexes: tuple[Annex, ...] = (), **more: str) -> Document:
    return Document(
        title="东西湖区商务局2021年工作总结",
        issuer="东西湖区商务局",
        date=date(2022, 1, 5),
        blocks=blocks,
        created_at=CREATED,
        annexes=annexes,
        **more,
    )


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def sources(rows: int = 2) -> Annex:
    columns = (Column("数字", "right", 2), Column("口径", width=5), Column("凭证数", "center"))
    first = (FigureRun("726.2亿元", CAPITAL), Run("当年到位并经市级认定"), Run("12"))
    others = ((Run(f"{n}个"), Run("签约项目"), Run(str(n))) for n in range(1, rows))
    return Annex("数据来源一览表", (Table(columns, (first, *others), "表1 正文数字来源"),))


def summary() -> Document:
    figure = FigureRun("726.2", CAPITAL, "实际到位资金，2021年，截至2022年1月10日")
    return document(
        Heading(1, "绩效目标"),
        Heading(2, "招商引资"),
        Paragraph((Run("全区实际到位资金"), figure, Run("亿元。"))),
        Heading(3, "工业项目。", (Run("引进"), FigureRun("2", "projects/2021"), Run("个。"))),
        Heading(1, "下一步打算"),
        Heading(2, "稳外贸"),
        annexes=(sources(), Annex("签约项目名单", (paragraph("略"),))),
        subtitle="（征求意见稿）",
        addressee="区人民政府",
    )
