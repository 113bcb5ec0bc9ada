"""The frame in a reader's hands: drawer, keyboard, drafts, columns, moment, phone, wall."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


@pytest.fixture
def page(server: Server, browser_page: Page) -> Page:
    """The style page before a statistics clerk."""
    sign_in(browser_page, server, "statistics_clerk")
    browser_page.goto("/ui/")
    return browser_page


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim()")
    return text


def test_rows_are_walked_and_the_search_is_reached_by_keys(page: Page) -> None:
    page.locator("table[data-rows] a.row-link").first.focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "实际利用外资"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "招商引资实际到位资金"
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("Control+k")
    page.keyboard.type("驾驶舱")
    page.locator("#search-hits a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("驾驶舱")


def test_a_figure_opens_beside_the_page_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/")
    figure = page.locator("a.figure").first
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer")).to_be_visible()
    expect(page.locator("#drawer-body")).to_contain_text("口径")
    assert page.locator("[data-drawer-page]").get_attribute("href") == figure.evaluate(
        "a => a.href"
    )
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(figure).to_be_focused()


def test_without_scripts_a_figure_is_a_page_of_its_own(page: Page, server: Server) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(base_url=server.url, java_script_enabled=False, locale="zh-CN")
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type] # what came out goes in
    other = plain.new_page()
    other.goto("/")
    other.locator("a.figure").first.click()
    expect(other.locator("main h1")).to_be_visible()
    expect(other.locator("nav.nav")).to_be_visible()
    plain.close()


def test_what_was_typed_survives_a_session_that_ran_out(page: Page, server: Server) -> None:
    page.get_by_label("说明").fill("到位资金分两笔")
    page.locator(".draft-state", has_text="草稿").wait_for()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="提交认定").first.click()
    page.wait_for_url("**/login/**")
    sign_in(page, server, "statistics_clerk")
    page.goto("/ui/")
    expect(page.get_by_label("说明")).to_have_value("到位资金分两笔")
    page.get_by_role("button", name="不要草稿").click()
    expect(page.get_by_label("说明")).to_have_value("")


def test_a_refused_form_leads_to_what_is_wrong(page: Page) -> None:
    page.get_by_role("button", name="提交认定").first.click()
    summary = page.locator(".error-sum")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="到位金额").click()
    expect(page.get_by_label("到位金额")).to_be_in_viewport()


def test_a_column_taken_out_stays_out(page: Page) -> None:
    heads = page.locator("table[data-columns] thead th:visible")
    expect(heads).to_have_count(5)
    page.locator(".columns summary").click()
    page.get_by_label("同比").uncheck()
    expect(heads).to_have_count(4)
    page.reload()
    expect(heads).to_have_count(4)


def test_a_past_day_is_chosen_shown_and_left(page: Page) -> None:
    page.locator(".moment summary").click()
    page.get_by_label("截至哪天所知").fill("2022-01-10")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".banner")).to_contain_text("2022年1月10日")
    assert "known=2022-01-10" in page.url
    page.get_by_role("link", name="回到今日").click()
    expect(page.locator(".banner")).to_have_count(0)
    assert "known" not in page.url


def test_a_grave_act_is_asked_about_once_more(page: Page) -> None:
    page.get_by_role("button", name="冲正").click()
    dialog = page.locator("#confirm")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="返回").click()
    expect(dialog).to_be_hidden()


def test_charts_are_drawn_and_their_tables_open(page: Page) -> None:
    expect(page.locator(".chart-canvas svg").first).to_be_visible()
    page.locator(".chart-data summary").first.click()
    expect(page.locator(".chart-data table").first).to_be_visible()


def test_a_phone_has_its_bar_and_nothing_runs_over(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".phone-bar")).to_be_visible()
    expect(page.locator("#nav")).to_be_hidden()
    page.locator(".phone-bar a[href='#nav']").click()
    expect(page.locator("#nav")).to_be_visible()
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over <= 0


def test_the_wall_needs_no_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 2560, "height": 1440})
    page.goto("/ui/?edition=wall")
    assert page.evaluate("document.documentElement.scrollHeight") <= 1440
    size = page.locator(".wall-figure .figure-value").first.evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    assert size >= 80
