from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.desks.investment.models import Arrival, Batch, Outflow, Project
from shangheng.desks.investment.selectors.money import doubts_of, lines_of
from shangheng.desks.investment.services import money as services
from shangheng.desks.investment.services import submitting
from shangheng.desks.investment.services.money import Doubtful
from shangheng.desks.investment.services.submitting import Decision
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.evidence.services import Upload
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.selectors.figures import figure
from shangheng.engines.ledger.services.recognition import CannotMove
from shangheng.engines.registry.models import Organisation

SCAN = b"date,amount\n2021-11-01,3000\n"


_seconds = count(1)


def later() -> datetime:
    """Each act a second later: the instants of the ledger are in order."""
    return AT + timedelta(seconds=next(_seconds))


def arrival(owner: User, project: Project, scan: bytes | None = SCAN, **told: Any) -> Arrival:
    values = {
        "paid_on": date(2021, 11, 1),
        "kind": "bank_receipt",
        "number": f"R-{next(_seconds)}",
        "amount": Decimal(3000),
        "currency": "CNY",
        "industrial": True,
        **told,
    }
    uploads = [Upload("回单.csv", scan + str(next(_seconds)).encode())] if scan is not None else []
    return services.enter_arrival(
        actor=owner, at=later(), project=project, values=values, uploads=uploads
    )


def total(code: str = "investment.capital_in_place", counting: str = "claimed") -> Decimal | None:
    query = Query(code, Period.parse("2021"), "420112", counting=Counting(counting))
    return figure(query, known_at=AT + timedelta(days=1)).value


@pytest.fixture
def clerk(project: Project) -> User:
    return person("statistics_clerk", unit=project.matter.unit)


def send(clerk: User, *rows: Arrival, note: str = "") -> Batch:
    return submitting.submit_batch(
        actor=clerk, at=later(), arrivals=rows, name="11月第一批", note=note
    )


def reply(clerk: User, batch: Batch, *decisions: Decision) -> None:
    submitting.record_reply(
        actor=clerk, at=later(), batch=batch, decisions=decisions, replied_on=date(2021, 12, 1)
    )


def held(row: Arrival, status: Status) -> Decimal:
    return lines_of([row])[0].held(status)


def test_an_arrival_is_in_the_ledger_at_once_with_its_voucher(
    project: Project, owner: User
) -> None:
    row = arrival(owner, project)
    assert row.posting is not None
    assert (row.posting.subject, row.posting.occurred_on) == ("创维产业园", date(2021, 11, 1))
    assert list(row.posting.evidence.values_list("document", flat=True)) == list(
        row.documents.values_list("pk", flat=True)
    )
    assert total() == Decimal("0.3")
    assert total("investment.industrial_capital") == Decimal("0.3")
    assert total(counting="recognised") == 0
    acts = Row.objects.filter(target=f"investment.arrival:{row.pk}")
    assert acts.get().act == "investment.arrival.enter"


def test_other_money_counts_in_the_whole_alone(project: Project, owner: User) -> None:
    arrival(owner, project, industrial=False)
    assert total() == Decimal("0.3")
    assert total("investment.industrial_capital") is None


def test_a_voucher_counts_once_over_all_projects(project: Project, owner: User) -> None:
    arrival(owner, project, number="2021-0012")
    other = office.project(owner, "海尔智谷")
    with pytest.raises(ValidationError, match="创维产业园"):
        arrival(owner, other, number="２０２１ 0012")
    arrival(owner, other, number="2021-0012", kind="investor_transfer", amount=Decimal(7))
    assert total() == Decimal("0.3007")


def test_what_looks_like_a_used_voucher_needs_a_reason(project: Project, owner: User) -> None:
    first = arrival(owner, project)
    with pytest.raises(Doubtful, match=f"#{first.pk}"):
        arrival(owner, project)
    again = arrival(owner, project, doubt_note="同日两笔，回单号不同")
    assert {(d.kind, d.other.pk) for d in doubts_of(project)} == {
        ("payment", first.pk),
        ("payment", again.pk),
    }


def test_the_same_file_under_another_project_is_noticed(project: Project, owner: User) -> None:
    upload = [Upload("回单.csv", SCAN)]
    values = {"paid_on": date(2021, 11, 1), "kind": "bank_receipt", "currency": "CNY"}
    services.enter_arrival(
        actor=owner, at=later(), project=project, values={**values, "amount": 1}, uploads=upload
    )
    other = office.project(owner, "海尔智谷")
    with pytest.raises(Doubtful, match="文件"):
        services.enter_arrival(
            actor=owner, at=later(), project=other, values={**values, "amount": 2}, uploads=upload
        )


