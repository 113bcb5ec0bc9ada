"""Money of a project on its way through the city: league, ledger and report follow each step."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.papers import scan
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

PROJECT = "示例20号商务服务项目"
PAID = date(2021, 12, 28).isoformat()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def open_project(page: Page, name: str) -> None:
    page.goto(f"/investment/projects/?q={name}")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def enter_money(page: Page, voucher: Path) -> None:
    """12000万元 on the page of the project's money, with the bank's receipt."""
    open_project(page, PROJECT)
    page.get_by_role("link", name="到位资金").click()
    page.get_by_role("link", name="登记到资").click()
    page.get_by_label("到账日期").fill(PAID)
    page.get_by_label("凭证种类").select_option("银行进账单")
    page.get_by_label("凭证号").fill("测试进账单-1")
    page.get_by_label("付款方").fill("示例投资方20")
    page.get_by_label("金额").fill("12000")
    page.get_by_label("凭证文件").set_input_files(voucher)
    press(page, "保存")
    expect(page.get_by_text("待报 1.2")).to_be_visible()


def send(page: Page, tab: str, batch: str, note: str = "") -> None:
    """Mark the project's money in the list and send it to the city."""
    page.goto(f"/investment/arrivals/?tab={tab}&q=测试进账单-1")
    page.locator("tbody input[type=checkbox]").check()
    press(page, "报市认定")
    page.get_by_label("批次名称").fill(batch)
    if note:
        page.get_by_label("说明").fill(note)
    press(page, "报市认定（1条）")
    expect(page.get_by_text("已报待认定").first).to_be_visible()


def reply(page: Page, batch: str, recognised: str, rejected: str = "") -> None:
    """Record what the city says of it."""
    page.goto("/investment/batches/")
    page.get_by_role("link", name=batch).click()
    page.get_by_role("link", name="登记认定结果").click()
    page.get_by_label("认定 选填").fill(recognised)
    if rejected:
        page.get_by_label("拒统 选填").fill(rejected)
        page.get_by_label("拒统原因").select_option(label="凭证不清或要素不全")
    press(page, "登记结果")
    expect(page.get_by_role("heading", name=batch)).to_be_visible()


def league_row(page: Page) -> Locator:
    """What the league says of the unit that leads the project."""
    page.goto("/investment/league/?period=2021")
    return page.get_by_role("row", name="现服办")


def goals(page: Page) -> None:
    """The page of the project's structural goals."""
    open_project(page, PROJECT)
    page.get_by_role("navigation", name="项目的各页").get_by_role("link", name="结构性目标").click()


def act_on_goal(page: Page, goal: str, act: str) -> None:
    """Press what the page offers for a class of structural goals."""
    goals(page)
    row = page.get_by_role("row", name=goal)
    row.get_by_role("link", name=act, exact=True).click()


def report(server: Server) -> dict[str, list[str]]:
    """The work summary of the year as known now: the rows of its tables by their first cell."""
    text = server.data.run("report", "work-summary", "--period", "2021").stdout
    rows = [line.split("\t") for line in text.splitlines()]
    return {first: rest for first, *rest in reversed(rows)}


def test_money_is_sent_rejected_in_part_and_sent_again_and_the_report_follows(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    assert report(server)["已认定"] == ["726.2", "385.6"]
    sign_in(page, server, "investment_officer")
    enter_money(page, scan(tmp_path, "进账单.pdf", "green"))
    sign_in(page, server, "statistics_clerk")
    send(page, "claimed", "测试第一批")
    reply(page, "测试第一批", "0.8", "0.4")
    expect(page.get_by_text("拒统 0.4")).to_be_visible()
    expect(league_row(page)).to_contain_text("2")  # 1.2 from the sample and 0.8
    told = report(server)
    assert told["已认定"] == ["727", "385.6"]
    assert told["其中：凭证不清或要素不全"] == ["0.4", ""]
    assert told["现服办"][0] == "2"
    send(page, "rejected", "测试第二批", "补充了清晰的进账单")
    reply(page, "测试第二批", "0.4")
    expect(league_row(page)).to_contain_text("2.4")
    told = report(server)
    assert told["已认定"] == ["727.4", "385.6"]
    assert "其中：凭证不清或要素不全" not in told
    assert told["现服办"][0] == "2.4"


def test_a_project_counts_in_a_structural_goal_the_report_follows_and_so_does_its_undoing(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    before = report(server)
    sign_in(page, server, "investment_officer")
    act_on_goal(page, "外向型产业", "计入")
    page.get_by_label("计入日期").fill(PAID)
    page.get_by_label("认为符合的事实").fill("跨境电商企业")
    press(page, "保存")
    expect(page.get_by_role("row", name="外向型产业")).to_contain_text("跨境电商企业")
    claimed = report(server)
    assert before["外向型产业"][:2] == ["3", "3"]
    assert claimed["外向型产业"][:2] == ["3", "4"]
    assert int(claimed["去重合计"][1]) == int(before["去重合计"][1]) + 1
    act_on_goal(page, "外向型产业", "撤销")
    page.get_by_label("理由").fill("认错了类别")
    press(page, "保存")
    expect(page.get_by_text("已撤销。")).to_be_visible()
    assert report(server)["外向型产业"] == before["外向型产业"]


def test_progress_as_at_last_month_leads_to_the_projects_behind_each_number(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "director")
    page.goto("/investment/projects/")
    page.get_by_role("link", name="进展", exact=True).click()
    started = page.locator(".progress").get_by_role("row", name="开工")
    expect(started).to_contain_text("相差")
    expect(page.locator(".checks")).to_contain_text("本年签约74个，列入跟踪67个")
    page.locator("#filter-on").fill("2021-11-30")
    page.locator("#filter-on").press("Enter")
    registered = page.locator(".progress").get_by_role("row", name="注册", exact=False).first
    expect(registered).to_contain_text("38")
    registered.get_by_role("link", name="38", exact=True).click()
    expect(page.locator("#rows .list, #rows tfoot").last).to_contain_text("38")


def test_the_second_of_two_officers_is_told_and_chooses_and_nothing_is_lost(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    project = "示例17号网络安全项目"
    sign_in(page, server, "section_head")
    open_project(page, project)
    where = page.url
    page.get_by_role("link", name="修改").first.click()
    page.get_by_label("产业链位置").fill("科长写的链条位置")
    other = page.context.browser
    assert other is not None
    context = other.new_context(base_url=server.url, locale="zh-CN")
    second = context.new_page()
    sign_in(second, server, "zhaoshangke")
    second.goto(where)
    second.get_by_role("link", name="修改").first.click()
    second.get_by_label("说明 选填").fill("科员写的说明")
    second.get_by_label("产业链位置").fill("科员写的链条位置")
    press(second, "保存")
    expect(second.get_by_role("heading", name=project)).to_be_visible()
    context.close()
    press(page, "保存")
    expect(page.get_by_text("别人改了什么")).to_be_visible()
    row = page.get_by_role("row", name="产业链位置")
    expect(row).to_contain_text("科员写的链条位置")
    row.locator("label", has_text="科长写的链条位置").click()
    press(page, "按所选保存")
    page.goto(where)
    expect(page.get_by_role("main")).to_contain_text("科长写的链条位置")
    expect(page.get_by_role("main")).to_contain_text("科员写的说明")
