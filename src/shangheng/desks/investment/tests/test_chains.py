from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.core.imports.held import Upload
from shangheng.core.imports.services.commit import commit
from shangheng.core.imports.services.undo import undo
from shangheng.desks.investment.models import Chain, ChainNode, Lead, Project, Target
from shangheng.desks.investment.selectors.chain_targets import aims_of
from shangheng.desks.investment.selectors.chains import chain_stands, stands_of
from shangheng.desks.investment.services import chain_targets as targeting
from shangheng.desks.investment.services import chains as services
from shangheng.desks.investment.services.import_chains import TABLE
from shangheng.desks.investment.services.projects import set_status
from shangheng.desks.investment.tests.office import browser, sent
from shangheng.engines.registry.models import Contact, Organisation
from shangheng.engines.registry.services.organisations import put_on_list

SOURCE = "产业链图谱（示例）"
HEAD = "产业链编号,产业链名称,节点编号,节点名称,环节,环节次序,上游节点,来源\n"


@pytest.fixture
def chain(owner: User) -> Chain:
    return services.enter_chain(
        actor=owner, at=AT, values={"code": "display", "name": "显示", "source": SOURCE}
    )


def node(owner: User, chain: Chain, code: str, place: int = 1, **values: Any) -> ChainNode:
    told = {"code": code, "name": f"节点{code}", "link": f"环节{place}", "place": place}
    return services.enter_node(
        actor=owner, at=AT, chain=chain, values={**told, "source": SOURCE, **values}
    )


def place(owner: User, on: ChainNode, name: str, **values: Any) -> None:
    told = {"organisation": name, "on": AT.date(), "leading": False, "source": SOURCE, **values}
    services.place_enterprise(actor=owner, at=AT, node=on, values=told)


def strength(one: ChainNode, at: Any = AT) -> str:
    return stands_of([one], at=at)[0].strength.value


def test_enterprises_make_a_missing_node_weak_and_then_strong(owner: User, chain: Chain) -> None:
    one = node(owner, chain, "panel")
    assert strength(one) == "missing"
    place(owner, one, "京东方甲公司")
    assert strength(one) == "weak"
    place(owner, one, "乙显示公司")
    place(owner, one, "丙显示公司", leading=True)
    assert strength(one) == "strong"
    assert strength(one, AT - timedelta(days=1)) == "missing", "as it was known the day before"


def test_an_enterprise_on_two_nodes_of_a_chain_is_one_enterprise_of_it(
    owner: User, chain: Chain
) -> None:
    for code in ("panel", "module"):
        place(owner, node(owner, chain, code), "京东方甲公司")
    place(owner, ChainNode.objects.get(code="panel"), "乙显示公司")
    (stand,) = chain_stands(owner, [chain], at=AT)
    assert sorted(one.counts.enterprises for one in stand.nodes) == [1, 2]
    assert stand.enterprises == 2


def test_what_is_taken_back_no_longer_counts_and_is_still_known_for_the_past(
    owner: User, chain: Chain
) -> None:
    one = node(owner, chain, "panel")
    place(owner, one, "京东方甲公司")
    later = AT + timedelta(days=2)
    services.take_back_placement(actor=owner, at=later, row=one.placements.get(), reason="迁出")
    assert strength(one, later) == "missing"
    assert strength(one, AT) == "weak"
    with pytest.raises(ValidationError):
        services.take_back_placement(actor=owner, at=later, row=one.placements.get(), reason="再")


def test_projects_of_all_units_count_but_only_own_ones_are_named(
    owner: User, stranger: User, chain: Chain, project: Project
) -> None:
    one = node(owner, chain, "panel")
    services.position_project(actor=owner, at=AT, project=project, node=one, seen=project.version)
    assert stands_of([one], at=AT)[0].counts.projects == 1
    page = browser(stranger).get(reverse("chain-node", args=[one.pk])).text
    assert project.name not in page
    assert "另有1个别的单位的项目" in page
    project.refresh_from_db()
    set_status(actor=owner, at=AT, row=project, status="lost", reason="去了别处", seen=None)
    assert stands_of([one], at=AT)[0].counts.projects == 0, "what is lost is not in progress"


def test_a_project_stands_on_one_node_and_the_second_officer_is_told(
    owner: User, chain: Chain, project: Project
) -> None:
    first, second = node(owner, chain, "a"), node(owner, chain, "b")
    seen = project.version
    services.position_project(actor=owner, at=AT, project=project, node=first, seen=seen)
    with pytest.raises(StaleEdit):
        services.position_project(actor=owner, at=AT, project=project, node=second, seen=seen)
    services.position_project(
        actor=owner, at=AT + timedelta(1), project=project, node=second, seen=None
    )
    assert [row.node for row in project.positions.filter(ended_at=None)] == [second]
    assert Row.objects.filter(act="investment.project.chain").count() == 2


def test_a_node_cannot_supply_itself_however_far_around(owner: User, chain: Chain) -> None:
    first = node(owner, chain, "a")
    node(owner, chain, "b", 2, upstream="a")
    with pytest.raises(ValidationError, match="一圈"):
        services.change(actor=owner, at=AT, row=first, values={"upstream": "b"}, seen=None)