def test_of_a_cumulative_voucher_only_the_increment_counts(project: Project, owner: User) -> None:
    told: dict[str, Any] = {"kind": "fixed_asset_report", "cumulated_from": date(2021, 1, 1)}
    arrival(owner, project, amount=Decimal(1000), paid_on=date(2021, 9, 30), **told)
    second = arrival(owner, project, amount=Decimal(2500), paid_on=date(2021, 10, 31), **told)
    assert second.counted == 1500
    late = arrival(owner, project, amount=Decimal(1800), paid_on=date(2021, 10, 8), **told)
    assert (late.counted, late.posting) == (0, None)
    assert total() == Decimal("0.25")
    with pytest.raises(ValidationError, match="后登记"):
        services.take_back_arrival(actor=owner, at=later(), row=second, reason="错了")


def test_kinds_that_cumulate_say_since_when_and_others_do_not(
    project: Project, owner: User
) -> None:
    with pytest.raises(ValidationError, match="累计"):
        arrival(owner, project, kind="audit_report")
    with pytest.raises(ValidationError, match="累计起算日"):
        arrival(owner, project, cumulated_from=date(2021, 1, 1))
    with pytest.raises(ValidationError, match="不能作为"):
        arrival(owner, project, kind="business_licence")


def test_money_in_another_currency_needs_a_dated_rate(project: Project, owner: User) -> None:
    with pytest.raises(ValidationError, match="外币要填汇率"):
        arrival(owner, project, currency="USD")
    told: dict[str, Any] = {"rate": Decimal("6.3757"), "rate_on": date(2021, 11, 1)}
    with pytest.raises(ValidationError, match="人民币不填"):
        arrival(owner, project, **told)
    row = arrival(owner, project, currency="USD", amount=Decimal(100), **told)
    assert row.counted_cny == Decimal("0.063757")
    assert total() == Decimal("0.063757")


def test_money_that_returns_to_the_group_of_the_investor_is_noticed(
    project: Project, owner: User
) -> None:
    group = office_organisation(owner, "创维集团有限公司")
    daughter = office_organisation(owner, "创维投资有限公司", parent=group)
    row = arrival(owner, project, payer="创维集团有限公司")
    values = {"paid_on": date(2021, 11, 20), "currency": "CNY", "purpose": "往来款"}
    left = services.enter_outflow(
        actor=owner,
        at=later(),
        project=project,
        values={**values, "payee": daughter.name, "amount": Decimal(2990)},
    )
    services.enter_outflow(
        actor=owner,
        at=later(),
        project=project,
        values={**values, "payee": "中建三局", "amount": Decimal(2990)},
    )
    (doubt,) = doubts_of(project)
    assert (doubt.kind, doubt.arrival, doubt.other) == ("round_trip", row, left)
    assert (doubt.days, doubt.alike) == (19, True)
    services.take_back_outflow(actor=owner, at=later(), row=left, reason="登记错了")
    assert not doubts_of(project)


def office_organisation(owner: User, name: str, parent: Organisation | None = None) -> Organisation:
    row = Organisation.objects.create(name=name, created_by=owner, created_at=AT, parent=parent)
    row.names.create(name=name, kind="current", source="测试", whole=name, core=name, sound="")
    return row


def test_what_is_taken_back_leaves_the_ledger_and_frees_the_voucher(
    project: Project, owner: User
) -> None:
    row = arrival(owner, project, number="A1")
    with pytest.raises(ValidationError, match="理由"):
        services.take_back_arrival(actor=owner, at=later(), row=row, reason=" ")
    services.take_back_arrival(actor=owner, at=later(), row=row, reason="项目选错了")
    assert not total()
    with pytest.raises(ValidationError, match="撤销过"):
        services.take_back_arrival(actor=owner, at=later(), row=row, reason="再来")
    arrival(owner, project, number="A1")
    assert total() == Decimal("0.3")


def test_a_batch_is_recognised_in_part_and_the_rest_sent_again(
    project: Project, owner: User, clerk: User
) -> None:
    first, second = arrival(owner, project), arrival(owner, project, amount=Decimal(5000))
    batch = send(clerk, first, second)
    reply(
        clerk,
        batch,
        Decision(first, Decimal("0.3"), Decimal(0)),
        Decision(second, Decimal("0.2"), Decimal("0.3"), "payer_not_investor"),
    )
    assert total(counting="recognised") == Decimal("0.5")
    assert total("investment.industrial_capital", "recognised") == Decimal("0.5")
    assert held(second, Status.REJECTED) == Decimal("0.3")
    with pytest.raises(CannotMove, match="补充了什么"):
        send(clerk, second)
    again = send(clerk, second, note="补了付款方与投资方的关系证明")
    item = again.items.get()
    assert (item.again, item.amount) == (True, Decimal("0.3"))
    reply(clerk, again, Decision(second, Decimal("0.3"), Decimal(0)))
    assert total(counting="recognised") == Decimal("0.8")


