"""Opening a zip container (xlsx, docx, ofd) that may be damaged or hostile.

Pure: bytes in, facts out. Every entry is inflated once and counted, so that sizes which the
archive only claims are never believed: the readers behind this door allocate what it promises.
"""

import io
import struct
import zipfile
import zlib
from enum import StrEnum

MAX_ENTRIES = 5_000
MAX_TOTAL = 400 * 1024 * 1024
MAX_RATIO = 250  # measured: a sheet of one repeated number shrinks about 100 times
FREE_OF_RATIO = 10 * 1024 * 1024
_STEP = 1024 * 1024
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


class Flaw(StrEnum):
    """Why a file is refused."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"


class Unreadable(Exception):
    """The file is damaged, encrypted, or would unpack to more than can be taken."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, after every entry was inflated and found to be what it claims.

    Raises `Unreadable`. Sizes are in bytes: at most `MAX_TOTAL` in all, and at most `MAX_RATIO`
    times the packed size once the whole exceeds `FREE_OF_RATIO`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise Unreadable(Flaw.DAMAGED) from error
    entries = archive.infolist()
    claimed = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or _is_bomb(claimed, len(content)):
        raise Unreadable(Flaw.TOO_LARGE)
    for entry in entries:
        _check(content, entry)
    return archive


def _is_bomb(size: int, packed: int) -> bool:
    return size > MAX_TOTAL or (size > FREE_OF_RATIO and size > MAX_RATIO * packed)


def _check(content: bytes, entry: zipfile.ZipInfo) -> None:
    """Inflate one entry without keeping it; its size and checksum must be the claimed ones."""
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(Flaw.ENCRYPTED)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unreadable(Flaw.DAMAGED)
    try:
        lengths = struct.unpack_from("<HH", content, entry.header_offset + _LOCAL_HEADER - 4)
        start = entry.header_offset + _LOCAL_HEADER + sum(lengths)
        packed = memoryview(content)[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            size, checksum = len(packed), zlib.crc32(packed)
        else:
            size, checksum = _inflate(packed, entry.file_size)
    except (struct.error, zlib.error, ValueError) as error:
        raise Unreadable(Flaw.DAMAGED) from error
    if (size, checksum) != (entry.file_size, entry.CRC):
        raise Unreadable(Flaw.DAMAGED)


def _inflate(packed: memoryview, limit: int) -> tuple[int, int]:
    """Size and CRC-32 of what `packed` unpacks to; stops when it exceeds `limit` bytes."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size, checksum = 0, 0
    waiting: bytes | memoryview = packed
    while not unpacker.eof and size <= limit:
        piece = unpacker.decompress(waiting, _STEP)
        waiting = unpacker.unconsumed_tail
        if not piece and not waiting:
            break
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
    return size, checksum
