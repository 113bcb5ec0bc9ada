from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.ui.moment import Moment
from shangheng.desks.investment.domain import credit as rules
from shangheng.desks.investment.models import Effort, Project, Ruling, Share
from shangheng.desks.investment.selectors.credit import LeagueLine, league, rulings_of
from shangheng.desks.investment.services import credit as services
from shangheng.desks.investment.services.credit import Part
from shangheng.desks.investment.services.money import enter_arrival
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.evidence.services import Upload
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.selectors.figures import figure

DAY = date(2021, 11, 1)
LOG = Upload("考察.csv", b"day,what\n2021-11-01,visit\n")
_seconds = count(1)


def later() -> datetime:
    return AT + timedelta(seconds=next(_seconds))


@pytest.fixture
def head(bureau: OrgUnit) -> User:
    """Somebody above both units that share a project."""
    return person("director", unit=bureau)


@pytest.fixture
def landing() -> OrgUnit:
    return office.unit("bsq", "保税办")


def rule(head: User, project: Project, *parts: tuple[OrgUnit, int], **told: Any) -> Ruling:
    values = {"holds_from": date(2021, 1, 1), "reason": "首谈与落地协议", **told}
    named = [Part(unit, "help", Decimal(percent)) for unit, percent in parts]
    return services.rule(actor=head, at=later(), project=project, parts=named, **values)


def standing(units: list[OrgUnit], by: str = "pending", **moment: Any) -> dict[str, LeagueLine]:
    told = {"period": "2021", "known": None, "now": AT + timedelta(days=1), **moment}
    return {line.row.code: line for line in league(units, Moment(**told), by)}


percents = st.lists(st.integers(1, 9999), min_size=1, max_size=6)


