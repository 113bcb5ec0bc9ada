from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.domain.commitments import Promise, State, why_not_paid
from shangheng.desks.investment.models import Commitment, Progress, Project
from shangheng.desks.investment.selectors.commitments import (
    commitments_for,
    lines_of,
    overdue,
    soon,
    unreviewed,
)
from shangheng.desks.investment.services import commitments as services
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser

TODAY = date(2021, 12, 1)
_seconds = count(1)


def later() -> datetime:
    return AT + timedelta(seconds=next(_seconds))


def promise(owner: User, project: Project, **told: Any) -> Commitment:
    values = {
        "side": "investor",
        "kind": "investment",
        "text": "三年内投资65亿元",
        "amount": Decimal(65),
        "unit": "亿元",
        "due_on": date(2021, 12, 20),
        **told,
    }
    return services.promise(actor=owner, at=later(), project=project, values=values)


def support(owner: User, project: Project) -> Commitment:
    told = {"side": "district", "kind": "support", "text": "按设备投资补助", "unit": "万元"}
    return promise(owner, project, **told)


def do(owner: User, row: Commitment, **told: Any) -> Progress:
    values = {"done_on": TODAY, **told}
    return services.progress(actor=owner, at=later(), row=row, **values)


def review(head: User, row: Commitment, outcome: str, note: str = "") -> None:
    services.review(actor=head, at=later(), row=row, outcome=outcome, reviewed_on=TODAY, note=note)


def test_promised_stands_against_done(project: Project, owner: User) -> None:
    row = promise(owner, project)
    do(owner, row, amount=Decimal(25))
    do(owner, row, amount=Decimal("14.5"))
    (line,) = lines_of(commitments_for(owner), TODAY)
    assert (str(line.promise.done), line.state) == ("39.5", State.SOON)
    do(owner, row, amount=Decimal("25.5"))
    assert lines_of(commitments_for(owner), TODAY)[0].state is State.KEPT


amounts = st.none() | st.decimals(min_value="0.01", max_value=1000, places=2)


@given(amounts, st.decimals(0, 2000, places=2), st.integers(-60, 60), st.booleans())
def test_it_is_overdue_only_after_its_day_and_never_once_it_is_kept(
    amount: Decimal | None, done: Decimal, days: int, is_done: bool
) -> None:
    state = Promise(amount, TODAY + timedelta(days), done, is_done).state(TODAY)
    kept = is_done or (amount is not None and done >= amount)
    assert (state is State.KEPT) == kept
    assert (state is State.OVERDUE) == (not kept and days < 0)
    assert (state is State.SOON) == (not kept and 0 <= days <= 30)


def test_lists_of_what_is_due_agree_with_the_states(project: Project, owner: User) -> None:
    late = promise(owner, project, due_on=date(2021, 11, 30))
    near = promise(owner, project, due_on=date(2021, 12, 31))
    promise(owner, project, due_on=date(2022, 1, 1))
    kept = promise(owner, project, due_on=date(2021, 11, 30))
    do(owner, kept, amount=Decimal(65))
    rows = commitments_for(owner)
    assert list(overdue(rows, TODAY)) == [late]
    assert list(soon(rows, TODAY)) == [near]
    states = {line.pk: line.state for line in lines_of(rows, TODAY)}
    assert states[late.pk] is State.OVERDUE
    assert states[near.pk] is State.SOON


def test_nothing_is_paid_on_a_clause_that_was_not_reviewed(
    project: Project, owner: User, head: User
) -> None:
    row = support(owner, project)
    assert list(unreviewed(commitments_for(owner))) == [row]
    with pytest.raises(ValidationError, match="还没有公平竞争审查"):
        do(owner, row, amount=Decimal(10))
    review(head, row, "failed", "构成特定企业优惠")
    with pytest.raises(ValidationError, match="没有通过"):
        do(owner, row, amount=Decimal(10))
    review(head, row, "changed", "改为面向同类企业的普惠条款")
    do(owner, row, amount=Decimal(10))
    assert Progress.objects.count() == 1


@given(st.sampled_from(["not_needed", "pending", "failed", ""]))
def test_only_an_outcome_that_lets_it_pass_unlocks_support(outcome: str) -> None:
    assert why_not_paid("district", "support", outcome)
    assert not why_not_paid("investor", "investment", outcome)


