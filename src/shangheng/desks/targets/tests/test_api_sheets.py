"""A sheet by the API: opened, filled in, planned and signed, each step on the version that was read."""

from typing import Any

import pytest

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.desks.targets.tests.sheets import FDI, TRADE, post_trade
from shangheng.engines.ledger.models import TargetSheet

POINT = {
    "name": "名创优品",
    "due_on": "2022-04-30",
    "low": "0.1",
    "high": "0.2",
    "unit_of_measure": "亿美元",
    "probability": "80",
}


@pytest.fixture
def program(clerk: User, bureau: OrgUnit) -> Caller:
    limits.forget()
    post_trade(clerk, bureau)
    return Caller(clerk)


def opened(program: Caller) -> tuple[str, Any]:
    made = program.post("targets/sheets", {"year": 2022, "source": "工作会议"})
    assert made.status_code == 201, made.content
    return made["Location"].removeprefix("/api/v1/"), made


def test_a_sheet_goes_from_draft_to_signature(program: Caller, bureau: OrgUnit) -> None:
    path, made = opened(program)
    tiers = {"tiers": [{"tier": "expected", "growth": "8"}]}
    at = f"{path}/indicators/{TRADE}"
    filled = program.put(f"{at}/tiers", tiers, If_Match=made["ETag"])
    assert filled.status_code == 200, filled.content
    [target] = filled.json()["targets"]
    assert (target["value"], target["base"]) == ("234.45", "217.08")
    months = {"months": [{"month": 6, "value": "100"}]}
    planned = program.put(f"{at}/plan/expected", months, If_Match=filled["ETag"])
    assert [one["month"] for one in planned.json()["targets"]] == [6, 12]
    named = program.post(f"{path}/indicators/{FDI}/points", POINT, If_Match=planned["ETag"])
    [point] = named.json()["points"]
    place = f"{path}/points/{point['id']}"
    altered = program.put(place, {**POINT, "note": "已签约"}, If_Match=named["ETag"])
    assert altered.json()["points"][0]["note"] == "已签约"
    removed = program.delete(place, If_Match=altered["ETag"])
    assert removed.json()["points"] == []
    assert removed["ETag"] == program.get(path)["ETag"]
    problem(program.post(f"{path}/signature", {}, If_Match=removed["ETag"]), 403)
    director = Caller(person("director", unit=bureau))
    signed = director.post(f"{path}/signature", {}, If_Match=removed["ETag"])
    assert signed.json()["state"] == TargetSheet.SIGNED
    late = program.put(f"{at}/tiers", tiers, If_Match=signed["ETag"])
    problem(late, 409)


def test_whoever_has_read_an_older_version_changes_nothing(program: Caller) -> None:
    path, made = opened(program)
    at = f"{path}/indicators/{TRADE}/tiers"
    program.put(at, {"tiers": [{"tier": "expected", "value": "200"}]}, If_Match=made["ETag"])
    other = {"tiers": [{"tier": "expected", "value": "190"}]}
    problem(program.put(at, other, If_Match=made["ETag"]), 412)
    problem(program.put(at, other), 428)
    assert program.get(path).json()["targets"][0]["value"] == "200"


def test_what_the_service_refuses_is_told_by_field(program: Caller) -> None:
    path, made = opened(program)
    both = {"tiers": [{"tier": "expected", "value": "180", "growth": "8"}]}
    at = f"{path}/indicators/{TRADE}/tiers"
    told = problem(program.put(at, both, If_Match=made["ETag"]), 422)
    assert [error["at"] for error in told["errors"]] == ["body.expected"]
    assert "234.45" in told["errors"][0]["message"]
    unknown = f"{path}/indicators/no.such/tiers"
    problem(program.put(unknown, both, If_Match=made["ETag"]), 404)
    problem(program.post("targets/sheets", {"year": 2022, "source": "又一份"}), 422)


def test_no_target_is_set_for_a_closed_unit(program: Caller, park: OrgUnit) -> None:
    path, made = opened(program)
    OrgUnit.objects.filter(pk=park.pk).update(is_active=False)
    tiers = {"tiers": [{"tier": "expected", "growth": "8"}], "unit": park.pk}
    told = problem(
        program.put(f"{path}/indicators/{TRADE}/tiers", tiers, If_Match=made["ETag"]), 422
    )
    assert [one["at"] for one in told["errors"]] == ["body.unit"]
    assert "已停用" in told["errors"][0]["message"]
