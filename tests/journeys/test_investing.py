"""A lead becomes a project that is signed and registered: what is missing is asked for at each gate."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.papers import scan
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

INVESTOR = "测试精工机床（湖北）有限公司"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
OBSTACLE = "地块上还有一户没有搬迁"


def go(page: Page, step: str) -> None:
    """Open the gate of a step from the list of next steps."""
    page.locator(".ways").get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", name=step)).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def enter_lead(page: Page, title: str) -> None:
    """Told at a fair; the investor's name is looked for while it is typed."""
    page.goto("/investment/leads/")
    page.get_by_role("link", name="登记线索").first.click()
    page.get_by_label("线索名称").fill(title)
    page.get_by_label("线索来源").select_option("展会")
    page.get_by_role("textbox", name="投资方").press_sequentially(INVESTOR)


def claim_and_assess(page: Page) -> None:
    """Claim, check for duplicates, be asked for what is missing, give it, reply."""
    press(page, "认领")
    page.get_by_role("link", name="查重", exact=True).click()
    page.get_by_label("查重结论").fill("与来访的是同一家，其他单位没有在谈")
    press(page, "保存")
    go(page, "研判通过")
    press(page, "研判通过")
    expect(page.locator(".error-sum")).to_contain_text("联系人")
    page.get_by_label("研判意见").fill("符合产业方向，值得跟进")
    page.get_by_label("联系人").fill("王工")
    press(page, "研判通过")
    go(page, "答复推荐人")
    page.get_by_label("答复内容").fill("已经联系上投资方")
    press(page, "答复推荐人")


def sign(page: Page, agreement: Path) -> None:
    """No signing without the agreement itself."""
    go(page, "开始洽谈")
    press(page, "开始洽谈")
    go(page, "签约")
    expect(page.get_by_text("缺凭证：投资协议")).to_be_visible()
    page.get_by_label("行业").select_option("C39")
    page.get_by_label("协议投资额").fill("35")
    page.get_by_label("需要供地").select_option("否")
    press(page, "签约")
    expect(page.locator(".error-sum")).to_contain_text("投资协议")
    page.get_by_label("投资协议").set_input_files(agreement)
    press(page, "签约")
    expect(page.locator(".line .here")).to_contain_text("签约")


def enter_obstacle(page: Page) -> None:
    """What stands in the way, and who sees to it."""
    page.get_by_role("link", name="登记堵点").click()
    page.get_by_label("类别").select_option("征迁")
    page.get_by_label("堵点", exact=True).fill(OBSTACLE)
    page.get_by_label("牵头人").select_option(label="示例招商专员 · 现服办")
    press(page, "登记堵点")
    expect(page.get_by_text(OBSTACLE)).to_be_visible()


def decide_in_meeting(page: Page, server: Server, project: str) -> None:
    """The head plans a meeting, the officer brings the obstacle there, the head records the decision."""
    sign_in(page, server, "section_head")
    page.goto("/investment/meetings/new/")
    page.get_by_label("主持人").fill("示例局长")
    page.get_by_label("日期").fill(TODAY)
    press(page, "保存")
    meeting = page.url
    sign_in(page, server, "investment_officer")
    page.goto(project)
    page.get_by_role("link", name="提请会议").click()
    page.get_by_role("combobox", name="提请会议").select_option(
        meeting.rstrip("/").rsplit("/", 1)[1]
    )
    page.get_by_label("提请事项").fill("请街道月底前完成搬迁")
    press(page, "提请会议")
    expect(page.locator(".things")).to_contain_text(["已提请会议"])
    sign_in(page, server, "section_head")
    page.goto(meeting)
    page.get_by_role("link", name="记录议定事项").click()
    page.get_by_label("参会人员").fill("班子成员")
    page.get_by_label(f"“{OBSTACLE}”议定事项").fill("由街道月底前完成搬迁")
    page.get_by_label(f"“{OBSTACLE}”完成时限").fill(TODAY)
    press(page, "保存")
    expect(page.get_by_text("已定稿", exact=True)).to_be_visible()


def register(page: Page, licence: Path) -> None:
    """Set up here: the company's name and its licence."""
    go(page, "注册")
    page.get_by_label("落地企业").fill("武汉测试智造工厂有限公司")
    page.get_by_label("营业执照").set_input_files(licence)
    press(page, "注册")
    expect(page.locator(".line .here")).to_contain_text("注册")


def test_a_lead_is_claimed_becomes_a_project_is_signed_and_registered(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "investment_officer")
    enter_lead(page, "测试智造来访")
    expect(page.locator("#similar")).to_contain_text("没有发现相近的")
    press(page, "保存")
    enter_lead(page, "测试智造想建工厂")
    expect(page.locator("#similar")).to_contain_text("测试智造来访")
    press(page, "保存")
    claim_and_assess(page)
    go(page, "转为项目")
    page.get_by_label("项目名称").fill("测试智造武汉工厂")
    press(page, "转为项目")
    expect(page.get_by_role("heading", name="测试智造武汉工厂")).to_be_visible()
    project = page.url
    sign(page, scan(tmp_path, "投资协议.pdf", "blue"))
    enter_obstacle(page)
    decide_in_meeting(page, server, project)
    sign_in(page, server, "investment_officer")
    page.goto(project)
    page.get_by_role("link", name="销号").click()
    page.get_by_label("结果").fill("已经搬迁")
    press(page, "销号")
    expect(page.locator(".things .solved")).to_contain_text("已经搬迁")
    register(page, scan(tmp_path, "营业执照.pdf", "red"))
    press(page, "撤销上一步")
    expect(page.locator(".line .here")).to_contain_text("签约")


def test_several_projects_reach_a_milestone_together_and_one_of_them_is_taken_back(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "investment_officer")
    page.goto("/investment/projects/?q=示例")
    for name in ("示例60号", "示例54号", "示例20号"):
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    press(page, "批量登记里程碑")
    expect(page.get_by_text("“注册”：2个可以登记，1个不行。")).to_be_visible()
    expect(page.get_by_role("row", name="示例20号")).to_contain_text("从“开工”不能直接到这个里程碑")
    page.get_by_label("发生日期").fill("2021-12-30")
    press(page, "为所选登记“注册”")
    expect(page.locator(".error-sum")).to_contain_text("营业执照")
    page.get_by_label("营业执照").set_input_files(scan(tmp_path, "营业执照.pdf", "red"))
    press(page, "为所选登记“注册”")
    expect(page.get_by_text("已为2个项目登记“注册”。")).to_be_visible()
    page.goto("/investment/projects/?q=示例60号")
    page.get_by_role("link", name="示例60号商务服务项目", exact=True).click()
    expect(page.locator(".line .here")).to_contain_text("注册")
    press(page, "撤销上一步")
    expect(page.locator(".line .here")).to_contain_text("签约")
