import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.methods.documents.bookmarks import bookmarks
from shangheng.methods.documents.fonts import FontNames
from shangheng.methods.documents.model import Annex, Document, Heading
from shangheng.methods.documents.tests.examples import (
    CAPITAL,
    document,
    paragraph,
    sources,
    summary,
)
from shangheng.methods.documents.word import to_docx

FONTS = FontNames()
printable = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60
)


def opened(source: Document) -> WordFile:
    return docx.Document(io.BytesIO(to_docx(source, FONTS)))


@pytest.fixture(scope="module")
def word() -> WordFile:
    return opened(summary())


def texts(word: WordFile) -> list[str]:
    return [each.text for each in word.paragraphs if each.text]


def test_the_page_is_that_of_the_standard(word: WordFile) -> None:
    page = word.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    near = Mm(0.05)
    assert abs(page.page_width - Mm(210)) < near
    assert abs(page.page_height - Mm(297)) < near
    assert abs((page.top_margin or 0) - Mm(37)) < near
    assert abs((page.left_margin or 0) - Mm(28)) < near
    assert (
        abs(page.page_width - (page.left_margin or 0) - (page.right_margin or 0) - Mm(156)) < near
    )
    assert (
        abs(page.page_height - (page.top_margin or 0) - (page.bottom_margin or 0) - Mm(225)) < near
    )


def test_a_grid_of_lines_and_an_exact_pitch_give_22_lines_of_28_characters(word: WordFile) -> None:
    grid = word.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    normal = word.styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    assert normal.font.size == Pt(16)
    assert normal.paragraph_format.first_line_indent == Pt(31.5)
    indent = normal.element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert indent.get(qn("w:firstLineChars")) == "200"
    tracking = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:spacing')}")
    assert tracking.get(qn("w:val")) == "-5"


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", FONTS.title, 22),
        ("Heading 1", FONTS.heading1, 16),
        ("Heading 2", FONTS.heading2, 16),
        ("Heading 3", FONTS.body, 16),
        ("Heading 4", FONTS.body, 16),
        ("Footer", FONTS.page, 14),
        ("Table Text", FONTS.body, 10.5),
    ],
)
def test_each_style_names_its_font_for_chinese_too(
    word: WordFile, style: str, font: str, points: float
) -> None:
    made = word.styles[style]
    named = made.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert {named.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        font
    }
    assert made.font.size == Pt(points)
    assert not made.font.bold


def test_headings_are_numbered_and_annexes_listed_before_the_signature(word: WordFile) -> None:
    assert texts(word) == [
        "东西湖区商务局2021年工作总结",
        "（征求意见稿）",
        "区人民政府：",
        "一、绩效目标",
        "（一）招商引资",
        "全区实际到位资金726.2亿元。",
        "1.工业项目。引进2个。",
        "二、下一步打算",
        "（一）稳外贸",
        "附件：1.数据来源一览表",
        "2.签约项目名单",
        "东西湖区商务局",
        "2022年1月5日",
        "附件1",
        "数据来源一览表",
        "表1 正文数字来源",
        "附件2",
        "签约项目名单",
        "略",
    ]


def test_a_heading_that_runs_on_keeps_its_font_to_itself(word: WordFile) -> None:
    line = next(each for each in word.paragraphs if each.text.startswith("1.工业项目"))
    assert line.style is not None
    assert line.style.name == "Normal"
    assert [(run.text, run.style and run.style.name) for run in line.runs] == [
        ("1.工业项目。", "Heading 3 Run"),
        ("引进", None),
        ("2", None),
        ("个。", None),
    ]


def test_a_draft_has_no_signature() -> None:
    assert "2022年1月5日" not in texts(opened(replace(summary(), date=None)))