def test_targets_are_ranked_with_reasons_and_become_a_lead_once(owner: User, chain: Chain) -> None:
    glass = node(owner, chain, "glass")
    panel = node(owner, chain, "panel", 2, upstream="glass", industry="C39")
    place(owner, glass, "康宁甲公司")
    for name in ("康宁甲公司", "无名乙公司"):
        targeting.add_target(actor=owner, at=AT, node=panel, organisation=name)
    known = Organisation.objects.get(name="康宁甲公司")
    put_on_list(
        actor=owner,
        at=AT,
        organisation=known,
        code="fortune_global_500",
        year=2021,
        source="《财富》",
    )
    Contact.objects.create(organisation=known, name="张三", source="名片", as_of=AT.date())
    best, other = aims_of(owner, panel, at=AT)
    assert best.row.organisation == known
    assert [points for _why, points in best.reasons] == [25, 20, 10, 20]
    assert "世界500强" in best.reasons[0][0]
    assert (other.ranked.points, other.ranked.place, other.ranked.tied) == (20, 2, False)
    lead = targeting.make_lead(actor=owner, at=AT, row=best.row)
    assert (lead.source, lead.investor, lead.industry) == ("chain", known, "C39")
    assert "世界500强" in lead.content
    with pytest.raises(ValidationError):
        targeting.make_lead(actor=owner, at=AT, row=best.row)
    assert Lead.objects.count() == 1


def test_the_lead_is_made_in_one_click(owner: User, chain: Chain) -> None:
    one = node(owner, chain, "panel")
    row = targeting.add_target(actor=owner, at=timezone.now(), node=one, organisation="康宁甲公司")
    page = browser(owner).get(reverse("chain-node", args=[one.pk]))
    assert reverse("target-lead", args=[row.pk]) in page.text
    answer = browser(owner).post(reverse("target-lead", args=[row.pk]))
    assert answer.headers["Location"] == reverse("lead", args=[Lead.objects.get().pk])
    browser(owner).post(reverse("target-drop", args=[row.pk]))
    assert Target.objects.get().dropped_at is not None


def test_whoever_only_looks_writes_nothing(owner: User, chain: Chain) -> None:
    one, auditor = node(owner, chain, "panel"), person("auditor")
    assert browser(auditor).get(reverse("chain", args=[chain.pk])).status_code == 200
    assert "登记节点" not in browser(auditor).get(reverse("chain", args=[chain.pk])).text
    assert browser(auditor).post(reverse("chain-load")).status_code == 403
    with pytest.raises(PermissionDenied):
        place(auditor, one, "甲公司")


def test_the_drawing_tells_every_node_and_leads_to_it(owner: User, chain: Chain) -> None:
    first = node(owner, chain, "glass")
    node(owner, chain, "panel", 2, upstream="glass,gone")
    page = browser(owner).get(reverse("chain", args=[chain.pk])).text
    assert page.count('class="supply"') == 1
    assert reverse("chain-node", args=[first.pk]) in page
    assert "← gone" in page, "what is named upstream and not there is said"
    assert "style=" not in page.partition("<main")[2], "the page allows no inline style"


def test_two_who_edit_one_node_are_told_of_each_other(owner: User, chain: Chain) -> None:
    one, seen = node(owner, chain, "panel"), browser(owner)
    page = reverse("chain-node-edit", args=[one.pk])
    data = sent(seen.get(page).context["form"], name="面板")
    data = {key: value for key, value in data.items() if value is not False}
    assert seen.post(page, data).status_code == 302
    assert seen.post(page, data | {"name": "显示屏"}).status_code == 409
    one.refresh_from_db()
    assert one.name == "面板"


def test_what_ended_is_not_drawn_after_that_day(owner: User, chain: Chain) -> None:
    node(owner, chain, "old", until=AT.date())
    [before] = chain_stands(owner, [chain], at=AT)
    [after] = chain_stands(owner, [chain], at=AT + timedelta(days=1))
    assert (len(before.nodes), len(after.nodes)) == (1, 0)


def test_nodes_come_in_from_excel_in_any_order_and_go_again(owner: User) -> None:
    text = (
        HEAD
        + "food,食品,grain,粮油加工,加工,2,materials,图谱\nfood,食品,materials,原料,原料,1,,图谱\n"
    )
    batch = commit(
        actor=owner, at=timezone.now(), table=TABLE, upload=Upload("链.csv", text.encode())
    )
    assert Chain.objects.get().name == "食品"
    assert ChainNode.objects.get(code="grain").upstream == "materials"
    undo(actor=owner, at=timezone.now(), table=TABLE, batch=batch, reason="传错了")
    assert not ChainNode.objects.exists()


def test_what_public_papers_name_is_loaded_once_and_marked(owner: User) -> None:
    loaded = services.load_chains(actor=owner, at=AT)
    assert {row.code for row in loaded} == {"display", "food", "smart", "security"}
    assert services.load_chains(actor=owner, at=AT) == []
    panel = ChainNode.objects.get(code="panel")
    assert "京东方" in panel.source
    assert not panel.is_sample
    assert not panel.verified
    assert ChainNode.objects.get(code="films").is_sample


def test_nodes_are_listed_by_strength(owner: User, chain: Chain) -> None:
    place(owner, node(owner, chain, "a", name="有企业的"), "甲公司")
    node(owner, chain, "b", name="空着的")
    listed = browser(owner).get(reverse("chain-nodes"), {"strength": "missing"}).text
    assert "空着的" in listed
    assert "有企业的" not in listed
