"""Sample vouchers are real files, say on each page that they are samples, and never vary."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from shangheng.config.sample.model import Sample, SampleBatch
from shangheng.config.sample.vouchers import EPOCH, MARK, make_reply, make_voucher


def batch_of(sample: Sample, key: str) -> SampleBatch:
    return next(batch for batch in sample.batches if batch.key == key)


def text_of_pdf(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


def test_every_page_of_a_pdf_carries_the_mark_and_the_amounts(sample: Sample) -> None:
    voucher = make_voucher(batch_of(sample, "capital-2021-12"))
    pages = text_of_pdf(voucher.content)
    assert all(MARK in page for page in pages)
    for words in ("招商引资实际到位资金", "2021年12月", "44.2", "34.6"):
        assert words in pages[0]


def test_a_document_carries_the_mark_in_the_header_of_its_pages(sample: Sample) -> None:
    voucher = make_voucher(batch_of(sample, "work-2021-12"))
    document = docx.Document(BytesIO(voucher.content))
    assert [s.header.paragraphs[0].text for s in document.sections] == [MARK]
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert ["商超防疫督查出动检查人员", "2021年12月", "56", "人次"] in cells


def test_a_workbook_carries_the_mark_and_exact_amounts_on_its_sheet(sample: Sample) -> None:
    voucher = make_voucher(batch_of(sample, "statistics-2021-09"))
    book = CalamineWorkbook.from_filelike(BytesIO(voucher.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert book.sheet_names == ["示例凭证"]
    assert rows[0][0] == MARK
    assert ["外贸进出口总额", "2021年9月", "19.26", "亿元"] in [row[:4] for row in rows]
    assert MARK.encode() in ZipFile(BytesIO(voucher.content)).read("xl/worksheets/sheet1.xml")


def test_an_image_is_one_page_that_is_not_blank(sample: Sample) -> None:
    voucher = make_voucher(batch_of(sample, "bond"))
    image = Image.open(BytesIO(voucher.content))
    assert image.format == "PNG"
    low, high = image.convert("L").getextrema()
    assert (low, high) == (0, 255)


def test_a_refusal_has_a_reply_that_gives_the_reason_and_the_part_refused(sample: Sample) -> None:
    reply = make_reply(batch_of(sample, "loan"))
    assert reply is not None
    (page,) = text_of_pdf(reply.content)
    assert "区内平台公司融资、发债资金" in page
    assert "1.6" in page
    assert make_reply(batch_of(sample, "land")) is None


@pytest.mark.parametrize("key", ["capital-2021-01", "work-2021-01", "statistics-2021-01", "bond"])
def test_the_same_batch_gives_the_same_bytes(sample: Sample, key: str) -> None:
    voucher = make_voucher(batch_of(sample, key))
    assert voucher == make_voucher(batch_of(sample, key))
    if voucher.content.startswith(b"PK"):
        dates = {member.date_time for member in ZipFile(BytesIO(voucher.content)).infolist()}
        assert dates == {EPOCH}


def test_there_are_at_most_ninety_and_no_two_are_alike(sample: Sample) -> None:
    made = [v for batch in sample.batches for v in (make_voucher(batch), make_reply(batch)) if v]
    assert len(made) <= 90
    assert len({v.content for v in made}) == len({v.name for v in made}) == len(made)
    assert {v.name.rsplit(".", 1)[1] for v in made} == {"pdf", "png", "xlsx", "docx"}
