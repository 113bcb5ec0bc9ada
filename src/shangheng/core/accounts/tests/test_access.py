import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.access import (
    EVERYTHING,
    NOTHING,
    Scope,
    UnknownCode,
    allows,
    reached_by,
    scope_of,
)
from shangheng.core.accounts.models import Grant, OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind
from shangheng.core.accounts.tests.people import org_unit, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, OrgUnit]:
    bureau = org_unit("swj")
    hall = org_unit("swj-zs", bureau)
    desk = org_unit("swj-zs-1", hall)
    return {"bureau": bureau, "hall": hall, "desk": desk, "other": org_unit("xfb")}


def colleagues(tree: dict[str, OrgUnit]) -> dict[str, User]:
    return {name: person(unit=unit, username=f"of-{name}") for name, unit in tree.items()}


def seen(user: User) -> set[str]:
    people = User.objects.filter(username__startswith="of-")
    reached = scope_of(user, "targets.view").filter(people, unit="unit", owner="pk")
    return {one.username.removeprefix("of-") for one in reached}


def test_the_scope_all_reaches_every_record(tree: dict[str, OrgUnit]) -> None:
    colleagues(tree)
    assert seen(person("inspector", scope="all")) == {"bureau", "hall", "desk", "other"}


def test_the_scope_chosen_reaches_the_chosen_units_and_not_those_below(
    tree: dict[str, OrgUnit],
) -> None:
    colleagues(tree)
    user = person("inspector", scope="chosen", chosen=[tree["hall"], tree["other"]])
    assert seen(user) == {"hall", "other"}


def test_the_scope_unit_tree_reaches_the_own_unit_and_all_below(tree: dict[str, OrgUnit]) -> None:
    colleagues(tree)
    assert seen(person("inspector", scope="unit_tree", unit=tree["hall"])) == {"hall", "desk"}


def test_the_scope_unit_reaches_the_own_unit_alone(tree: dict[str, OrgUnit]) -> None:
    colleagues(tree)
    assert seen(person("inspector", scope="unit", unit=tree["hall"])) == {"hall"}


def test_the_scope_own_reaches_what_one_has_made(tree: dict[str, OrgUnit]) -> None:
    colleagues(tree)
    user = person("inspector", scope="own", unit=tree["hall"], username="of-myself")
    assert seen(user) == {"myself"}
    assert scope_of(user, "targets.view").own_only


def test_two_grants_reach_the_union_of_both(tree: dict[str, OrgUnit]) -> None:
    colleagues(tree)
    user = person("inspector", scope="own", unit=tree["other"], username="of-myself")
    Grant.objects.create(user=user, role="section_head", scope=ScopeKind.UNIT)
    user = User.objects.get(pk=user.pk)
    assert seen(user) == {"other", "myself"}
    assert not scope_of(user, "targets.view").own_only


def test_a_scope_belongs_to_the_permission_it_was_granted_with(tree: dict[str, OrgUnit]) -> None:
    user = person("inspector", scope="all", unit=tree["hall"])
    Grant.objects.create(user=user, role="investment_officer", scope=ScopeKind.UNIT)
    user = User.objects.get(pk=user.pk)
    assert scope_of(user, "targets.view").everything
    assert scope_of(user, "targets.post").unit_ids == {tree["hall"].pk}


def test_a_model_without_unit_or_owner_is_reached_by_nothing_but_everything(
    tree: dict[str, OrgUnit],
) -> None:
    narrow = scope_of(person("inspector", scope="unit", unit=tree["hall"]), "targets.view")
    assert not narrow.filter(OrgUnit.objects.all(), unit=None, owner=None).exists()
    assert EVERYTHING.filter(OrgUnit.objects.all(), unit=None, owner=None).count() == 4


def test_a_single_record_is_covered_by_its_unit_or_its_maker() -> None:
    assert Scope(unit_ids=frozenset({3})).covers(unit_id=3, owner_id=9)
    assert not Scope(unit_ids=frozenset({3})).covers(unit_id=4, owner_id=9)
    assert Scope(own=True, user_id=9).covers(unit_id=4, owner_id=9)
    assert not Scope(own=True, user_id=9).covers(unit_id=4, owner_id=None)
    assert EVERYTHING.covers(unit_id=None)
    assert not NOTHING.covers(unit_id=3, owner_id=9)


def test_who_has_no_grant_may_nothing_and_reaches_nothing() -> None:
    user = person()
    assert not allows(user, "targets.view")
    assert scope_of(user, "targets.view") == NOTHING
    assert not allows(AnonymousUser(), "targets.view")
    assert scope_of(AnonymousUser(), "targets.view") == NOTHING


def test_a_deactivated_person_may_nothing() -> None:
    user = person("director")
    user.is_active = False
    assert not allows(user, "targets.view")


def test_a_role_that_the_rules_no_longer_know_allows_nothing() -> None:
    user = person()
    Grant.objects.create(user=user, role="emperor", scope=ScopeKind.ALL)
    assert not allows(user, "targets.view")


def test_a_permission_that_nobody_declared_is_refused_loudly() -> None:
    with pytest.raises(UnknownCode, match=r"targets\.veiw"):
        allows(person("director"), "targets.veiw")


def test_asking_often_costs_as_many_queries_as_asking_once(
    tree: dict[str, OrgUnit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pk = person("section_head", unit=tree["hall"]).pk
    Grant.objects.create(user_id=pk, role="inspector", scope=ScopeKind.CHOSEN)
    user = User.objects.select_related("unit").get(pk=pk)
    with django_assert_num_queries(2):
        for code in ("targets.view", "briefing.view", "targets.view", "targets.recognise"):
            allows(user, code)
            scope_of(user, code)


def test_whoever_reaches_a_record_is_found_from_the_record(tree: dict[str, OrgUnit]) -> None:
    OrgUnit.objects.filter(pk=tree["hall"].pk).update(absorbed=[tree["other"].pk])
    hall = tree["hall"]
    chosen = [tree["desk"], hall]
    people = [
        person("inspector", scope=scope, unit=unit, chosen=chosen if scope == "chosen" else ())
        for scope in ScopeKind.values
        for unit in tree.values()
    ]
    for unit in tree.values():
        place = {"unit_id": unit.pk, "owner_id": people[-1].pk}
        fresh = User.objects.select_related("unit")
        covering = {one.pk for one in fresh if scope_of(one, "targets.view").covers(**place)}
        assert covering == {one.pk for one in reached_by("targets.view", **place)}
