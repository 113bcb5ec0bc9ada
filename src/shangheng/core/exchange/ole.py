"""Reading the table of contents of an OLE compound file (.xls, .doc, encrypted Office files).

Pure. Source: [MS-CFB] Compound File Binary File Format, sections 2.2 (header), 2.3 (FAT),
2.5 (DIFAT) and 2.6 (directory).
"""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_FREE = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_ENTRY = 128
_MINI = 64
_HEADER_DIFAT = 109
_ROOT = 5


class BadCompoundFile(Exception):
    """The compound file is damaged."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One storage or stream: where it starts and how many bytes it has."""

    name: str
    start: int
    size: int
    is_root: bool


class CompoundFile:
    """The streams of an OLE compound file, by name.

    Raises `BadCompoundFile` when the file contradicts itself.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read_header()
            directory = self._chain(self._directory, self._fat)
            entries = [_entry(bytes(raw)) for raw in batched(directory, _ENTRY)]
        except (struct.error, IndexError, ValueError, OverflowError) as error:
            raise BadCompoundFile from error
        self.streams = {entry.name: entry for entry in entries if entry is not None}

    def head(self, name: str, length: int) -> bytes:
        """The first `length` bytes of a stream; empty when there is no such stream."""
        stream = self.streams.get(name)
        if stream is None:
            return b""
        try:
            if stream.size >= self._mini_cutoff:
                return self._chain(stream.start, self._fat, length)[: min(length, stream.size)]
            return self._mini(stream, length)
        except (struct.error, IndexError, ValueError, OverflowError) as error:
            raise BadCompoundFile from error

    def _read_header(self) -> None:
        header = self._content[:512]
        if header[:8] != SIGNATURE:
            raise BadCompoundFile
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in {9, 12}:
            raise BadCompoundFile
        self._sector_size = 1 << shift
        self._directory, _, self._mini_cutoff, self._mini_fat_start = struct.unpack_from(
            "<IIII", header, 48
        )
        sectors = list(struct.unpack_from(f"<{_HEADER_DIFAT}I", header, 76))
        (more,) = struct.unpack_from("<I", header, 68)
        seen: set[int] = set()
        while more < _FREE:
            if more in seen:
                raise BadCompoundFile
            seen.add(more)
            *part, more = self._numbers(self._sector(more))
            sectors += part
        tables = [sector for sector in sectors if sector < _FREE]
        if len(set(tables)) < len(tables):
            raise BadCompoundFile  # else a small file could claim a table without end
        self._fat = array("I")
        for sector in tables:
            self._fat.extend(self._numbers(self._sector(sector)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        sector = self._content[start : start + self._sector_size]
        if not sector:
            raise BadCompoundFile
        return sector.ljust(self._sector_size, b"\0")  # writers may cut the last one short

    @staticmethod
    def _numbers(sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}I", sector)

    def _chain(self, start: int, fat: Sequence[int], length: int | None = None) -> bytes:
        """Follow a chain of sectors, to its end or until `length` bytes are there."""
        pieces: list[bytes] = []
        number = start
        while number < _FREE and (length is None or len(pieces) * self._sector_size < length):
            if len(pieces) > len(fat):
                raise BadCompoundFile  # the chain runs in a circle
            pieces.append(self._sector(number))
            number = fat[number]
        return b"".join(pieces)

    def _mini(self, stream: Stream, length: int) -> bytes:
        root = next((entry for entry in self.streams.values() if entry.is_root), None)
        if root is None:
            raise BadCompoundFile
        mini_fat = self._numbers(self._chain(self._mini_fat_start, self._fat))
        container = self._chain(root.start, self._fat)
        pieces: list[bytes] = []
        number = stream.start
        while number < _FREE and len(pieces) * _MINI < length:
            if len(pieces) > len(mini_fat):
                raise BadCompoundFile
            pieces.append(container[number * _MINI : (number + 1) * _MINI])
            number = mini_fat[number]
        return b"".join(pieces)[: min(length, stream.size)]


def _entry(raw: bytes) -> Stream | None:
    """One directory entry; None for an unused one."""
    length, kind = struct.unpack_from("<HB", raw, 64)
    if kind == 0 or not 2 <= length <= 64:
        return None
    name = raw[: length - 2].decode("utf-16-le")
    start, size = struct.unpack_from("<IQ", raw, 116)
    return Stream(name, start, size & 0xFFFFFFFF, kind == _ROOT)