def test_without_a_voucher_nothing_is_sent(project: Project, owner: User, clerk: User) -> None:
    row = arrival(owner, project, scan=None)
    with pytest.raises(CannotMove, match="凭证文件"):
        send(clerk, row)
    services.add_voucher(actor=owner, at=later(), row=row, upload=Upload("回单.csv", SCAN))
    send(clerk, row)
    assert held(row, Status.SUBMITTED) == Decimal("0.3")
    with pytest.raises(ValidationError, match="撤回提交"):
        services.take_back_arrival(actor=owner, at=later(), row=row, reason="错了")
    submitting.withdraw(actor=clerk, at=later(), row=row)
    assert held(row, Status.CLAIMED) == Decimal("0.3")


def test_a_reply_is_about_the_batch_and_no_more_than_was_sent(
    project: Project, owner: User, clerk: User
) -> None:
    sent, other = arrival(owner, project), arrival(owner, project, amount=Decimal(1))
    batch = send(clerk, sent)
    with pytest.raises(CannotMove, match="不在这一批"):
        reply(clerk, batch, Decision(other, Decimal("0.0001"), Decimal(0)))
    with pytest.raises(CannotMove):
        reply(clerk, batch, Decision(sent, Decimal(1), Decimal(0)))
    with pytest.raises(CannotMove, match="原因"):
        reply(clerk, batch, Decision(sent, Decimal(0), Decimal("0.3"), "no_such_reason"))


def test_only_those_who_may_enter_send_and_decide(
    project: Project, owner: User, stranger: User, clerk: User
) -> None:
    with pytest.raises(PermissionDenied):
        arrival(stranger, project)
    row = arrival(owner, project)
    with pytest.raises(PermissionDenied):
        send(owner, row)
    batch = send(clerk, row)
    with pytest.raises(PermissionDenied):
        reply(owner, batch, Decision(row, Decimal("0.3"), Decimal(0)))
    seen = browser(stranger)
    for name, pk in (("arrival", row.pk), ("batch", batch.pk), ("project-money", project.pk)):
        assert seen.get(reverse(name, args=[pk])).status_code == 404
    assert project.name not in seen.get(reverse("arrivals")).text
    assert batch.name not in seen.get(reverse("batches")).text


def test_money_goes_its_whole_way_on_the_pages(project: Project, owner: User, clerk: User) -> None:
    mine, city = browser(owner), browser(clerk)
    page = reverse("arrival-new", args=[project.pk])
    told = {"paid_on": "2021-11-01", "kind": "bank_receipt", "number": "R1", "amount": "3000"}
    told |= {"currency": "CNY", "industrial": "on"}
    assert mine.post(page, told | {"kind": "audit_report"}).status_code == 422
    files = {"scan": SimpleUploadedFile("回单.csv", SCAN)}
    assert mine.post(page, told | files).status_code == 302
    row = Arrival.objects.get()
    refused = mine.post(page, told)
    assert refused.status_code == 422
    assert "一张凭证只计一次" in refused.text
    assert "回单.csv" in mine.get(reverse("arrival", args=[row.pk])).text
    assert "0.3" in mine.get(reverse("project-money", args=[project.pk])).text

    listed = reverse("arrivals")
    act = {"act": "submit", "row": row.pk, "confirm": "1", "name": "11月批"}
    assert city.post(listed, act).status_code == 302
    batch = Batch.objects.get()
    answer = reverse("batch-reply", args=[batch.pk])
    data = {"replied_on": "2021-12-01", f"p{row.pk}-recognised": "0.2"}
    assert city.post(answer, data | {f"p{row.pk}-rejected": "0.2"}).status_code == 422
    data |= {f"p{row.pk}-rejected": "0.1", f"p{row.pk}-reason": "prior_period"}
    assert city.post(answer, data).status_code == 302
    assert held(row, Status.RECOGNISED) == Decimal("0.2")
    assert project.name in city.get(listed, {"tab": "rejected"}).text
    assert project.name not in city.get(listed, {"tab": "claimed"}).text
    assert "拒统" in city.get(reverse("batch", args=[batch.pk])).text


def test_arrivals_of_a_project_are_found_by_its_number_and_no_other_text_is_a_fault(
    project: Project, owner: User
) -> None:
    arrival(owner, project)
    seen = browser(owner)
    for text, there in (
        (str(project.pk), True),
        (f"#{project.pk}", True),
        ("abc", False),
        ("9" * 30, False),
    ):
        page = seen.get(reverse("arrivals"), {"project": text})
        assert (page.status_code, project.name in page.text) == (200, there), text


def test_outflows_are_entered_and_taken_back_on_their_pages(project: Project, owner: User) -> None:
    mine = browser(owner)
    told = {"paid_on": "2021-11-01", "amount": "10", "currency": "CNY", "payee": "中建三局"}
    told["purpose"] = "工程款"
    page = reverse("outflow-new", args=[project.pk])
    assert mine.post(page, told | {"amount": "-1"}).status_code == 422
    assert mine.post(page, told).status_code == 302
    row = Outflow.objects.get()
    back = reverse("outflow-take-back", args=[row.pk])
    assert mine.post(back, {"reason": "登记错了"}).status_code == 302
    assert "已撤销" in mine.get(reverse("project-money", args=[project.pk])).text
