"""Brings the desk's operations, and says how its refusals are told."""

from django.core.exceptions import ValidationError

from shangheng.core.api import problems, routers
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.investment.api import (
    arrivals,
    common,
    leads,
    milestones,
    moving,
    organisations,
    projects,
    spaces,
)
from shangheng.engines.cases.errors import CannotDo


def register_api() -> None:
    """Called once, when the desk is ready."""
    for part in (leads, moving, projects, milestones, arrivals, organisations, spaces):
        routers.register("investment", part.router)
    problems.tell(ValidationError, common.refused)
    problems.tell(StaleEdit, common.stale)
    problems.tell(CannotDo, problems.conflict)
