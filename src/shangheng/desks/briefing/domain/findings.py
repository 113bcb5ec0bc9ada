"""What stands in the way of a signature, and who let it pass."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

ERROR, WARNING = "error", "warning"

# What is found, and whether it stops a signature until somebody answers for it.
KINDS = {
    "markup": ERROR,  # the text cannot be read; cannot be waived
    "missing": ERROR,
    "unbound": ERROR,
    "identity": ERROR,
    "sources": ERROR,
    "published": ERROR,
    "base": ERROR,
    "unevidenced": ERROR,
    "claims": ERROR,  # figures of the text that contradict each other
    "pending": WARNING,
    "voucher": WARNING,
    "sample": WARNING,
    "doubt": WARNING,
}


@dataclass(frozen=True)
class Finding:
    """Something wrong or doubtful. `key` is stable; `binding` is the bound figure it is about."""

    kind: str
    key: str
    message: str
    binding: str = ""
    line: int = 0

    @property
    def severity(self) -> str:
        """`error` stops a signature, `warning` does not."""
        return KINDS[self.kind]

    @property
    def digest(self) -> str:
        """Over what was found: a waiver holds for exactly this, not for what it may become."""
        return hashlib.sha256(f"{self.key}\n{self.message}".encode()).hexdigest()

    @property
    def can_be_waived(self) -> bool:
        """Whether anybody can answer for it; a text that cannot be read must be mended."""
        return self.severity == ERROR and self.kind != "markup"


def standing(findings: Iterable[Finding], waived: Collection[str]) -> tuple[Finding, ...]:
    """Those that stop a signature: errors whose digest nobody has waived."""
    return tuple(f for f in findings if f.severity == ERROR and f.digest not in waived)
