"""What concerns somebody reaches them; of two people on one record the second chooses."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server
from tests.journeys.visitor import visiting


def test_somebody_is_told_what_was_done_to_their_account(
    browser_page: Page, server: Server
) -> None:
    page = browser_page
    sign_in(page, server, "administrator")
    page.goto("/people/?text=jiancha")
    page.get_by_role("main").locator("a.row-link").first.click()
    page.get_by_label("角色", exact=True).select_option(label="招商专员")
    page.get_by_role("button", name="授予", exact=True).click()
    sign_in(page, server, "inspector")
    bell = page.locator("a.badge")
    expect(bell).to_contain_text("1")
    bell.click()
    page.get_by_role("link", name="您被授予“招商专员”角色").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您被授予“招商专员”角色")
    page.get_by_role("link", name="回到消息").click()
    expect(page.get_by_text("都读过了。")).to_be_visible()


def test_two_people_on_one_unit_both_keep_what_they_entered(
    browser_page: Page, browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "administrator")
    page.goto("/units/")
    address = page.locator('main a[href$="/edit/"]').first.get_attribute("href") or ""
    with visiting(browser, server, tmp_path / "second") as second:
        sign_in(second, server, "administrator")
        page.goto(address)
        second.goto(address)
        page.get_by_label("排序").fill("7")
        page.get_by_role("button", name="保存").click()
        page.wait_for_url("**/units/")
        second.get_by_label("英文名称").fill("Commerce Bureau")
        second.get_by_role("button", name="保存").click()
        expect(second.get_by_text("别人改了什么")).to_be_visible()
        second.get_by_role("button", name="按所选保存").click()
        second.wait_for_url("**/units/")
        second.goto(address)
        expect(second.get_by_label("英文名称")).to_have_value("Commerce Bureau")
        expect(second.get_by_label("排序")).to_have_value("7")
