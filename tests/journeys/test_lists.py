"""A list by keyboard alone, on a phone, and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server
from tests.journeys.visitor import PHONE, visiting

pytestmark = pytest.mark.journey

LISTS = {
    "/targets/postings/": "条记录",
    "/targets/recognition/": "条记录",
    "/documents/": "份凭证",
    "/targets/sheets/": "张目标表",
    "/briefing/reports/": "份材料",
}


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


def test_a_list_is_narrowed_walked_and_marked_by_keys(server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.goto("/targets/postings/?view=all")
    page.keyboard.press("/")
    expect(page.locator(".filter-form input[type=search]")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox", name="搜索")).to_be_focused()
    page.reload()
    rows = page.locator("tbody a.row-link")
    for step, there in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(step)
        expect(rows.nth(there)).to_be_focused()
    page.goto("/targets/recognition/?view=all")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("input[name=row]").first).to_be_checked()
    expect(page.locator("[data-tick-count]")).to_contain_text("1")
    address = rows.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_what_a_list_is_narrowed_to_can_be_read_aloud_and_taken_back(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.goto("/documents/")
    page.locator(".filter-form").get_by_label("使用").select_option("unused")
    chips = page.get_by_role("group", name="当前筛选")
    chip = chips.get_by_role("link", name="使用：未使用 取消这项筛选")
    expect(chip).to_be_visible()
    assert "show=unused" in page.url
    chip.click()
    expect(chip).to_have_count(0)
    expect(page.locator("tfoot")).to_contain_text("份凭证")


def test_every_list_becomes_cards_on_a_phone_and_says_what_it_counts(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    with visiting(browser, server, tmp_path, viewport=PHONE) as page:
        sign_in(page, server, "statistics_clerk")
        for path, counted in LISTS.items():
            page.goto(path)
            expect(page.locator(".stacks tbody tr").first).to_have_css("display", "block")
            expect(page.locator("tfoot")).to_contain_text(counted)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_on_paper_a_list_says_what_it_is_and_leaves_the_controls_out(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.goto("/targets/postings/?evidence=with")
    page.emulate_media(media="print")
    for control in (".filter-form", ".chips", "#nav", ".topbar"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(".paper-only")).to_contain_text("凭证：有凭证")
    expect(page.locator("tbody tr").first).to_be_visible()


LOGS = {"/audit/": "次操作", "/audit/logins/": "条记录", "/people/": "人"}


def test_the_auditor_reads_the_logs_in_words_on_a_desk_and_on_a_phone(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    with visiting(browser, server, tmp_path) as page:
        sign_in(page, server, "auditor")
        page.goto("/audit/logins/")
        mine = page.locator("tbody tr").first
        expect(mine).to_contain_text("密码")
        expect(mine).to_contain_text("Chrome")
        page.goto("/audit/?view=all")
        page.locator(".filter-form").get_by_label("操作").select_option("ledger.")
        chip = page.get_by_role("group", name="当前筛选").get_by_role("link", name="台账：全部操作")
        expect(chip).to_be_visible()
        page.locator("tbody a.row-link").first.click()
        expect(page.get_by_text("与内容相符")).to_be_visible()
    with visiting(browser, server, tmp_path, viewport=PHONE) as page:
        sign_in(page, server, "auditor")
        for path, counted in LOGS.items():
            page.goto(path)
            expect(page.locator(".stacks tbody tr").first).to_have_css("display", "block")
            expect(page.locator("tfoot")).to_contain_text(counted)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