def test_a_review_is_another_persons_and_says_why(
    project: Project, owner: User, head: User
) -> None:
    row = support(owner, project)
    with pytest.raises(PermissionDenied):
        review(owner, row, "passed")
    with pytest.raises(ValidationError, match="请写明"):
        review(head, row, "failed")
    own = support(head, project)
    with pytest.raises(ValidationError, match="登记条款的人"):
        review(head, own, "passed")
    with pytest.raises(ValidationError, match="不涉及"):
        review(head, promise(owner, project), "passed")


def test_amount_and_unit_go_together(project: Project, owner: User) -> None:
    with pytest.raises(ValidationError, match="一起填写"):
        promise(owner, project, unit="")
    row = promise(owner, project, kind="date", text="年底前开工", amount=None, unit="")
    with pytest.raises(ValidationError, match="没有承诺数"):
        do(owner, row, amount=Decimal(1))
    with pytest.raises(ValidationError, match="做了什么"):
        do(owner, row)
    do(owner, row, done=True)
    assert lines_of(commitments_for(owner), TODAY)[0].state is State.KEPT


def test_what_was_done_is_never_changed(project: Project, owner: User) -> None:
    step = do(owner, promise(owner, project), amount=Decimal(1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Progress.objects.filter(pk=step.pk).update(amount=Decimal(65))


def test_commitments_are_their_projects(project: Project, owner: User, stranger: User) -> None:
    row = promise(owner, project)
    with pytest.raises(PermissionDenied):
        do(stranger, row, amount=Decimal(1))
    seen = browser(stranger)
    for name in ("commitment", "commitment-progress"):
        assert seen.get(reverse(name, args=[row.pk])).status_code == 404
    assert row.text not in seen.get(reverse("commitments")).text


def test_commitments_on_their_pages(project: Project, owner: User, head: User) -> None:
    mine, other = browser(owner), browser(head)
    new = reverse("commitment-new", args=[project.pk])
    told = {"side": "district", "kind": "support", "text": "设备补助", "amount": "500"}
    told |= {"unit": "万元", "due_on": "2021-12-20"}
    assert mine.post(new, told | {"unit": ""}).status_code == 422
    assert mine.post(new, told).status_code == 302
    row = Commitment.objects.get()
    page, done = reverse("commitment", args=[row.pk]), reverse("commitment-progress", args=[row.pk])
    assert "不能兑付" in mine.get(page).text
    paid = {"done_on": "2021-12-01", "amount": "100"}
    assert mine.post(done, paid).status_code == 422
    assert row.text in mine.get(reverse("commitments"), {"tab": "unreviewed"}).text
    outcome = {"outcome": "passed", "reviewed_on": "2021-12-01"}
    assert other.post(reverse("commitment-review", args=[row.pk]), outcome).status_code == 302
    assert mine.post(done, paid).status_code == 302
    assert "100" in mine.get(page).text
    assert row.text in mine.get(reverse("project-commitments", args=[project.pk])).text
    assert row.text not in mine.get(reverse("commitments"), {"tab": "unreviewed"}).text
    back = reverse("commitment-take-back", args=[row.pk])
    assert mine.post(back, {"reason": "登记错了"}).status_code == 302
    assert row.text not in mine.get(reverse("commitments")).text


def test_a_clause_is_corrected_with_a_reason_and_reviewed_anew(
    owner: User, head: User, project: Project
) -> None:
    row = support(owner, project)
    review(head, row, "passed")
    page, seen = reverse("commitment-correct", args=[row.pk]), browser(owner)
    told = office.sent(seen.get(page).context["form"], amount="200")
    assert seen.post(page, told | {"why": ""}).status_code == 422
    assert seen.post(page, told | {"why": "数写错"}).status_code == 302
    row.refresh_from_db()
    assert (row.amount, row.review, row.reviewed_on) == (200, "pending", None)
    assert seen.post(page, told | {"why": "数写错"}).status_code == 409, "seen before the change"


def test_of_a_clause_that_something_was_done_of_only_the_day_changes(
    owner: User, project: Project
) -> None:
    row = promise(owner, project)
    do(owner, row, amount=Decimal(5))
    values = {"due_on": date(2022, 6, 30)}
    services.correct(actor=owner, at=later(), row=row, values=values, reason="展期", seen=None)
    row.refresh_from_db()
    assert row.due_on == date(2022, 6, 30)
    with pytest.raises(ValidationError, match="只能改期限"):
        services.correct(
            actor=owner, at=later(), row=row, values={"amount": Decimal(1)}, reason="改", seen=None
        )
