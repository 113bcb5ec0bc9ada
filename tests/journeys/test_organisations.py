"""One enterprise was registered twice: the two become one with both projects, and two again."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

ONE, OTHER = "武汉双名光电有限公司", "双名光电股份有限公司"
PROJECTS = {ONE: "双名一期", OTHER: "双名二期"}


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def enter_project(page: Page, investor: str) -> None:
    page.goto("/investment/projects/new/")
    page.get_by_label("项目名称").fill(PROJECTS[investor])
    page.get_by_role("textbox", name="投资方").fill(investor)
    press(page, "保存")
    page.get_by_role("link", name=investor, exact=True).first.click()
    expect(page.get_by_role("heading", name=investor)).to_be_visible()
    expect(page.get_by_role("link", name=PROJECTS[investor], exact=True)).to_be_visible()


def choose_both(page: Page) -> None:
    """Both are found by their pinyin, ticked, and looked at side by side."""
    page.goto("/investment/organisations/?q=shuangming")
    for name in (ONE, OTHER):
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    press(page, "合并所选的两家")
    expect(page.get_by_role("heading", name="合并单位")).to_be_visible()
    expect(page.get_by_text("招商项目（投资方） 1")).to_be_visible()


def add_contact(page: Page) -> None:
    page.get_by_role("link", name="添加联系人").click()
    page.get_by_label("姓名").fill("王工")
    page.get_by_label("电话").fill("13812345678")
    page.get_by_role("textbox", name="来源").fill("来访登记")
    press(page, "保存")
    expect(page.locator(".contacts")).to_contain_text("13812345678")


def test_two_that_are_one_are_merged_and_taken_apart_again(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "section_head")
    for investor in (ONE, OTHER):
        enter_project(page, investor)
    add_contact(page)
    choose_both(page)
    press(page, "合并")
    expect(page.locator(".error-sum")).to_contain_text("合并的理由")
    page.get_by_label("合并的理由").fill("同一家登记了两次")
    press(page, "合并")
    kept = page.get_by_role("heading", level=1).inner_text()
    gone = OTHER if kept == ONE else ONE
    for name in PROJECTS.values():
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.goto(f"/search/?q={gone}")
    page.get_by_role("main").get_by_role("link", name=kept).first.click()
    expect(page.get_by_role("heading", name=kept)).to_be_visible()
    page.get_by_role("link", name="撤销合并").click()
    page.get_by_label("撤销合并的理由").fill("是两家关联公司")
    press(page, "撤销合并")
    expect(page.get_by_role("heading", name=gone)).to_be_visible()
    expect(page.get_by_text("回到它名下的有")).to_contain_text("招商项目（投资方）1条")
    expect(page.get_by_role("link", name=PROJECTS[gone], exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=PROJECTS[kept], exact=True)).to_have_count(0)
