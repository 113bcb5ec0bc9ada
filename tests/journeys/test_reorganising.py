"""The tree of units is walked by keyboard, changed after a look at what will change, and changed back."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]


def test_the_outline_is_walked_and_folded_by_keyboard(server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, "administrator")
    page.goto("/units/")
    bureau = page.get_by_role("link", name="商务局", exact=True)
    section = page.get_by_role("link", name="招商科（示例）", exact=True)
    expect(section).to_be_visible()
    bureau.focus()
    page.keyboard.press("ArrowLeft")
    expect(section).to_be_hidden()
    page.reload()
    expect(section).to_be_hidden()
    bureau.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_contain_text("（示例）")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="沿革")).to_be_visible()


def test_a_unit_is_merged_after_a_preview_and_comes_back_by_undoing(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "administrator")
    page.goto("/units/")
    page.get_by_role("link", name="市场秩序科（示例）", exact=True).click()
    page.get_by_role("link", name="并入别的单位").click()
    page.get_by_label("并入", exact=True).select_option(label="\u3000\u3000商贸科（示例）")
    page.get_by_label("依据或原因").fill("区编〔2021〕9号")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("以前各期的数字", exact=False)).to_be_visible()
    expect(page.get_by_text("示例检查员").first).to_be_visible()
    page.get_by_role("button", name="确认并入").click()
    page.wait_for_url("**/units/")
    expect(page.get_by_role("link", name="市场秩序科（示例）", exact=True).first).to_be_visible()
    page.get_by_label("连同已停用").check()
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("由商贸科（示例）承接")).to_be_visible()
    page.get_by_role("link", name="市场秩序科（示例）", exact=True).click()
    expect(page.get_by_text("区编〔2021〕9号")).to_be_visible()
    page.get_by_role("link", name="撤销这次变更").click()
    page.get_by_label("依据或原因").fill("文件作废")
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确认撤销").click()
    page.wait_for_url("**/units/")
    page.get_by_role("link", name="市场秩序科（示例）", exact=True).first.click()
    expect(page.get_by_text("示例检查员").first).to_be_visible()
    expect(page.get_by_role("link", name="并入别的单位")).to_be_visible()
