"""Workflows and calendars as the rules write them."""

from datetime import date
from functools import cache

from django.utils import timezone

from shangheng import rules
from shangheng.core.accounts.rules import permissions, roles
from shangheng.engines.cases.domain.calendar import UnknownYear, WorkCalendar, parse_year
from shangheng.engines.cases.domain.coverage import Known
from shangheng.engines.cases.domain.parsing import parse_workflow
from shangheng.engines.cases.domain.reader import BadRule
from shangheng.engines.cases.domain.workflow import UnknownWorkflow, Version, Workflow


@cache
def workflows() -> dict[str, Workflow]:
    """Every workflow by its id. Raises BadRule."""
    found: dict[str, Workflow] = {}
    for file in rules.files("workflows"):
        workflow = parse_workflow(file, rules.load(file))
        if workflow.id in found:
            raise BadRule(f"{file}: id: {workflow.id!r} stands in two files")
        found[workflow.id] = workflow
    return found


def workflow(code: str) -> Workflow:
    """The workflow of that id. Raises UnknownWorkflow."""
    try:
        return workflows()[code]
    except KeyError:
        raise UnknownWorkflow(f"there is no workflow {code!r}") from None


def version(code: str, number: int) -> Version:
    """One version of a workflow. Raises UnknownWorkflow."""
    return workflow(code).version(number)


def version_now(code: str) -> Version:
    """The version under which cases are opened today. Raises UnknownWorkflow."""
    return workflow(code).on(timezone.localdate())


@cache
def calendar() -> WorkCalendar:
    """The working days of every year whose notice is known. Raises BadRule."""
    years = (parse_year(file, rules.load(file)) for file in rules.files("calendars"))
    return WorkCalendar({year.number: year for year in years})


def is_worked(day: date) -> bool:
    """Whether people are at work; on a day whose year is not known, weekdays count as worked."""
    try:
        return calendar().is_working(day)
    except UnknownYear:
        return day.weekday() < 5


@cache
def known() -> Known:
    """What a workflow may refer to."""
    held = {
        code: frozenset(role.code for role in roles().values() if code in role.permissions)
        for code in permissions()
    }
    kinds = frozenset(row["code"] for row in rules.load("voucher_kinds.yaml"))
    return Known(kinds, held)
