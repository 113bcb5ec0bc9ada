"""Who leaves hands over what is open; who is refused learns what is missing."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]


def test_a_clerk_leaves_and_a_colleague_takes_over(server: Server, browser_page: Page) -> None:
    page = browser_page
    added = server.data.run("user", "add", "zhao", "赵接手", "--role", "statistics_clerk")
    assert added.returncode == 0, added.stderr
    sign_in(page, server, "administrator")
    page.get_by_role("link", name="示例统计员").click()
    page.locator("main .actions").get_by_role("link", name="离岗交接").click()
    expect(page.get_by_text("交接后由接手人负责").first).to_be_visible()
    for choice in page.get_by_label("接手人").all():
        choice.select_option(label="赵接手（zhao）")
    page.get_by_label("交接原因").fill("调往外贸科")
    page.get_by_role("button", name="交接并停用").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例统计员工作交接单")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    expect(page.get_by_text("改由接手人负责").first).to_be_visible()


def test_who_is_refused_learns_what_is_missing_and_who_can_give_it(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "inspector")
    page.goto("/targets/postings/new/")
    page.get_by_role("link", name="查一查缺哪项权限、找谁办").click()
    expect(page.get_by_role("heading", name="您不能看")).to_be_visible()
    expect(page.get_by_text("所授角色都不含“填报数据”这项权限。")).to_be_visible()
    expect(page.get_by_text("示例管理员")).to_be_visible()
