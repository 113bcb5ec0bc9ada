"""Encrypted backups: a stream of pieces, each authenticated, in an order that cannot be changed.

AES-256-GCM over pieces of 1 MiB. The nonce of a piece is a random prefix of the file, the number of the
piece and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
CRYPTO 2015), so that pieces cannot be left out, moved, repeated or cut off at the end. The key of a file
is made from that of the settings and a random salt by HKDF-SHA256; a second value made along with it
tells a wrong key from an altered file.
"""

import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

MAGIC = b"shangheng-sealed-1\n"
SALT, PREFIX, MARK, TAG = 16, 7, 16, 16
PIECE = 1024 * 1024
HEADER = len(MAGIC) + SALT + PREFIX + MARK


class UnableToOpen(Exception):
    """The file is encrypted and cannot be read: no key, another key, or it was altered."""


def is_sealed(beginning: bytes) -> bool:
    """Whether a file that begins so is encrypted."""
    return beginning.startswith(MAGIC)


def _keys(key: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key of one file, and the mark by which it is known again."""
    made = HKDF(SHA256(), 32 + MARK, salt, MAGIC).derive(key.encode())
    return made[:32], made[32:]


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


class Sealer:
    """Writes into `file`, encrypted; `close` ends the stream but leaves the file open."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        own, mark = _keys(key, salt)
        self._file, self._cipher = file, AESGCM(own)
        self._header = MAGIC + salt + self._prefix + mark
        self._number, self._held = 0, bytearray()
        file.write(self._header)

    def write(self, content: bytes) -> int:
        """Take content; it reaches the file a piece at a time."""
        self._held += content
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(content)

    def close(self) -> None:
        """Write the last piece."""
        self._seal(bytes(self._held), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last)
        self._file.write(self._cipher.encrypt(nonce, piece, self._header))
        self._number += 1


class Opener:
    """Reads what a `Sealer` wrote. Raises UnableToOpen, before anything altered is handed out."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._file = file
        self._header = file.read(HEADER)
        salt = self._header[len(MAGIC) : len(MAGIC) + SALT]
        self._prefix = self._header[len(MAGIC) + SALT : -MARK]
        if not key:
            raise UnableToOpen(_("备份已加密，请设 SHANGHENG_BACKUP_KEY 为做备份时的密钥。"))
        own, mark = _keys(key, salt)
        if len(self._header) < HEADER or mark != self._header[-MARK:]:
            raise UnableToOpen(_("SHANGHENG_BACKUP_KEY 不是做这份备份时的密钥，请换成当时的密钥。"))
        self._cipher, self._number, self._plain = AESGCM(own), 0, bytearray()
        self._next = file.read(PIECE + TAG)
        self._ended = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; nothing at the end."""
        while len(self._plain) < size and not self._ended:
            self._open_piece()
        taken = bytes(self._plain[:size])
        del self._plain[:size]
        return taken

    def _open_piece(self) -> None:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        self._ended = not self._next
        try:
            nonce = _nonce(self._prefix, self._number, self._ended)
            self._plain += self._cipher.decrypt(nonce, piece, self._header)
        except (InvalidTag, ValueError) as problem:
            raise UnableToOpen(
                _("第%d段被改动过，或者文件不完整。请换一份备份。") % (self._number + 1)
            ) from problem
        self._number += 1
