"""Reports of every kind are read with their positions; furniture and repeats are left out."""

import io

import docx
import pytest
import typst
import xlsxwriter

from shangheng.methods.claims.audit import audit
from shangheng.methods.claims.findings import Verdict
from shangheng.methods.claims.reading.document import UnreadableReport
from shangheng.methods.claims.reading.read import read_report

PASSAGE = "64个在建项目中,已封顶项目40个,占总在建项目的65.1%。"
ROWS = [["项目", "数量", "占比"], ["甲", "12", "30%"], ["乙", "28", "70%"], ["合计", "41", ""]]


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、签约情况")
    document.add_paragraph(PASSAGE)
    table = document.add_table(rows=len(ROWS), cols=3)
    for row, cells in enumerate(ROWS):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _excel() -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    sheet = workbook.add_worksheet("目标完成")
    for row, cells in enumerate(
        [["指标", "目标", "完成", "完成率"], ["甲", 50, 45, "90%"], ["乙", 20, 19, "90%"]]
    ):
        sheet.write_row(row, 0, cells)
    workbook.close()
    return buffer.getvalue()


def _pdf() -> bytes:
    source = (
        '#set text(font: "Noto Sans SC", lang: "zh")\n'
        + PASSAGE.replace("%", "\\%")
        + "\n\n第二段文字,没有数字。"
    )
    return bytes(typst.compile(source.encode(), format="pdf"))


def _accused(name: str, content: bytes) -> list[tuple[str, str]]:
    result = audit(read_report(name, content))
    return [(f.check, f.arithmetic) for f in result.with_verdict(Verdict.INCONSISTENT)]


SHARE = ("share", "40个 ÷ 64个 = 62.5% ≠ 65.1%")


def test_text_is_read_in_utf8_and_gb18030() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert _accused("a.txt", PASSAGE.encode(encoding)) == [SHARE]


def test_word_paragraphs_and_tables_are_audited() -> None:
    accused = _accused("a.docx", _word())
    assert SHARE in accused
    assert ("table_sum", "12 + 28 = 40 ≠ 41") in accused


def test_excel_columns_are_recomputed() -> None:
    assert _accused("a.xlsx", _excel()) == [("table_rate", "19 ÷ 20 = 95% ≠ 90%")]


def test_a_web_page_is_read_without_menus_and_scripts() -> None:
    page = f"""<html><head><title>x</title></head><body><nav>占比99%的菜单</nav><script>var a = "占比1%"</script>
    <p>{PASSAGE}</p><table><tr><th>指标</th><th>本年</th><th>上年</th><th>同比</th></tr>
    <tr><td>甲</td><td>110</td><td>100</td><td>10%</td></tr><tr><td>乙</td><td>110</td><td>100</td><td>12%</td></tr></table></body></html>"""
    accused = _accused("a.html", page.encode())
    assert accused == [SHARE, ("table_growth", "110 ÷ 100 - 1 = 10% ≠ 12%")]


def test_a_pdf_with_a_text_layer_is_read() -> None:
    assert SHARE in _accused("a.pdf", _pdf())


def test_a_pdf_without_a_text_layer_is_refused() -> None:
    empty = bytes(typst.compile(b"#rect(width: 5cm, height: 5cm)", format="pdf"))
    with pytest.raises(UnreadableReport, match="文字层"):
        read_report("scan.pdf", empty)


def test_spans_point_at_the_words_meant() -> None:
    document = read_report("a.txt", ("前言。\n" + PASSAGE).encode())
    (finding,) = audit(document).with_verdict(Verdict.INCONSISTENT)
    assert [document.text[s:e] for s, e in finding.spans] == ["64个", "40个", "65.1%"]


def test_furniture_is_left_out_and_a_repeated_body_is_audited_once() -> None:
    body = (
        "".join(
            f"第{n}段说的是各不相同的工作内容, 文字长短不一, 没有重复。\n" for n in "甲乙丙丁戊"
        )
        + PASSAGE
        + "\n"
    )
    text = f"某局工作总结\n发布时间:2022-01-10 来源:某局\n{body}扫码查看手机版\n{body}"
    document = read_report("a.txt", text.encode())
    assert {n.code for n in document.notes} == {"duplicate_body", "furniture"}
    assert document.published == (2022, 1)
    assert len([f for f in audit(document).findings if f.check == "share"]) == 1


@pytest.mark.parametrize(
    "trail",
    [
        "首页 》》 政务公开 》》 工作动态 《",
        "网站首页 >> 信息公开 >> 工作总结",
        "首页 › 公开 › 总结",
    ],
)
def test_a_trail_of_pages_is_furniture_and_is_not_accused_for_its_marks(trail: str) -> None:
    document = read_report("a.txt", f"某局工作总结\n{trail}\n{PASSAGE}\n".encode())
    assert [n.code for n in document.notes] == ["furniture"]
    assert {f.check for f in audit(document).findings} == {"share"}


def test_a_line_with_the_title_of_a_document_is_no_furniture() -> None:
    text = f"某局工作总结\n印发《商圈建设办法》《消费券办法》,{PASSAGE}\n"
    assert not read_report("a.txt", text.encode()).notes


def test_headings_carry_their_numbers_and_run_in_titles() -> None:
    text = "一、2021年工作情况\n(一)招商引资。全年签约30个项目。\n2、外资目标。完成5亿元。"
    headings = [b.heading for b in read_report("a.txt", text.encode()).blocks]
    assert [(h.style, h.number, h.title) for h in headings if h] == [
        (1, 1, "2021年工作情况"), (2, 1, "招商引资"), (3, 2, "外资目标"),
    ]  # fmt: skip
