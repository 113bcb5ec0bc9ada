"""Asking a malware scanner (clamd, INSTREAM) about a file before it is read or kept; nobody is asked by default."""

import logging
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from shangheng.methods.wording import say

SECONDS = 20
PIECE = 256 * 1024
LONGEST_ANSWER = 4096

logger = logging.getLogger(__name__)


class NoAnswer(Exception):
    """The scanner cannot be reached, or has not looked at the whole file."""


class NotClean(ValueError):
    """The file is malware, or nobody has looked at it; the message says what to do."""


def must_be_clean(name: str, content: bytes) -> None:
    """Raises NotClean for malware, and, unless the settings let it in, for what nobody has looked at."""
    address: str = settings.MALWARE_SCANNER
    if not address:
        return
    try:
        found = ask(address, content)
    except NoAnswer as problem:
        logger.warning("malware scanner at %s: %s", address, problem)
        if settings.MALWARE_UNSCANNED == "accept":
            return
        raise NotClean(
            say(
                "查毒服务没有应答，文件“%(name)s”没有收下。请稍后再传；一直这样，请告诉系统管理员。",
                name=name,
            )
        ) from problem
    if found:
        raise NotClean(
            say(
                "文件“%(name)s”查出恶意程序（%(found)s），没有收下。请不要再打开它，并告诉系统管理员。",
                name=name,
                found=found,
            )
        )


def ask(address: str, content: bytes) -> str:
    """The name of the malware in `content`, empty for none. Raises NoAnswer."""
    try:
        with _connected(address) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                scanner.sendall(struct.pack(">I", len(piece)) + piece)
            scanner.sendall(struct.pack(">I", 0))
            answer = _answer(scanner)
    except OSError as problem:
        raise NoAnswer(str(problem) or type(problem).__name__) from problem
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return ""
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    raise NoAnswer(answer or "closed without an answer")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(SECONDS)
        try:
            scanner.connect(parts.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)


def _answer(scanner: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < LONGEST_ANSWER:
        part = scanner.recv(LONGEST_ANSWER)
        if not part:
            break
        heard += part
    return heard.rstrip(b"\0\n").decode("utf-8", "replace")
