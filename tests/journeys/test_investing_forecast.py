"""A start that the forecast expects is taken up in a draft of targets, and let go again."""

from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import confirm, sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

KNOWN = "?known=2022-01-10"
STARTED = "已开工项目"
CODE = "investment.projects_started"


def work_out(page: Page) -> None:
    """Have the forecast worked out as known in January 2022, and wait for it."""
    page.goto(f"/investment/forecast/{KNOWN}")
    page.get_by_role("button", name="重新计算").click()
    done = page.get_by_text("以前的事实。")
    patience = monotonic() + 60
    while not done.count() and monotonic() < patience:
        page.wait_for_timeout(500)
        page.goto(f"/investment/forecast/{KNOWN}")
    expect(done).to_be_visible()


def open_draft(page: Page) -> str:
    """A draft for 2022 with a target for projects that start; its address."""
    page.goto("/targets/sheets/new/")
    page.get_by_label("年度").fill("2022")
    page.get_by_label("编制依据").fill("示例：落地预测")
    page.get_by_role("button", name="建立草案").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("草案")
    sheet = page.url
    page.goto(f"{sheet}indicators/{CODE}/")
    page.get_by_label("预期目标值").fill("30")
    page.get_by_role("button", name="保存").click()
    expect(row_of(page)).to_contain_text("30")
    return sheet


def row_of(page: Page) -> Locator:
    """What the sheet says of projects that start."""
    return page.locator(f"tbody[id='{CODE}']")


def expected(page: Page, sheet: str) -> None:
    """From the sheet to what is expected of projects that start."""
    page.goto(sheet + KNOWN)
    row_of(page).get_by_role("link", name="从预测采用").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"2022年{STARTED}")


def test_a_forecast_start_is_taken_up_in_a_draft_and_let_go_again(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    work_out(page)
    sheet = open_draft(page)
    expected(page, sheet)
    page.get_by_role("button", name="采用所选").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有勾选")
    first = page.locator("tbody tr").first
    name = first.get_by_role("link").inner_text()
    first.get_by_role("checkbox").check()
    page.get_by_role("button", name="采用所选").click()
    expect(page.get_by_text("已采用1个增长点")).to_be_visible()
    expect(row_of(page)).to_contain_text(name)
    expected(page, sheet)
    expect(page.get_by_text("已采用1个")).to_be_visible()
    expect(page.get_by_role("row", name=name)).to_contain_text("已采用")
    page.get_by_role("row", name=name).get_by_role("link", name="已采用").click()
    expect(page.get_by_text("采用自“预计开工的项目”")).to_be_visible()
    expect(page.get_by_label("预计实现日期")).to_have_value("2022-01-17")
    confirm(page, "删除")
    expect(row_of(page)).not_to_contain_text(name)
    expected(page, sheet)
    expect(page.get_by_text("已采用0个")).to_be_visible()
