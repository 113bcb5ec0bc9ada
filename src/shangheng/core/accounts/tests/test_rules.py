import pytest

from shangheng.core.accounts.matrix import rights
from shangheng.core.accounts.rules import ScopeKind, UnknownCode, permissions, role, roles

WRITES = {
    "targets.post",
    "targets.import",
    "targets.submit",
    "targets.recognise",
    "targets.propose",
    "targets.sign",
    "briefing.write",
    "briefing.check",
    "briefing.sign",
    "briefing.issue",
    "evidence.upload",
    "registry.edit",
    "registry.merge",
    "accounts.manage",
    "jobs.manage",
}
ROLES = [
    "director",
    "section_head",
    "statistics_clerk",
    "investment_officer",
    "inspector",
    "auditor",
    "administrator",
]


def test_the_seven_roles_are_there() -> None:
    assert list(roles()) == ROLES


def test_every_permission_is_held_by_some_role() -> None:
    assert set().union(*(each.permissions for each in roles().values())) == set(permissions())


def test_the_administrator_manages_people_and_sees_no_business() -> None:
    business = {"targets", "briefing", "evidence", "registry", "audit"}
    held = role("administrator").permissions
    assert {"accounts.view", "accounts.manage"} <= held
    assert not {code.partition(".")[0] for code in held} & business


def test_the_auditor_reads_everything_and_writes_nothing() -> None:
    held = role("auditor").permissions
    assert not held & WRITES
    assert {code for code in permissions() if code.endswith(".view")} <= held


def test_who_signs_neither_posts_nor_checks_nor_recognises() -> None:
    signing = {"targets.sign", "briefing.sign"}
    making = {"targets.post", "targets.import", "targets.recognise", "targets.propose"}
    making |= {"briefing.write", "briefing.check"}
    for each in roles().values():
        assert not (each.permissions & signing and each.permissions & making), each.code


def test_who_writes_a_report_does_not_check_it() -> None:
    for each in roles().values():
        assert not {"briefing.write", "briefing.check"} <= each.permissions, each.code


def test_only_those_who_manage_or_audit_stand_alone() -> None:
    assert {code for code, each in roles().items() if each.alone} == {"auditor", "administrator"}


def test_the_investment_officer_posts_for_the_own_unit() -> None:
    assert role("investment_officer").scope == ScopeKind.UNIT


def test_the_table_of_rights_agrees_with_the_rules() -> None:
    table = rights(list(roles().values()))
    assert [right.permission.code for right in table] == list(permissions())
    for right in table:
        for held, each in zip(right.held, roles().values(), strict=True):
            assert held == (right.permission.code in each.permissions)


def test_an_unknown_role_is_refused_loudly() -> None:
    with pytest.raises(UnknownCode, match="emperor"):
        role("emperor")
