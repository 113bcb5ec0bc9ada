"""What the preview of a large file has found, kept beside the file until it is confirmed.

One zip for each job: what it comes to, its lines page by page, and the marked copy of a wrong file; a
page of the preview reads only what it shows.
"""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import overload

from pydantic import TypeAdapter

from shangheng.core.imports import held
from shangheng.core.imports.lines import Line, Lines, Seen

PAGE = 50
_SEEN, _MARKED = "seen.json", "marked.xlsx"
_AS_SEEN, _AS_LINES = TypeAdapter(Seen), TypeAdapter(list[Line])


def keep(job: int, found: Seen, lines: Lines, marked: bytes = b"") -> None:
    """Keep what a preview has found; at one stroke, so that nobody reads half of it."""
    with (
        held.written(_name(job)) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        archive.writestr(_SEEN, _AS_SEEN.dump_json(found))
        for number, page in enumerate(lines.pages(PAGE)):
            archive.writestr(_page(number), _AS_LINES.dump_json(page))
        if marked:
            archive.writestr(_MARKED, marked)


def seen(job: int) -> Seen | None:
    """What the preview has found; None when it is not ready, or no longer there."""
    content = _part(job, _SEEN)
    return _AS_SEEN.validate_json(content) if content else None


def marked(job: int) -> bytes:
    """The copy of a wrong file in which the errors are marked. Raises HeldLost."""
    if content := _part(job, _MARKED):
        return content
    raise held.HeldLost


def is_kept(job: int) -> bool:
    """Whether what a preview has found is still there."""
    return (held.folder() / _name(job)).exists()


def drop(job: int) -> None:
    """Forget what a preview has found."""
    (held.folder() / _name(job)).unlink(missing_ok=True)


class KeptLines(Sequence[Line]):
    """The lines of a kept preview, for a paginator of `PAGE` lines."""

    def __init__(self, job: int, count: int) -> None:
        self._job, self._count = job, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, int):
            return self._lines(index // PAGE)[index % PAGE]
        start, stop, step = index.indices(self._count)
        if start >= stop:
            return []
        first = start // PAGE
        found = [line for n in range(first, (stop - 1) // PAGE + 1) for line in self._lines(n)]
        return found[start - first * PAGE : stop - first * PAGE : step]

    def _lines(self, number: int) -> list[Line]:
        return _AS_LINES.validate_json(_part(self._job, _page(number)) or b"[]")


def _name(job: int) -> str:
    return f"preview-{job}.zip"


def _page(number: int) -> str:
    return f"lines/{number}.json"


def _part(job: int, name: str) -> bytes:
    path: Path = held.folder() / _name(job)
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        return b""
