"""On a phone, and by keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server
from tests.journeys.visitor import PHONE, visiting

pytestmark = [pytest.mark.journey, pytest.mark.once]

FOCUSED = "document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"
INSIDE = "id => document.activeElement.closest(id) !== null"


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


def fits(page: Page) -> bool:
    fit: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return fit


def test_a_clerk_posts_from_the_street(server: Server, browser: Browser, tmp_path: Path) -> None:
    with visiting(browser, server, tmp_path, viewport=PHONE, has_touch=True) as page:
        sign_in(page, server, "statistics_clerk")
        bar = page.get_by_role("navigation", name="常用工作台")
        expect(bar).to_be_visible()
        expect(page.get_by_role("link", name="招商引资实际到位资金").first).to_be_visible()
        expect(page.locator(".stacks tbody tr").first).to_have_css("display", "block")
        assert fits(page)

        bar.get_by_role("link", name="全部").tap()
        page.get_by_role("navigation", name="各工作台").get_by_role("link", name="填报").tap()
        page.get_by_role("main").get_by_role("link", name="招商引资实际到位资金").last.tap()
        page.get_by_label("数值").fill("1.2")
        expect(page.get_by_role("button", name="登记", exact=True)).to_be_visible()
        assert fits(page)


@pytest.mark.parametrize("role", ["statistics_clerk", "auditor"])
def test_no_page_of_the_menu_is_wider_than_a_phone(
    role: str, server: Server, browser: Browser, tmp_path: Path
) -> None:
    with visiting(browser, server, tmp_path, viewport=PHONE) as page:
        sign_in(page, server, role)
        entries = page.locator("#nav ul a").evaluate_all("all => all.map(a => a.pathname)")
        assert len(entries) > 5
        for path in entries:
            page.goto(path)
            assert fits(page), f"{path} is wider than a phone"


def test_an_indicator_is_found_and_a_drawer_closed_by_keys(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "director")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox", name="搜索")).to_be_focused()
    page.keyboard.type("社会消费品零售总额")
    page.locator("#search-hits").get_by_role("link", name="社会消费品零售总额").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="社会消费品零售总额")).to_be_visible()
    page.get_by_role("main").locator("a.figure").first.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("complementary", name="来源与预览")
    expect(drawer).to_contain_text("口径")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_tab_key_goes_from_the_skip_link_through_menu_and_bar_to_the_page(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "director")
    page.goto("/targets/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(INSIDE, "main")
    page.reload()
    regions: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        for region in ("#nav", ".topbar", "main"):
            if page.evaluate(INSIDE, region) and regions[-1:] != [region]:
                regions.append(region)
        if regions[-1:] == ["main"]:
            break
    assert regions == ["#nav", ".topbar", "main"]