@given(percents, st.decimals(min_value=0, max_value=100000, places=10))
def test_parts_of_an_amount_always_add_up_to_it(weights: list[int], amount: Decimal) -> None:
    hundredths = [10000 * weight // sum(weights) for weight in weights]
    hundredths[0] += 10000 - sum(hundredths)
    shares = [
        rules.Share(unit, Decimal(part) / 100) for unit, part in enumerate(hundredths) if part
    ]
    rules.check_shares(shares)
    assert sum(rules.split(amount, shares).values()) == amount


@given(st.lists(st.decimals(min_value=-10, max_value=120, places=2), max_size=5))
def test_shares_are_refused_unless_they_are_exactly_the_whole(parts: list[Decimal]) -> None:
    shares = [rules.Share(unit, percent) for unit, percent in enumerate(parts)]
    fair = bool(parts) and min(parts) > 0 and sum(parts) == 100
    try:
        rules.check_shares(shares)
    except rules.UnfairShares:
        assert not fair
    else:
        assert fair


def test_a_unit_cannot_be_named_twice() -> None:
    half = Decimal(50)
    with pytest.raises(rules.UnfairShares, match="只能写一次"):
        rules.check_shares([rules.Share(1, half), rules.Share(1, half)])


def test_the_last_ruling_that_covers_a_day_holds() -> None:
    first = rules.Term(date(2021, 1, 1), None, (rules.Share(1, Decimal(100)),))
    second = rules.Term(date(2021, 6, 1), date(2021, 12, 31), (rules.Share(2, Decimal(100)),))
    assert rules.in_force([first, second], date(2021, 7, 1)) == second
    assert rules.in_force([first, second], date(2022, 1, 1)) == first, "the term has ended"
    assert rules.in_force([first, second], date(2020, 1, 1)) is None


def test_money_is_credited_by_the_ruling_and_before_it_to_the_lead_unit(
    project: Project, owner: User, head: User, bureau: OrgUnit, landing: OrgUnit
) -> None:
    for day, amount in ((date(2021, 5, 1), 1000), (DAY, 3000)):
        values = {"paid_on": day, "kind": "bank_receipt", "amount": Decimal(amount)}
        enter_arrival(actor=owner, at=later(), project=project, values=values)
    rule(head, project, (bureau, 50), (landing, 50), holds_from=date(2021, 6, 1))
    found = standing([bureau, landing])
    assert found["zsj"].pending == Decimal("0.25")
    assert found["bsq"].pending == Decimal("0.15")
    assert (found["zsj"].rank, found["bsq"].rank) == (1, 2)
    before = standing([bureau, landing], now=AT + timedelta(seconds=1), known=AT.date())
    assert before["bsq"].pending == Decimal("0.15"), "the day is read to its end"
    assert standing([bureau, landing], period="2020")["zsj"].pending == 0


def test_a_ruling_needs_the_whole_a_reason_and_somebody_who_may(
    project: Project, owner: User, head: User, bureau: OrgUnit, landing: OrgUnit
) -> None:
    with pytest.raises(ValidationError, match="应当是100%"):
        rule(head, project, (bureau, 50), (landing, 40))
    with pytest.raises(ValidationError, match="依据什么"):
        rule(head, project, (bureau, 100), reason=" ")
    with pytest.raises(ValidationError, match="早于"):
        rule(head, project, (bureau, 100), holds_to=date(2020, 1, 1))
    with pytest.raises(PermissionDenied):
        rule(owner, project, (bureau, 100))
    assert not Ruling.objects.exists()


def test_rulings_are_never_changed(
    project: Project, head: User, bureau: OrgUnit, landing: OrgUnit
) -> None:
    row = rule(head, project, (bureau, 100))
    rule(head, project, (landing, 100))
    for change in (
        lambda: Ruling.objects.filter(pk=row.pk).update(reason="改了"),
        lambda: Share.objects.filter(ruling=row).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert len(rulings_of(project)) == 2


def effort(owner: User, **told: Any) -> Effort:
    values = {"kind": "visit", "done_on": DAY, "title": "创维来访", **told}
    upload = values.pop("upload", None)
    assert owner.unit
    return services.enter_effort(
        actor=owner, at=later(), unit=owner.unit, values=values, upload=upload
    )


def trips() -> Decimal | None:
    query = Query("investment.trips", Period.parse("2021"), "420112")
    return figure(query, known_at=AT + timedelta(days=1)).value


def test_a_trip_counts_in_the_ledger_with_its_evidence(owner: User, bureau: OrgUnit) -> None:
    with pytest.raises(ValidationError, match="考察报告"):
        effort(owner, kind="trip")
    row = effort(owner, kind="trip", upload=LOG)
    effort(owner)
    assert row.posting
    assert row.posting.evidence.count() == 1
    assert trips() == 1
    assert standing([bureau])["zsj"].efforts == {"trip": 1, "visit": 1}
    services.take_back_effort(actor=owner, at=later(), row=row, reason="登记两遍")
    assert not trips()
    assert standing([bureau])["zsj"].efforts == {"visit": 1}


def test_effort_is_entered_for_units_within_reach(owner: User, stranger: User) -> None:
    row = effort(owner)
    with pytest.raises(PermissionDenied):
        services.take_back_effort(actor=stranger, at=later(), row=row, reason="不是我们的")
    assert browser(stranger).get(reverse("effort", args=[row.pk])).status_code == 404
    assert row.title not in browser(stranger).get(reverse("efforts"), {"period": "2021"}).text
    with pytest.raises(ValidationError, match="晚于今天"):
        effort(owner, done_on=date(2021, 12, 2))


def test_credit_and_effort_on_their_pages(
    project: Project, owner: User, head: User, bureau: OrgUnit, landing: OrgUnit
) -> None:
    page = reverse("ruling-new", args=[project.pk])
    seen = browser(head)
    data = {"holds_from": "2021-01-01", "reason": "协议5:5"}
    data |= {"parts-TOTAL_FORMS": "2", "parts-INITIAL_FORMS": "0"}
    for place, (unit, percent) in enumerate(((bureau, "50"), (landing, "40"))):
        data |= {f"parts-{place}-unit": str(unit.pk), f"parts-{place}-role": "first"}
        data[f"parts-{place}-percent"] = percent
    assert seen.post(page, data).status_code == 422
    assert seen.post(page, data | {"parts-1-percent": "50"}).status_code == 302
    assert "50%" in seen.get(reverse("project-credit", args=[project.pk])).text
    assert browser(owner).get(page).status_code == 403

    mine = browser(owner)
    told = {"kind": "trip", "unit": owner.unit_id, "done_on": "2021-11-01", "title": "赴深圳"}
    new = reverse("effort-new")
    assert mine.post(new, told).status_code == 422
    assert mine.post(new, told | {"project": "99999"}).status_code == 422
    files = {"scan": SimpleUploadedFile("考察.csv", LOG.content)}
    assert mine.post(new, told | files).status_code == 302
    row = Effort.objects.get()
    assert "赴深圳" in mine.get(reverse("efforts"), {"period": "2021"}).text
    ranked = mine.get(reverse("league"), {"period": "2021", "by": "trip"})
    assert bureau.label in ranked.text
    table = mine.get(reverse("league"), {"period": "2021", "export": "csv"})
    assert "外出考察" in table.content.decode("utf-8-sig")
    back = reverse("effort-take-back", args=[row.pk])
    assert mine.post(back, {"reason": "登记错了"}).status_code == 302
    assert "已撤销" in mine.get(reverse("effort", args=[row.pk])).text


def test_a_trip_is_corrected_by_another_entry_and_counts_once(owner: User) -> None:
    assert owner.unit
    values = {"kind": "trip", "done_on": DAY, "title": "赴深圳考察", "place": "深圳"}
    row = services.enter_effort(actor=owner, at=later(), unit=owner.unit, values=values, upload=LOG)
    page, seen = reverse("effort-correct", args=[row.pk]), browser(owner)
    form = seen.get(page).context["form"]
    assert form["place"].value() == "深圳"
    told = office.sent(form, place="东莞", scan="")
    assert seen.post(page, told | {"why": ""}).status_code == 422
    assert seen.post(page, told | {"why": "地点写错"}).status_code == 302
    old, new = Effort.objects.order_by("pk")
    assert "更正为" in old.taken_back_why
    assert (new.place, new.document, new.taken_back_at) == ("东莞", old.document, None)
    assert trips() == 1
    assert seen.post(page, told | {"why": "再改"}).status_code == 422, "it was taken back"
    assert Effort.objects.count() == 2


def test_a_project_is_chosen_by_name_or_number_among_those_one_sees(
    owner: User, stranger: User
) -> None:
    row = office.project(owner, "创维产业园")
    office.project(stranger, "别家的创维")
    typing = {"HX-Request": "true"}
    options = browser(owner).get(reverse("project-pick"), {"project": "创维"}, headers=typing).text
    assert f"#{row.pk} 创维产业园" in options
    assert "别家的" not in options
    page, seen = reverse("effort-new"), browser(owner)
    told = office.sent(
        seen.get(page).context["form"], kind="visit", done_on="2021-11-01", title="来访"
    )
    assert seen.post(page, told | {"project": "没有的"}).status_code == 422
    for typed in ("创维产业园", str(row.pk), f"#{row.pk} 创维产业园"):
        assert seen.post(page, told | {"project": typed}).status_code == 302
    assert Effort.objects.filter(project=row).count() == 3


def test_whose_units_are_not_both_one_s_own_does_not_rule_on_their_shares(
    head: User, project: Project, bureau: OrgUnit, landing: OrgUnit
) -> None:
    with pytest.raises(ValidationError, match="共同的上级"):
        rule(office.head(bureau), project, (bureau, 50), (landing, 50))
    assert rule(head, project, (bureau, 50), (landing, 50)).shares.count() == 2
