"""Verdicts and findings: what the audit says of a relation between figures."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple


class Verdict(StrEnum):
    """What a check says; see docs/reference/claims.md."""

    OK = "ok"
    INCONSISTENT = "inconsistent"
    AMBIGUOUS = "ambiguous"
    UNSUPPORTED = "unsupported"
    UNCHECKABLE = "uncheckable"


class Severity(StrEnum):
    """How much depends on it: a wrong figure is major, a slip of writing minor or editorial."""

    MAJOR = "major"
    MINOR = "minor"
    EDITORIAL = "editorial"


class Finding(NamedTuple):
    """One relation that was checked, with its arithmetic.

    `spans` point into the text of the document; `claims` are the indices of the claims used.
    `fingerprint` depends on the check and the words at the spans only, not on their place, so that
    it survives edits elsewhere; equal ones are numbered in order.
    """

    check: str
    verdict: Verdict
    severity: Severity
    spans: tuple[tuple[int, int], ...]
    quote: str
    arithmetic: str
    message: str
    claims: tuple[int, ...] = ()
    fingerprint: str = ""


def with_fingerprints(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in order of place, each with its fingerprint; repeats of one are dropped."""
    ordered = list(findings)
    for part in ("arithmetic", "message", "verdict", "check", "spans"):
        ordered.sort(key=attrgetter(part))
    seen: dict[str, int] = {}
    marked = []
    ordered.reverse()
    while ordered:
        finding = ordered.pop()
        if ordered and finding == ordered[-1]:
            continue
        words = "".join(f"{finding.check}|{finding.quote}".split())
        first = fingerprint = _digest(words, 1)
        seen[first] = seen.get(first, 0) + 1
        if seen[first] > 1:
            fingerprint = _digest(words, seen[first])
        marked.append(finding._replace(fingerprint=fingerprint))
    return marked


def _digest(words: str, number: int) -> str:
    return hashlib.sha256(f"{words}|{number}".encode()).hexdigest()[:16]
