import io

import pytest
from PIL import Image

from shangheng.engines.evidence.domain import media
from shangheng.engines.evidence.domain.preview import (
    Grid,
    ImagePreview,
    NoPreview,
    Paragraph,
    SheetsPreview,
    TextPreview,
    preview,
)
from shangheng.engines.evidence.tests import samples


def test_a_large_picture_is_shown_small_and_without_its_metadata() -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn by 90 degrees
    exif[0x010F] = "某牌手机"
    Image.new("RGB", (4000, 2000), "blue").save(buffer, "JPEG", exif=exif)
    shown = preview(media.JPEG.mime, buffer.getvalue())
    assert isinstance(shown, ImagePreview)
    assert (shown.width, shown.height) == (800, 1600)
    picture = Image.open(io.BytesIO(shown.png))
    assert picture.format == "PNG"
    assert not picture.getexif()


def test_each_page_of_a_pdf_is_a_picture() -> None:
    shown = preview(media.PDF.mime, samples.pdf(pages=3), page=2)
    assert isinstance(shown, ImagePreview)
    assert (shown.page, shown.pages) == (2, 3)
    assert max(shown.width, shown.height) in {1600, 1601}


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (99, 3)])
def test_a_page_that_does_not_exist_gives_the_nearest_one(asked: int, given: int) -> None:
    shown = preview(media.PDF.mime, samples.pdf(pages=3), page=asked)
    assert isinstance(shown, ImagePreview)
    assert shown.page == given


def test_a_document_is_shown_as_paragraphs_and_tables_in_their_order() -> None:
    shown = preview(media.DOCX.mime, samples.word("到位资金3.5亿元", "见下表"))
    assert shown == TextPreview(
        (Paragraph("到位资金3.5亿元"), Paragraph("见下表"), Grid((("金额", "3.5亿元"),)))
    )


def test_a_workbook_larger_than_the_window_says_that_it_is_cut() -> None:
    shown = preview(media.XLSX.mime, samples.excel(rows=300, columns=60))
    assert isinstance(shown, SheetsPreview)
    [sheet] = shown.sheets
    assert (len(sheet.rows), len(sheet.rows[0])) == (200, 50)
    assert (sheet.total_rows, sheet.total_columns) == (300, 60)
    assert sheet.is_cut


def test_numbers_are_shown_with_the_digits_that_excel_keeps() -> None:
    shown = preview(media.XLSX.mime, samples.excel(rows=1, columns=2))
    assert isinstance(shown, SheetsPreview)
    assert shown.sheets[0].rows == (("0", "0.1"),)
    assert not shown.sheets[0].is_cut


def test_a_csv_of_an_old_encoding_is_readable() -> None:
    shown = preview(media.CSV.mime, "企业,金额\n喆,1\n".encode("gb18030"))
    assert isinstance(shown, SheetsPreview)
    assert shown.sheets[0].rows == (("企业", "金额"), ("喆", "1"))


@pytest.mark.parametrize(
    ("kind", "content"), [(media.OFD, samples.ofd()), (media.DOC, samples.old_word())]
)
def test_a_format_without_a_viewer_says_to_download(kind: media.Media, content: bytes) -> None:
    shown = preview(kind.mime, content)
    assert isinstance(shown, NoPreview)
    assert "下载" in shown.message
