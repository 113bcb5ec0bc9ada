import struct

from shangheng.engines.evidence import old_excel
from shangheng.engines.evidence.domain.preview import NoPreview, SheetPreview, SheetsPreview
from shangheng.engines.evidence.tests import samples

BOUNDSHEET, BOF, EOF, NUMBER, DIMENSIONS = 0x85, 0x809, 0x0A, 0x203, 0x200


def workbook(rows: int = 1) -> bytes:
    """An .xls of one sheet with A1 = 726.2, which claims to have so many rows."""
    start = 20 + 13 + 4  # bytes of the records before the sheet
    records = (
        (BOF, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 6)),
        (BOUNDSHEET, struct.pack("<IHBB", start, 0, 1, 0) + b"A"),
        (EOF, b""),
        (BOF, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)),
        (DIMENSIONS, struct.pack("<IIHHH", 0, rows, 0, 24, 0)),
        (NUMBER, struct.pack("<HHHd", 0, 0, 0, 726.2)),
        (EOF, b""),
    )
    stream = b"".join(struct.pack("<HH", code, len(data)) + data for code, data in records)
    return samples.compound({"Workbook": stream})


def test_an_old_workbook_is_shown_as_sheets() -> None:
    assert old_excel.preview(workbook()) == SheetsPreview((SheetPreview("A", (("726.2",),), 1, 1),))


def test_a_workbook_that_asks_for_all_the_memory_ends_only_its_own_process() -> None:
    assert isinstance(old_excel.preview(workbook(rows=0xFE000000)), NoPreview)
