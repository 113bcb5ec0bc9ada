import time

import pytest

from shangheng.core.exchange.archive import Unreadable, open_archive
from shangheng.core.exchange.tests.test_hostile_files import packed
from shangheng.core.exchange.xlsx import column_to_letters, scan
from shangheng.methods.workbooks import letters_to_column

RELATIONS = (
    b'<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
)
WORKBOOK = b'<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'


def parts(sheet: bytes, **other: bytes) -> dict[str, bytearray]:
    return {
        "xl/workbook.xml": bytearray(WORKBOOK),
        "xl/_rels/workbook.xml.rels": bytearray(RELATIONS),
        "xl/worksheets/sheet1.xml": bytearray(sheet),
    } | {f"xl/{name}.xml": bytearray(content) for name, content in other.items()}


def test_columns_are_named_as_excel_names_them() -> None:
    assert [column_to_letters(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert all(
        letters_to_column(column_to_letters(number)) == number for number in range(1, 17_000)
    )


def test_marks_are_found_in_either_quotes_and_with_a_prefix() -> None:
    sheet = (
        b"<x:worksheet><x:cols><x:col min='2' max='3' hidden='true'/></x:cols>"
        b"<x:row hidden='1' r='7'><x:c r='A7' t='e'><x:v>#N/A</x:v></x:c></x:row>"
        b"<x:row r='8'><x:c r='B8'><x:f>A1</x:f></x:c>"
        b"<x:c r='C8' t='str'><x:f>A1</x:f><x:v></x:v></x:c></x:row></x:worksheet>"
    )
    with open_archive(packed(parts(sheet))) as archive:
        [marks] = scan(archive).sheets
    assert marks.hidden_rows == {7}
    assert marks.hidden_columns == {2, 3}
    assert marks.errors == {(7, 1)}
    assert marks.uncomputed == {(8, 2)}


def test_built_in_and_own_percent_formats_are_known() -> None:
    styles = (
        b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
        b'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    sheet = b'<row r="1"><c r="A1" s="0"/><c r="B1" s="1"><v>1</v></c><c r="C1" s="2"><v>1</v></c></row>'
    with open_archive(packed(parts(sheet, styles=styles))) as archive:
        [marks] = scan(archive).sheets
    assert marks.shown == {(1, 2): "%", (1, 3): "%"}


def test_a_sheet_that_a_workbook_names_and_does_not_hold_is_refused() -> None:
    without = parts(b"")
    del without["xl/worksheets/sheet1.xml"]
    with open_archive(packed(without)) as archive, pytest.raises(Unreadable):
        scan(archive)


@pytest.mark.parametrize("piece", [b"<c ", b"<row r=", b"<col hidden", b"<c r='A1' s", b"<c><f>"])
def test_tags_that_never_end_do_not_slow_the_scan_down(piece: bytes) -> None:
    started = time.monotonic()
    with open_archive(packed(parts(piece * 200_000 + b'"e"<f>hidden'))) as archive:
        scan(archive)
    assert time.monotonic() - started < 5
