"""The digest of an entry: what makes an altered posting show."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256


def posting_line(
    *,
    series: tuple[str, int, str, str],
    version: int,
    subject: str,
    amount: int,
    n: int,
    occurred_on: date,
    status: int,
    is_sample: bool,
    reverses: int | None,
) -> str:
    """One posting as text; `series` is (indicator, unit, area, dimensions)."""
    fields = (*series, version, subject, amount, n, occurred_on, status, int(is_sample), reverses)
    return "p" + "\x1f".join(map(str, fields))


def step_line(*fields: object) -> str:
    """One recognition step as text: posting, origin, destination, amount, reason, authority, document."""
    return "s" + "\x1f".join(map(str, fields))


def evidence_line(place: str, document: int) -> str:
    """One voucher of a posting as text."""
    return f"e{place}\x1f{document}"


def plain_line(*fields: object) -> str:
    """Any other row as text."""
    return "r" + "\x1f".join(map(str, fields))


def digest(lines: Iterable[str]) -> str:
    """SHA-256 over the lines, whatever their order."""
    result = sha256()
    for line in sorted(lines):
        result.update(line.encode())
        result.update(b"\n")
    return result.hexdigest()
