"""What can be asked about a running platform; each app adds its own in `AppConfig.ready()`.

- A **check** says what is wrong and how to mend it: for `shangheng doctor`, the page of the
  administrator and, with `ready=True`, for `/readyz`.
- A **gauge** is a number read when `/metrics` is asked.
- A **sample** is a set of figures that a backup notes and a restore must answer alike.
- **Derived** rows are computed from others: they can be compared with them, and made anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise


class Level(StrEnum):
    """How bad a finding is: an error stops or endangers the work, a warning can wait for a day."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what, why it matters, and what mends it (a command where there is one)."""

    what: str | Promise
    why: str | Promise
    mend: str | Promise
    level: Level = Level.ERROR


type Run = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. `run` yields what is wrong, nothing when all is well.

    With `ready`, a server on which it finds an error takes no visitors (`/readyz`): such a check is
    asked every few seconds and must be quick. A `slow` one reads much or asks the network: no page
    waits for it, it is run every night.
    """

    code: str
    label: str | Promise
    run: Run
    ready: bool = False
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number for `/metrics`: by the value of one `label`, or under "" when it has none."""

    name: str
    about: str
    read: Callable[[], Mapping[str, float]]
    label: str = ""


type Sample = Callable[[datetime], Iterable[tuple[str, str]]]
"""Figures as known at an instant, each by a stable reference and as exact text."""


@dataclass(frozen=True, slots=True)
class Derived:
    """Rows computed from others. `differences` names what is not as those have it; `rebuild` mends it."""

    code: str
    label: str | Promise
    differences: Callable[[], Sequence[str]]
    rebuild: Callable[[], object]


_checks: dict[str, Check] = {}
_gauges: dict[str, Gauge] = {}
_samples: dict[str, Sample] = {}
_derived: dict[str, Derived] = {}


def register_check(check: Check) -> None:
    """Add a check, or replace the one registered under the same code."""
    _checks[check.code] = check


def register_gauge(gauge: Gauge) -> None:
    """Add a gauge, or replace the one registered under the same name."""
    _gauges[gauge.name] = gauge


def register_sample(code: str, sample: Sample) -> None:
    """Add figures to what a backup notes, or replace those registered under the same code."""
    _samples[code] = sample


def register_derived(derived: Derived) -> None:
    """Add derived rows, or replace those registered under the same code."""
    _derived[derived.code] = derived


def checks() -> list[Check]:
    """Every check in the order of registration."""
    return list(_checks.values())


def gauges() -> list[Gauge]:
    """Every gauge in the order of registration."""
    return list(_gauges.values())


def samples() -> dict[str, Sample]:
    """Every sample by its code."""
    return dict(_samples)


def all_derived() -> list[Derived]:
    """Everything derived in the order of registration."""
    return list(_derived.values())
