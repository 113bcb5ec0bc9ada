"""The usual choices of filters, so that a declaration needs no function of its own."""

from collections.abc import Callable
from functools import cache

from shangheng.core.accounts.access import scope_of
from shangheng.core.lists.declaring import Asked, Choice, Choices, Text


@cache
def units_within(permission: str) -> Callable[[Asked], Choices]:
    """The units in use that a person reaches with a permission, set in by their depth.

    One function for each permission: a page asks once for what several of its filters offer.
    """

    def choices(asked: Asked) -> list[Choice]:
        scope = scope_of(asked.actor, permission)
        own = {asked.actor.unit_id} if scope.own else set()
        return [
            (str(unit.pk), "\u3000" * max(unit.depth - 1, 0) + unit.label)
            for unit in asked.actor.every_unit
            if unit.is_active and (scope.everything or unit.pk in scope.unit_ids | own)
        ]

    return choices


def among(*choices: tuple[str, Text]) -> Callable[[Asked], Choices]:
    """These, whoever asks."""
    return lambda _asked: choices
