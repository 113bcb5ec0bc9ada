"""Previews of .xls files, read in a process of their own.

The reader asks for as much memory as a damaged .xls claims to need, and what cannot be had ends
the whole process: so it is a small one with a limit, which nobody misses.
"""

import io
import json
import resource
import subprocess
import sys

from python_calamine import CalamineWorkbook

from shangheng.engines.evidence.domain.preview import (
    COLUMNS,
    ROWS,
    NoPreview,
    SheetPreview,
    SheetsPreview,
    damaged,
    shown,
)

SECONDS = 20
MEMORY = 1024**3  # bytes


def preview(content: bytes) -> SheetsPreview | NoPreview:
    """What a page can show of an .xls."""
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the content goes to its standard input
            command, input=content, capture_output=True, timeout=SECONDS, check=True
        )
        sheets = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return damaged()
    return SheetsPreview(
        tuple(
            SheetPreview(name, tuple(map(tuple, rows)), total_rows, total_columns)
            for name, rows, total_rows, total_columns in sheets
        )
    )


def _read(content: bytes) -> list[tuple[str, list[list[str]], int, int]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return [
            (
                sheet.name,
                [
                    [shown(cell) for cell in row[:COLUMNS]]
                    for row in sheet.to_python(skip_empty_area=False, nrows=ROWS)
                ],
                sheet.end[0] + 1 if sheet.end else 0,
                sheet.end[1] + 1 if sheet.end else 0,
            )
            for sheet in sheets
        ]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)
