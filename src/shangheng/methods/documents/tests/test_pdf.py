import re
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.methods.documents.fonts import Face, FontNames, plan_fonts
from shangheng.methods.documents.model import Document
from shangheng.methods.documents.pdf import DocumentError, MissingCharacters, Pdf, to_pdf
from shangheng.methods.documents.tests.examples import document, paragraph, sources, summary

PLAN = plan_fonts(FontNames())
MM = 72 / 25.4
printable = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60
)


class Page:
    """The characters of a page with their places in millimetres from the top left corner."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.size = tuple(round(side / MM) for side in page.get_size())
        text = page.get_textpage()
        self.characters = []
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            if character.strip():
                left, bottom, right, top = text.get_charbox(index)
                height = page.get_height()
                box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
                self.characters.append((character, *box))

    def lines(self, character: str) -> list[int]:
        """How often `character` stands in each line that has it, from the top."""
        counts: dict[float, int] = {}
        for found, _, top, _, _ in self.characters:
            if found == character:
                counts[round(top, 1)] = counts.get(round(top, 1), 0) + 1
        return [counts[top] for top in sorted(counts)]


def pages(pdf: Pdf) -> list[Page]:
    file = pypdfium2.PdfDocument(pdf.content)
    try:
        return [Page(page) for page in file]
    finally:
        file.close()


def text_of(pdf: Pdf) -> str:
    return "".join(each[0] for page in pages(pdf) for each in page.characters)


def long_document() -> Document:
    return document(paragraph("国" * 28 * 50))


def test_a_page_has_22_lines_of_28_characters() -> None:
    second = pages(to_pdf(long_document(), PLAN))[1]
    assert second.size == (210, 297)
    assert second.lines("国") == [28] * 22


def test_the_text_fills_the_type_area() -> None:
    body = [each for each in pages(to_pdf(long_document(), PLAN))[1].characters if each[0] == "国"]
    left, right = min(each[1] for each in body), max(each[3] for each in body)
    top, bottom = min(each[2] for each in body), max(each[4] for each in body)
    assert 28 <= left < 29
    assert 183 < right <= 184
    assert 37 < top < 41
    assert 258 < bottom < 262


def number_place(page: Page) -> tuple[float, float, float]:
    """Left and right end of the page number, and how far its dash is below the type area."""
    dashes = [each for each in page.characters if each[0] == "—"]
    middle = (dashes[0][2] + dashes[0][4]) / 2
    return dashes[0][1] - 28, 184 - dashes[1][3], middle - 262


def test_page_numbers_stand_outside_7_mm_below_the_text() -> None:
    first, second, *_ = pages(to_pdf(long_document(), PLAN))
    assert number_place(first)[1] == pytest.approx(14 / MM, abs=0.3)
    assert number_place(second)[0] == pytest.approx(14 / MM, abs=0.3)
    assert number_place(first)[2] == pytest.approx(7, abs=0.6)
    assert "".join(each[0] for each in second.characters).endswith("—2—")


def test_the_pdf_says_what_the_word_file_says() -> None:
    text = text_of(to_pdf(summary(), PLAN))
    for words in (
        "一、绩效目标（一）招商引资全区实际到位资金726.2亿元。1.工业项目。引进2个。二、下一步打算",
        "附件：1.数据来源一览表2.签约项目名单东西湖区商务局2022年1月5日—1—附件1",
        "表1正文数字来源数字口径凭证数726.2亿元",
    ):
        assert words in text


def test_the_header_row_is_repeated_on_each_page_of_a_table() -> None:
    made = pages(to_pdf(document(annexes=(sources(120),)), PLAN))[1:]
    assert len(made) > 2
    for page in made:
        assert "数字口径凭证数" in "".join(each[0] for each in page.characters)


def test_headings_become_the_outline_in_their_own_size() -> None:
    pdf = to_pdf(summary(), PLAN)
    file = pypdfium2.PdfDocument(pdf.content)
    titles = [(item.level, item.get_title()) for item in file.get_toc()]
    file.close()
    assert titles[:2] == [(0, "一、绩效目标"), (1, "（一）招商引资")]


def test_it_is_made_for_keeping_and_always_the_same() -> None:
    first, second = to_pdf(summary(), PLAN), to_pdf(summary(), PLAN)
    assert first == second
    assert re.search(rb"pdfaid:part>2<", first.content)


def test_the_warnings_of_the_fonts_are_passed_on() -> None:
    assert to_pdf(summary(), PLAN).warnings == PLAN.warnings


def test_a_character_that_no_font_has_is_reported() -> None:
    pdf = to_pdf(document(paragraph("名为\U0001134a与中的项目\ue000")), PLAN)
    missing = pdf.warnings[-1]
    assert isinstance(missing, MissingCharacters)
    assert missing.characters == ("\U0001134a", "\ue000")
    assert str(missing).endswith("（U+1134A）、\ue000（U+E000）")


def test_a_font_that_typst_would_replace_in_silence_is_an_error() -> None:
    plan = replace(PLAN, faces={**PLAN.faces, "body": Face("仿宋_GB2312")})
    with pytest.raises(DocumentError, match="unknown font family"):
        to_pdf(summary(), plan)


@pytest.mark.parametrize(
    "text", ["#eval(1)", "*粗* _斜_ `码` $x$", "= 标题", "<标签> @引用", "\\ ~ -- ---", '"引号"']
)
def test_text_is_never_read_as_markup(text: str) -> None:
    assert text.replace(" ", "") in text_of(to_pdf(document(paragraph(text)), PLAN))


@settings(max_examples=40)
@given(printable, printable)
def test_any_text_can_be_set(first: str, second: str) -> None:
    annexes = (sources(),)
    assert to_pdf(document(paragraph(first), annexes=annexes, subtitle=second), PLAN).content
