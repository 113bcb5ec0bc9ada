"""Sample vouchers: small real files, each page of which says that it is a sample.

The same batch gives the same bytes, so that loading the sample year twice finds the same documents.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import typst
import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from PIL import Image, ImageDraw, ImageFont

from shangheng import rules
from shangheng.config.sample.model import SampleBatch, SampleFact
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.methods.documents.fonts import FREE_FONTS, load_fonts

MARK = "示例凭证 SAMPLE"
HEAD = ("指标", "时期", "数值", "单位")
NOTE = "本件为演示数据生成的示例，不是任何单位出具的真实凭证。"
REPLY = "recognition_reply"
TEMPLATE = Path(__file__).with_name("voucher.typ")
EPOCH = (1980, 1, 1, 0, 0, 0)
PAGE = (1240, 880)
LINE = 44
ROWS_PER_IMAGE = 14
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class SampleVoucher:
    """A file to attach: to every posting of its batch, or to its rejections (a reply)."""

    batch: str
    name: str
    kind: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class _Sheet:
    """What is written on a voucher, whatever the kind of file."""

    title: str
    about: str
    rows: tuple[tuple[str, str, str, str], ...]
    key: str
    made_at: datetime


def make_voucher(batch: SampleBatch) -> SampleVoucher:
    """The voucher that bears out all facts of a batch."""
    sheet = _Sheet(
        title=f"{_kinds()[batch.voucher_kind]}：{batch.title}",
        about=f"编号 {batch.key}　登记于 {batch.recorded_at:%Y-%m-%d}",
        rows=tuple(_row(fact, f"{fact.value:f}") for fact in batch.facts),
        key=batch.key,
        made_at=batch.recorded_at,
    )
    return _made(sheet, batch.voucher_kind, batch.voucher_format)


def make_reply(batch: SampleBatch) -> SampleVoucher | None:
    """The superior office's reply that refuses an amount of the batch; None where nothing was."""
    refused = [
        (fact, step)
        for fact in batch.facts
        for step in fact.steps
        if step.destination is Status.REJECTED
    ]
    if not refused:
        return None
    reasons = {row["code"]: row["zh"] for row in rules.load("rejection_reasons.yaml")}
    sheet = _Sheet(
        title=f"不予认定的批复：{batch.title}",
        about="；".join(f"{step.authority}：{reasons[step.reason]}" for _, step in refused),
        rows=tuple(_row(fact, f"{step.amount:f}") for fact, step in refused),
        key=batch.key,
        made_at=batch.recorded_at,
    )
    return _made(sheet, REPLY, "pdf")


def make_paper(kind: str, about: str, at: datetime) -> SampleVoucher:
    """A paper of a kind of voucher that says nothing but what it is a sample of."""
    return _made(_Sheet(f"{_kinds()[kind]}：{about}", NOTE, (), about, at), kind, "png")


@cache
def _kinds() -> dict[str, str]:
    return {row["code"]: row["zh"] for row in rules.load("voucher_kinds.yaml")}


@cache
def _values() -> dict[tuple[str, str], str]:
    axes = rules.load("dimensions.yaml")
    return {(axis["code"], value["code"]): value["zh"] for axis in axes for value in axis["values"]}


def _row(fact: SampleFact, amount: str) -> tuple[str, str, str, str]:
    details = [_values()[item] for item in fact.dimensions.items()]
    if fact.subject:
        details.append(fact.subject)
    name = catalogue.indicator(fact.indicator).zh
    month = Month.of(fact.occurred_on)
    label = f"{name}（{'，'.join(details)}）" if details else name
    return label, Period(month, month).label, amount, fact.measure


def _made(sheet: _Sheet, kind: str, form: str) -> SampleVoucher:
    return SampleVoucher(
        batch=sheet.key,
        name=f"示例-{sheet.title}.{form}",
        kind=kind,
        media_type=MEDIA_TYPES[form],
        content=WRITERS[form](sheet),
    )


def _pdf(sheet: _Sheet) -> bytes:
    data = {
        "mark": MARK,
        "title": sheet.title,
        "about": sheet.about,
        "head": HEAD,
        "rows": sheet.rows,
        "note": NOTE,
    }
    content = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=load_fonts((FREE_FONTS,)),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"voucher": json.dumps(data, ensure_ascii=False)},
        timestamp=sheet.made_at.astimezone(UTC),
    )
    if not isinstance(content, bytes):
        raise TypeError(f"{sheet.title}: no PDF")
    return content


def _png(sheet: _Sheet) -> bytes:
    """One image; a batch with more rows than fit on it must take another kind of file."""
    if len(sheet.rows) > ROWS_PER_IMAGE:
        raise ValueError(f"{sheet.title}: {len(sheet.rows)} rows do not fit on one image")
    image = Image.new("L", PAGE, 255)
    draw = ImageDraw.Draw(image)
    draw.text((PAGE[0] // 2, 60), MARK, font=_font(40), fill=90, anchor="mm")
    draw.text((PAGE[0] // 2, 130), sheet.title, font=_font(32), fill=0, anchor="mm")
    draw.text((PAGE[0] // 2, 180), sheet.about, font=_font(20), fill=60, anchor="mm")
    for number, row in enumerate((HEAD, *sheet.rows)):
        top = 220 + number * LINE
        for left, cell in zip((60, 760, 960, 1100), row, strict=True):
            draw.text((left, top), cell, font=_font(22), fill=0)
        draw.line((50, top + LINE - 8, PAGE[0] - 50, top + LINE - 8), fill=160)
    draw.text((60, PAGE[1] - 50), NOTE, font=_font(18), fill=60)
    file = BytesIO()
    image.save(file, "PNG", optimize=False)
    return file.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FREE_FONTS / "NotoSansCJKsc-Regular.otf"), size)


def _xlsx(sheet: _Sheet) -> bytes:
    """One worksheet; the mark is in its first row and in the header of every printed page."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": sheet.title, "created": sheet.made_at})
    page = book.add_worksheet("示例凭证")
    page.set_header(f"&C{MARK}")
    page.set_column(0, 0, 48)
    page.set_column(1, 3, 14)
    for number, text in enumerate((MARK, sheet.title, sheet.about)):
        page.write_string(number, 0, text)
    page.write_row(3, 0, HEAD)
    for number, row in enumerate(sheet.rows, start=4):
        for column, cell in enumerate(row):
            page.write_string(number, column, cell)  # as text: a binary fraction is not the amount
    page.write_string(5 + len(sheet.rows), 0, NOTE)
    book.close()
    return file.getvalue()


def _docx(sheet: _Sheet) -> bytes:
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = sheet.title, "示例"
    properties.created = properties.modified = sheet.made_at.astimezone(UTC)
    style = document.styles["Normal"]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    header = document.sections[0].header.paragraphs[0]
    header.text, header.alignment = MARK, WD_ALIGN_PARAGRAPH.CENTER
    for text in (sheet.title, sheet.about):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=0, cols=len(HEAD), style="Table Grid")
    for row in (HEAD, *sheet.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(NOTE)
    file = BytesIO()
    document.save(file)
    return _without_clock(file.getvalue())


def _without_clock(archive: bytes) -> bytes:
    """The same archive with one fixed time for every member, so that the bytes do not vary."""
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(file, "w") as target:
        for member in source.infolist():
            fixed = ZipInfo(member.filename, EPOCH)
            target.writestr(fixed, source.read(member), ZIP_DEFLATED)
    return file.getvalue()


WRITERS: dict[str, Callable[[_Sheet], bytes]] = {
    "pdf": _pdf,
    "png": _png,
    "xlsx": _xlsx,
    "docx": _docx,
}
