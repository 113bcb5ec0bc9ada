"""Verdicts and findings: what the audit says of a relation between figures."""

import hashlib
from collections import Counter
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
    ordered = list(set(findings))
    for part in ("message", "verdict", "check", "spans"):
        ordered.sort(key=attrgetter(part))
    seen: Counter[str] = Counter()
    marked = []
    ordered.reverse()
    while ordered:
        finding = ordered.pop()
        words = "".join(f"{finding.check}|{finding.quote}".split())
        seen[words] += 1
        digest = hashlib.sha256(f"{words}|{seen[words]}".encode()).hexdigest()[:16]
        marked.append(finding._replace(fingerprint=digest))
    return marked
