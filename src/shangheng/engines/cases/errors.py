"""What can stand in the way of an act on a case; each message says why and what to do."""

from collections.abc import Sequence

from shangheng.engines.cases.domain.interpreter import Missing


class CannotDo(ValueError):
    """An act that cannot be done as the case stands."""


class GateClosed(CannotDo):
    """A transition whose gate is closed; `missing` says what it lacks."""

    def __init__(self, message: str, missing: Sequence[Missing]) -> None:
        super().__init__(message)
        self.missing = tuple(missing)
