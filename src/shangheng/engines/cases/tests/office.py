"""A small office for the tests of this engine: people, a kind of subject, documents."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.engines.cases import subjects
from shangheng.engines.cases.models import Case, Exhibit
from shangheng.engines.cases.services import exhibits, moving
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import store

VALUES: dict[int, dict[str, object]] = {}
"""The fields of the subjects, by id: what a desk would read from its own table."""

_ids = count(1)


def later(days: int = 0, **more: int) -> datetime:
    """AT (Wednesday, 1 December 2021, 9:00) and some time."""
    return AT + timedelta(days=days, **more)


def use_subjects() -> None:
    """Let cases be about things of the tests."""
    VALUES.clear()
    for code in ("investment.lead", "investment.project"):
        subjects.register(
            subjects.SubjectKind(
                code, "测试对象", lambda pk: VALUES.get(pk, {}), lambda pk: f"/things/{pk}/"
            )
        )


def officer(unit: OrgUnit | None, **told: Any) -> User:
    return person("investment_officer", unit=unit, **told)


def head(unit: OrgUnit | None, **told: Any) -> User:
    return person("section_head", unit=unit, **told)


def office(code: str = "zsj") -> OrgUnit:
    return org_unit(code, name="招商局")


def project(owner: User, *, at: datetime = AT, **values: Any) -> Case:
    """A project at its first stage, the line."""
    return opened("investment_project", owner, at, values)


def lead(owner: User, *, at: datetime = AT, **values: Any) -> Case:
    """A lead that waits for a response."""
    return opened("investment_lead", owner, at, values)


def opened(workflow: str, owner: User, at: datetime, values: Mapping[str, object]) -> Case:
    pk = next(_ids)
    VALUES[pk] = {**values}
    return moving.open_case(actor=owner, at=at, workflow=workflow, subject_id=pk, title=f"第{pk}件")


def fill(case: Case, **values: object) -> None:
    """Enter fields of the subject."""
    VALUES[case.subject_id] |= values


def document(owner: User, kind: str, name: str = "材料.txt") -> Document:
    number = next(_ids)
    return store(
        actor=owner, at=AT, name=name, content=f"凭证{number}".encode(), kind=kind, unit=owner.unit
    )


def attached(case: Case, owner: User, kind: str, at: datetime = AT) -> Exhibit:
    """A fresh document of a kind, attached."""
    return exhibits.attach(actor=owner, at=at, case=case, document=document(owner, kind))


SIGNING: dict[str, Any] = {
    "investor": "创维", "industry": "C39", "agreed_investment": "65", "currency": "CNY",
    "needs_land": True,
}  # fmt: skip


def signed_project(owner: User, at: datetime = AT) -> Case:
    """A project that was signed, with its agreement."""
    case = project(owner, at=at, **SIGNING)
    moving.move(actor=owner, at=at, case=case, transition="negotiate")
    attached(case, owner, "investment_agreement", at)
    moving.move(actor=owner, at=at, case=case, transition="sign")
    case.refresh_from_db()
    return case
