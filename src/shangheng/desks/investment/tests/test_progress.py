"""How far projects had come on a day: reached and now at, held against the ledger."""

from datetime import date, timedelta
from typing import Any

import pytest

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.services import counting
from shangheng.desks.investment.tests import office
from shangheng.engines.cases.services.milestones import (
    record_milestone,
    reverse_milestone,
    standing,
)

TODAY = AT.date()
YEAR = TODAY.year


def reached(owner: User, project: Project, stage: str, on: date) -> None:
    """Record that a project reached a stage; the ledger follows."""
    record_milestone(actor=owner, at=AT, case=project.matter, stage=stage, occurred_on=on)
    counting.bring_up_to_date(actor=owner, at=AT, project=project)


def found(viewer: User, **asked: Any) -> Any:
    """What the page says above its list, and the names in it."""
    answer = office.browser(viewer).get(
        "/investment/projects/progress/", {"period": str(YEAR), **asked}
    )
    table = answer.context["table"]
    progress = table.totals
    lines = {line.stage.id: line for line in progress.lines}
    return progress, lines, {line.row.name for line in table.lines}


@pytest.fixture
def director(owner: User) -> User:
    return person("director")


@pytest.fixture
def signed(owner: User) -> Project:
    row = office.project(owner, agreed_investment=2)
    reached(owner, row, "signed", TODAY - timedelta(days=3))
    return row


def test_a_day_before_shows_what_had_happened_by_then(
    owner: User, director: User, signed: Project
) -> None:
    reached(owner, signed, "registered", TODAY)
    _progress, lines, names = found(director)
    assert (lines["signed"].reached, lines["signed"].now) == (1, 0)
    assert (lines["registered"].reached, lines["registered"].now) == (1, 1)
    earlier = (TODAY - timedelta(days=1)).isoformat()
    _progress, lines, names = found(director, on=earlier)
    assert (lines["signed"].now, lines["registered"].reached) == (1, 0)
    assert names == {signed.name}
    _progress, _lines, names = found(director, on=earlier, now="registered")
    assert names == set()


def test_a_reversed_milestone_is_reached_no_longer(
    owner: User, director: User, signed: Project
) -> None:
    row = standing(signed.matter).get(stage="signed")
    reverse_milestone(actor=owner, at=AT, milestone=row, reason="登记错了")
    progress, _lines, names = found(director)
    assert (progress.total, names) == (0, set())


def test_the_ledger_agrees_or_the_difference_shows(
    owner: User, director: User, signed: Project
) -> None:
    _progress, lines, _names = found(director)
    assert lines["signed"].gap == 0
    record_milestone(
        actor=owner, at=AT, case=signed.matter, stage="registered", occurred_on=TODAY
    )  # and the ledger is not told
    _progress, lines, _names = found(director)
    assert lines["registered"].unposted
    counting.bring_up_to_date(actor=owner, at=AT, project=signed)
    other = office.project(owner, "另一个项目", agreed_investment=1)
    reached(owner, other, "signed", TODAY)
    record_milestone(actor=owner, at=AT, case=other.matter, stage="registered", occurred_on=TODAY)
    _progress, lines, _names = found(director)
    assert (lines["registered"].reached, lines["registered"].gap) == (2, -1)


def test_signed_projects_that_are_not_followed_show_as_the_difference(
    owner: User, director: User, signed: Project
) -> None:
    other = office.project(owner, "不跟踪的项目", agreed_investment=1, tracked=False)
    reached(owner, other, "signed", TODAY)
    progress, _lines, names = found(director)
    assert (progress.signed, progress.tracked, progress.untracked) == (2, 1, 1)
    assert names == {signed.name}
    assert found(director, scope="untracked")[2] == {other.name}
    assert found(director, scope="signed")[2] == {signed.name, other.name}


def test_registered_and_later_stages_are_told_apart(
    owner: User, director: User, signed: Project
) -> None:
    for stage in ("registered", "started"):
        reached(owner, signed, stage, TODAY)
    other = office.project(owner, "只签约的项目", agreed_investment=1)
    reached(owner, other, "signed", TODAY)
    progress, _lines, _names = found(director)
    assert (progress.total, progress.registered, progress.added) == (2, 1, 2)
    assert (progress.twice, progress.neither, progress.not_landed) == (1, 1, 1)


def test_who_sees_a_part_is_shown_no_figure_of_the_whole(owner: User, signed: Project) -> None:
    _progress, lines, names = found(owner)
    assert names == {signed.name}
    assert lines["signed"].figure is None


def test_projects_of_others_are_not_counted(stranger: User, signed: Project) -> None:
    progress, _lines, names = found(stranger)
    assert (progress.total, progress.signed, names) == (0, 0, set())
