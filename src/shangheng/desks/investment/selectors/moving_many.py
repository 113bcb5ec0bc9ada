"""Several projects before one milestone: which can go on to it, and what stands against the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import Project
from shangheng.engines.cases.domain.interpreter import Lack, Missing
from shangheng.engines.cases.domain.workflow import Stage, Transition
from shangheng.engines.cases.selectors.cases import missing, stage_of, workflow_of
from shangheng.engines.cases.selectors.wording import lacks_in_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project before a milestone: the step that leads to it, and why it cannot be taken.

    `documents` are the kinds of voucher that one file for all can supply, each a choice of some.
    """

    row: Project
    stage: str
    way: Transition | None
    documents: tuple[tuple[str, ...], ...] = ()
    why: str = ""

    @property
    def mark(self) -> str:
        """It, and the version of its case that was read."""
        return f"{self.row.pk}:{self.row.matter.version}"


def milestones_before(rows: Sequence[Project]) -> list[Stage]:
    """The milestones to which a step leads from where any of them stands: first that to which the
    usual step, the first of its stage, leads most of them."""
    found: Counter[Stage] = Counter()
    for row in rows:
        version = workflow_of(row.matter)[1]
        for place, way in enumerate(version.leaving(row.matter.stage)):
            found[version.stage(way.target)] += place == 0
    return [stage for stage, _n in found.most_common() if stage.milestone]


def candidates(actor: User, rows: Sequence[Project], stage: str) -> list[Candidate]:
    """Each project before a milestone, by its id, as its own gate judges it for this person."""
    return [_candidate(actor, row, stage) for row in rows]


def _candidate(actor: User, row: Project, stage: str) -> Candidate:
    case = row.matter
    now = stage_of(case).name
    ways = workflow_of(case)[1].leaving(case.stage)
    way = next((one for one in ways if one.target == stage), None)
    if way is None:
        return Candidate(row, now, None, why=_("从“%s”不能直接到这个里程碑") % now)
    lacks = missing(case, way, actor)
    others: list[Missing] = [one for one in lacks if one.lack is not Lack.EVIDENCE]
    documents = tuple(one.codes for one in lacks if one.lack is Lack.EVIDENCE)
    why = _("、").join(lacks_in_words(case, others)) if others else ""
    return Candidate(row, now, way, documents, why)
