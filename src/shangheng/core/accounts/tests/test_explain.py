"""Why somebody may or may not: the explanation decides exactly as the access rule does."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangheng.core.accounts import localroles, services
from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.explain import Place, explain
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind, permissions
from shangheng.core.accounts.tests.people import AT, org_unit, person

pytestmark = pytest.mark.django_db
BUSINESS = ["director", "section_head", "statistics_clerk", "investment_officer", "inspector"]


def tree() -> list[OrgUnit]:
    bureau = org_unit("swj", name="商务局")
    hall = org_unit("swj-zs", bureau, name="招商办")
    return [bureau, hall, org_unit("swj-zs-1", hall), org_unit("xfb", name="现服办")]


def someone(draw: st.DataObject, units: list[OrgUnit]) -> User:
    """A person with any roles in any scopes."""
    user = person(unit=draw.draw(st.sampled_from(units)))
    for role in draw.draw(st.sets(st.sampled_from(BUSINESS), max_size=3)):
        scope = draw.draw(st.sampled_from(list(ScopeKind)))
        chosen = draw.draw(st.sets(st.sampled_from(units), min_size=1)) if scope == "chosen" else ()
        services.grant(actor=None, at=AT, user=user, role=role, scope=scope, units=chosen)
    user.is_active = draw.draw(st.booleans()) or draw.draw(st.booleans())
    user.save()
    return User.objects.get(pk=user.pk)


def test_the_explanation_of_any_record_is_the_decision_about_it() -> None:
    units = tree()

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        user = someone(data, units)
        code = data.draw(st.sampled_from(sorted(permissions())))
        unit = data.draw(st.sampled_from([None, *(one.pk for one in units)]))
        owner = data.draw(st.sampled_from([None, user.pk, user.pk + 1]))
        decision = scope_of(user, code).covers(unit_id=unit, owner_id=owner)
        answer = explain(user, code, Place(unit, owner))
        assert answer.allowed == decision
        assert bool(answer.missing) == (not decision)
        assert explain(user, code).allowed == allows(user, code)

    holds()


def page(client: Client, user: User, query: str) -> str:
    client.force_login(user)
    answer = client.get(f"/why/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_refused_page_leads_to_what_is_missing_and_who_can_give_it(client: Client) -> None:
    person("administrator", display_name="王管理")
    user = person("inspector", unit=org_unit("zs", name="招商办"))
    client.force_login(user)
    refused = client.get("/targets/postings/new/")
    assert refused.status_code == 403
    assert "/why/?at=%2Ftargets%2Fpostings%2Fnew%2F" in refused.content.decode()
    told = page(client, user, "at=/targets/postings/new/")
    assert "您不能看" in told
    assert "所授角色都不含“填报数据”" in told
    assert "王管理" in told
    assert "招商专员" in told


def test_an_administrator_asks_for_somebody_else(client: Client) -> None:
    admin = person("administrator")
    person("inspector", unit=org_unit("zs"), username="liu", display_name="刘敏")
    told = page(client, admin, "at=/targets/postings/&person=liu")
    assert "刘敏可以看" in told
    assert "检查人员" in told


def test_nobody_else_asks_about_others(client: Client) -> None:
    person("inspector", username="liu", unit=org_unit("zs"))
    client.force_login(person("director"))
    assert client.get("/why/?at=/targets/&person=liu").status_code == 403


def test_an_address_that_leads_nowhere_is_said_to_lead_nowhere(client: Client) -> None:
    user = person("director")
    for at in ("/nowhere/", "nobody.knows:12", "http://[", "ledger.posting:999"):
        assert "没有这一页或这条记录" in page(client, user, f"at={at}"), at


def test_pages_that_ask_for_nothing_are_open_to_everybody_who_has_logged_in(client: Client) -> None:
    assert "登录即可" in page(client, person(), "at=/password/")


def test_a_local_role_is_explained_like_any_other() -> None:
    role = localroles.create_role(
        actor=None,
        at=AT,
        zh="凭证管理员",
        en="",
        about="管凭证",
        permissions=["evidence.view"],
        scope="all",
        reason="试用",
    )
    user = person(role.code)
    assert explain(user, "evidence.view", Place(None, None)).allowed
    assert not explain(user, "targets.view").allowed


def test_an_administrator_without_a_business_role_is_not_told_to_grant_it(client: Client) -> None:
    told = page(client, person("administrator"), "at=/targets/")
    assert "您不能看" in told
    assert "“系统管理员”不能兼任业务岗位（三员分立）" in told
    assert "用命令授权" not in told
