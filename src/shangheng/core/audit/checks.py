"""What `shangheng audit verify` looks at besides the audit itself.

An app registers a check in `AppConfig.ready()`: a function without arguments that yields findings.
The audit stands below the other apps and so never imports them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written down.

    `check` names the check, `kind` what happened (`altered`, `removed`, …), `target` the place
    (`audit.row:17`), `message` says it in Chinese.
    """

    check: str
    kind: str
    target: str
    message: str


type Check = Callable[[], Iterable[Finding]]

_registered: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Have `check` run with every verification. A name can be registered once."""
    if name in _registered:
        raise ValueError(f"the audit check {name!r} is registered already")
    _registered[name] = check


def registered() -> dict[str, Check]:
    """The checks by name, in the order of registration."""
    return dict(_registered)
