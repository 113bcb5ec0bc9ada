import io
import re
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.core.exchange.archive import Flaw, Unreadable, open_archive
from shangheng.core.exchange.errors import CellError
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.exchange.ole import BadCompoundFile, CompoundFile
from shangheng.core.exchange.read import Table
from shangheng.core.exchange.tests.workbooks import (
    GOOD,
    book,
    read_book,
    replaced,
    with_cell,
)
from shangheng.methods.claims.reading.document import UnreadableReport
from shangheng.methods.claims.reading.read import read_report

GOOD_BOOK = book(*[GOOD] * 5, with_cell("数值", "7.26亿"))
PLAIN = "企业,数值,日期\r\n甲公司,1.5,2021-3-5\r\n".encode()


def is_clear(table: Table) -> bool:
    """Either rows and no errors, or errors in words and no rows."""
    return bool(table.rows) != bool(table.errors) and all(map(str, table.errors))


@given(
    st.binary(max_size=2000),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_random_bytes_are_refused_in_words(content: bytes, start: bytes) -> None:
    table = read_book(start + content)
    assert table.errors
    assert is_clear(table)


@given(st.integers(0, len(GOOD_BOOK) - 1))
def test_a_truncated_workbook_is_refused_in_words(length: int) -> None:
    table = read_book(GOOD_BOOK[:length])
    assert table.errors
    assert is_clear(table)


@pytest.mark.parametrize("original", [GOOD_BOOK, PLAIN], ids=["xlsx", "csv"])
@settings(max_examples=300)
@given(data=st.data())
def test_a_mutated_file_is_read_or_refused_in_words(original: bytes, data: st.DataObject) -> None:
    content = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert is_clear(read_book(bytes(content)))


@settings(max_examples=200)
@given(data=st.data())
def test_a_sheet_whose_xml_was_spoiled_is_read_or_refused_in_words(data: st.DataObject) -> None:
    with open_archive(GOOD_BOOK) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    names = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
    part = parts[data.draw(st.sampled_from(names))]
    for _ in range(data.draw(st.integers(1, 6))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(
            st.sampled_from(b"<>/\"='0149AZs \0\xff")
        )
    assert is_clear(read_book(packed(parts)))


def packed(parts: dict[str, bytearray]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    return buffer.getvalue()


@given(st.binary(max_size=3000))
def test_a_spoiled_compound_file_is_refused_and_never_loops(content: bytes) -> None:
    header = bytes.fromhex("D0CF11E0A1B11AE1").ljust(30, b"\0") + b"\x09\0"
    with suppress(BadCompoundFile):
        assert not CompoundFile(header + content).head("Workbook", 100)


def test_a_bomb_is_refused_by_its_size() -> None:
    with pytest.raises(Unreadable) as caught:
        open_archive(packed({"xl/workbook.xml": bytearray(20_000_000)}))
    assert caught.value.flaw is Flaw.TOO_LARGE


def test_an_archive_that_unpacks_to_more_than_it_claims_is_refused() -> None:
    honest = packed({"xl/workbook.xml": bytearray(50_000)})
    lying = honest.replace((50_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Unreadable):
        open_archive(lying)


def test_a_copy_of_an_unreadable_file_lists_the_errors() -> None:
    content = marked_copy(b"\0\1", [CellError("文件坏了")])
    assert content.startswith(b"PK")


@pytest.mark.parametrize("claim", [b'uniqueCount="9999999999"', b'count="9999999999"'])
def test_a_claim_of_more_texts_than_there_can_be_does_not_end_the_process(claim: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as archive:
        strings = archive.read("xl/sharedStrings.xml")
    name = claim.partition(b"=")[0]
    found = re.search(rb"\b" + name + rb'="\d+"', strings)
    assert found
    content = replaced(GOOD_BOOK, "xl/sharedStrings.xml", b" " + found[0], b" " + claim)
    assert "不是完好的" in str(read_book(content).errors[0])
    with pytest.raises(UnreadableReport, match=r"数据\.xlsx"):
        read_report("数据.xlsx", content)


def test_a_cell_far_below_its_row_does_not_end_the_process() -> None:
    content = replaced(GOOD_BOOK, "xl/worksheets/sheet1.xml", b'r="A3"', b'r="A99999999"')
    assert "占用的行列过多" in str(read_book(content).errors[0])
    with pytest.raises(UnreadableReport, match="行列过多"):
        read_report("数据.xlsx", content)
