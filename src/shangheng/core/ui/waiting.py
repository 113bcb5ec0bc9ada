"""What waits for a person, in the menu and in the bar of every page: asked for in one query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.expressions import Combinable

from shangheng.core.accounts.models import User


class HowMany(Subquery):
    """The number of rows that a query finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # where nothing can be found nobody asks


@dataclass(frozen=True)
class Waits:
    """What to ask the database for, one value under each name, and how many things it comes to."""

    asked: Mapping[str, Combinable]
    told: Callable[[Mapping[str, Any]], int] = lambda found: sum(found.values())


def rows_of(*found: QuerySet[Any]) -> Waits:
    """The rows that queries find."""
    return Waits({str(n): HowMany(rows.values("pk")) for n, rows in enumerate(found)})


def count(user: User, waits: Mapping[str, Waits]) -> dict[str, int]:
    """How much waits for a person under each name."""
    asked = [(name, key, one) for name, each in waits.items() for key, one in each.asked.items()]
    if not asked:
        return {}
    row = User.objects.filter(pk=user.pk).values_list(*(one for _name, _key, one in asked)).get()
    found: dict[str, dict[str, Any]] = {name: {} for name in waits}
    for (name, key, _one), value in zip(asked, row, strict=True):
        found[name][key] = value
    return {name: each.told(found[name]) for name, each in waits.items()}
