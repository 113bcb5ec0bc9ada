from typing import Any

import pytest

from shangheng.engines.cases.domain.interpreter import (
    Actor,
    Lack,
    Missing,
    Snapshot,
    available,
    missing,
    returns,
)
from shangheng.engines.cases.tests.rules import first, small

WORKFLOW = small()
VERSION = first(WORKFLOW)
SEND, APPROVE = VERSION.transitions
FULL = frozenset({"cases.act", "cases.verify"})


def lacks(transition: Any = SEND, actor: Actor | None = None, **told: Any) -> dict[Lack, Missing]:
    case = Snapshot(told.pop("stage", "draft"), owner=1, **told)
    return {each.lack: each for each in missing(WORKFLOW, transition, case, actor)}


def test_what_is_missing_is_named_with_who_can_supply_it() -> None:
    assert lacks(fields={"foreign": True}, evidence=frozenset()) == {
        Lack.FIELD: Missing(Lack.FIELD, ("country",), ("owner",)),
        Lack.EVIDENCE: Missing(Lack.EVIDENCE, ("bank_receipt", "audit_report"), ("owner",)),
    }


def test_nothing_is_missing_when_fields_and_one_kind_of_evidence_are_there() -> None:
    assert lacks(fields={"amount": "3.5"}, evidence=frozenset({"audit_report"})) == {}


@pytest.mark.parametrize(
    ("value", "empty"), [(None, True), (" ", True), (0, False), (False, False)]
)
def test_nought_is_a_value_and_a_blank_is_not(value: object, empty: bool) -> None:
    found = lacks(fields={"amount": value}, evidence=frozenset({"audit_report"}))
    assert (Lack.FIELD in found) is empty


def test_a_condition_that_does_not_hold_asks_for_nothing() -> None:
    held = frozenset({"bank_receipt"})
    assert lacks(fields={"amount": 1, "foreign": False}, evidence=held) == {}
    assert lacks(fields={"amount": 1, "foreign": True}, evidence=held)[Lack.FIELD].codes == (
        "country",
    )


def test_a_field_with_another_value_says_which_is_asked() -> None:
    workflow = small(
        transitions=[
            {
                "id": "send", "zh": "报", "en": "s", "from": ["draft"], "to": "done",
                "permission": "cases.act", "fields": [{"field": "foreign", "is": False}],
            }
        ]
    )  # fmt: skip
    [send] = first(workflow).transitions
    [lack] = missing(workflow, send, Snapshot("draft", 1, fields={"foreign": True}))
    assert (lack.lack, lack.value, lack.by) == (Lack.VALUE, False, ("owner",))


def test_signatures_and_refusals_hold_a_case_and_name_the_person() -> None:
    found = lacks(
        fields={"amount": 1}, evidence=frozenset({"bank_receipt"}), unsigned=(7,), refused=(8,)
    )
    assert found[Lack.SIGNATURE].by == ("7",)
    assert found[Lack.REFUSAL].by == ("8",)
    assert all(each.waivable for each in found.values())


def test_rights_pauses_and_the_second_person_cannot_be_passed_over() -> None:
    found = lacks(APPROVE, Actor(1, frozenset()), stage="review", paused=True)
    assert set(found) == {Lack.PERMISSION, Lack.OTHER_PERSON, Lack.RESUMPTION}
    assert not any(each.waivable for each in found.values())


def test_offers_are_those_of_the_stage() -> None:
    case = Snapshot("review", owner=1)
    [own] = available(WORKFLOW, VERSION, case, Actor(1, FULL))
    [others] = available(WORKFLOW, VERSION, case, Actor(2, FULL))
    assert (own.target.id, own.is_open, others.is_open) == ("done", False, True)


def test_a_case_goes_back_only_to_where_it_has_been() -> None:
    case = Snapshot("review", owner=1)
    assert [stage.id for stage in returns(VERSION, case, ["draft", "review"])] == ["draft"]
    assert returns(VERSION, case, ["review"]) == ()