def page_number(word: WordFile, *, even: bool) -> tuple[str, str]:
    page = word.sections[0]
    footer = page.even_page_footer if even else page.footer
    element = footer.paragraphs[0]._p
    side = element.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val"))
    return side, "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_page_numbers_stand_outside_between_dashes_7_mm_below_the_text(word: WordFile) -> None:
    assert word.settings.odd_and_even_pages_header_footer
    assert page_number(word, even=False) == ("right", "— 1 —")
    assert page_number(word, even=True) == ("left", "— 1 —")
    fields = [
        field.get(qn("w:instr"))
        for footer in (word.sections[0].footer, word.sections[0].even_page_footer)
        for field in footer._element.iter(qn("w:fldSimple"))
    ]
    assert fields == ["PAGE", "PAGE"]
    footer_distance = word.sections[0].footer_distance
    assert footer_distance is not None
    middle_of_dash = footer_distance + Pt(7)
    assert abs(Mm(35) - middle_of_dash - Mm(7)) < Mm(0.1)


def marked(word: WordFile) -> Iterator[tuple[str, str]]:
    """Name and enclosed text of each bookmark."""
    for start in word.element.body.iter(qn("w:bookmarkStart")):
        text = ""
        for element in start.itersiblings():
            if element.tag == qn("w:bookmarkEnd"):
                assert element.get(qn("w:id")) == start.get(qn("w:id"))
                break
            text += "".join(each.text or "" for each in element.iter(qn("w:t")))
        yield start.get(qn("w:name")), text


def test_each_figure_stands_in_a_bookmark_of_its_own(word: WordFile) -> None:
    expected = [(mark.name, mark.run.text) for mark in bookmarks(summary())]
    assert list(marked(word)) == expected
    assert len({name for name, _ in expected}) == 3


def test_a_figure_leads_to_its_row_in_the_annex_and_explains_itself(word: WordFile) -> None:
    (link,) = word.element.body.iter(qn("w:hyperlink"))
    annex_mark = bookmarks(summary())[2]
    assert annex_mark.run.reference == CAPITAL
    assert link.get(qn("w:anchor")) == annex_mark.name
    assert link.get(qn("w:tooltip")) == "实际到位资金，2021年，截至2022年1月10日"


def test_the_header_row_of_a_table_is_repeated_and_columns_fill_the_type_area() -> None:
    word = opened(document(annexes=(sources(60),)))
    (table,) = word.tables
    heads = [
        row for row in table.rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert [cell.text for cell in heads[0].cells] == ["数字", "口径", "凭证数"]
    assert len(heads) == 1
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert abs(sum(widths) - Mm(156).pt * 20) < len(widths)
    assert widths[1] > 2 * widths[0] > 3 * widths[2]
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert [align.name if align is not None else "LEFT" for align in aligned] == [
        "RIGHT",
        "LEFT",
        "CENTER",
    ]


def test_two_tables_in_a_row_do_not_grow_together() -> None:
    table = sources().blocks[0]
    body = opened(document(annexes=(Annex("两张表", (table, table)),))).element.body
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) == 2
    assert all(each.getnext().tag == qn("w:p") for each in tables)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_docx(summary(), FONTS) == to_docx(summary(), FONTS)
    with zipfile.ZipFile(io.BytesIO(to_docx(summary(), FONTS))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_come_from_the_document_in_universal_time() -> None:
    beijing = datetime(2022, 1, 10, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    properties = opened(replace(summary(), created_at=beijing, subject="样例")).core_properties
    assert (properties.title, properties.author) == (
        "东西湖区商务局2021年工作总结",
        "东西湖区商务局",
    )
    assert properties.created == properties.modified == datetime(2022, 1, 10, 8, 30, tzinfo=UTC)
    assert properties.subject == "样例"


@settings(max_examples=40)
@given(printable, printable)
def test_any_text_survives(first: str, second: str) -> None:
    word = opened(document(Heading(1, first), paragraph(second)))
    written = [each.text for each in word.paragraphs]
    assert f"一、{first}" in written
    assert second in written
