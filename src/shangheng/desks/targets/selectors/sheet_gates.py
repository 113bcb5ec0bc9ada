"""What still stands between a draft and the signature, and who can supply it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shangheng.core.accounts.selectors import people
from shangheng.desks.targets.domain.sheets import MONTHS, out_of_order
from shangheng.desks.targets.selectors.sheet_bases import grows
from shangheng.desks.targets.selectors.sheets import SheetPage, SheetRow
from shangheng.desks.targets.sheet_words import moved_words, printed, tier_word
from shangheng.desks.targets.words import name_of


@dataclass(frozen=True)
class Gate:
    """One thing that is missing. `code` is the indicator, empty for the sheet as a whole.

    A `waivable` one may be accepted by the signer with a reason.
    """

    code: str
    name: str
    words: str
    waivable: bool = False


def gates_of(page: SheetPage) -> list[Gate]:
    """What stops the signature, by indicator in the order of the sheet; at most one each.

    What can only be mended stands before what could be accepted.
    """
    if not page.goals:
        return [Gate("", "", _("目标表为空，还没有一项目标"))]
    gates = []
    for row in page.rows:
        wrong = [*_without_base(row), *_order(row), *_plans(page, row)]
        name = name_of(row.indicator)
        if wrong:
            gates.append(Gate(row.indicator.code, name, _("；").join(wrong)))
        elif row.stale:
            gates.append(Gate(row.indicator.code, name, moved_words(row.stale), waivable=True))
    return gates


def proposers() -> list[str]:
    """The names of those who can mend a draft."""
    return [
        person.display_name
        for person in people()
        if any("targets.propose" in grant.permissions for grant in person.grants.all())
    ]


def _without_base(row: SheetRow) -> Iterator[str]:
    if not grows(row.actual) or row.actual.value is None:
        return
    bare = [goal for goal in row.goals if goal.remembered is None]
    if bare:
        yield _("%s没有基数，而台账中有上年数") % _("、").join(tier_word(g.tier) for g in bare)


def _order(row: SheetRow) -> Iterator[str]:
    values = [
        (tier_word(goal.tier), goal.value) for goal in sorted(row.goals, key=lambda g: g.order)
    ]
    told = dict(values)
    for lower, higher in out_of_order(values, row.indicator.polarity):
        yield _("%(higher)s%(more)s比%(lower)s%(less)s还容易达到") % {
            "higher": higher,
            "more": printed(told[higher], row.definition.decimals),
            "lower": lower,
            "less": printed(told[lower], row.definition.decimals),
        }


def _plans(page: SheetPage, row: SheetRow) -> Iterator[str]:
    """A monthly plan that ends above the year: the year was lowered after the plan."""
    for goal in row.goals:
        months = [
            part
            for part in page.goals
            if part.row.indicator.code == row.indicator.code
            and part.tier == goal.tier
            and part.row.unit_id is None
            and part.row.month < MONTHS
        ]
        above = [part for part in months if part.value > goal.value]
        if above:
            yield _("%(tier)s的月计划到%(month)s月已超过全年目标") % {
                "tier": tier_word(goal.tier),
                "month": min(part.row.month for part in above),
            }
