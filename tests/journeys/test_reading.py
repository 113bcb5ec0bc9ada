"""The head of the bureau reads: the cockpit, a figure, its postings, down to the voucher."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server
from tests.journeys.visitor import visiting

pytestmark = [pytest.mark.journey, pytest.mark.once]

CAPITAL = "招商引资实际到位资金"


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


def row_of(page: Page, name: str) -> Locator:
    """The row of an indicator in the cockpit's table."""
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def down_to_the_voucher(page: Page, place: Locator) -> None:
    """From the provenance of a figure, shown in `place`, to the picture of a voucher."""
    expect(place).to_contain_text("726.2")
    expect(place.get_by_role("heading", name="入账记录")).to_be_visible()
    expect(place.get_by_role("heading", name="口径")).to_be_visible()
    place.get_by_role("table").filter(has_text="凭证").get_by_role("rowheader").first.get_by_role(
        "link"
    ).click()
    expect(page.get_by_role("heading", level=1, name=CAPITAL)).to_be_visible()
    expect(page.get_by_role("heading", name="认定经过")).to_be_visible()
    page.locator(".vouchers a").first.click()


def test_the_cockpit_is_read_and_a_figure_followed_to_its_voucher(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "director")
    expect(page.get_by_role("heading", name="2021年指标驾驶舱")).to_be_visible()
    expect(row_of(page, CAPITAL)).to_contain_text("达到挑战")
    expect(page.get_by_text("67个 ≠ 签约项目 74个")).to_be_visible()

    page.get_by_role("link", name="外贸与展会").click()
    expect(row_of(page, "外贸进出口总额")).to_be_visible()
    expect(row_of(page, CAPITAL)).to_have_count(0)
    page.get_by_role("link", name="全部", exact=True).first.click()

    row_of(page, CAPITAL).get_by_role("link", name="726.2亿元").click()
    drawer = page.get_by_role("complementary", name="来源与预览")
    down_to_the_voucher(page, drawer)
    expect(drawer.get_by_role("img").first).to_be_visible()
    drawer.get_by_role("link", name="打开整页").click()
    expect(page.get_by_role("heading", name="预览")).to_be_visible()
    expect(page.get_by_text("SHA-256")).to_be_visible()
    picture = page.locator(".page-image")
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 0


def test_the_same_way_is_open_without_scripts(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    with visiting(browser, server, tmp_path, java_script_enabled=False) as page:
        sign_in(page, server, "director")
        row_of(page, CAPITAL).get_by_role("link", name="726.2亿元").click()
        expect(page.get_by_role("heading", level=1, name=f"{CAPITAL}的来源")).to_be_visible()
        down_to_the_voucher(page, page.get_by_role("main"))
        expect(page.get_by_role("heading", name="预览")).to_be_visible()
        expect(page.locator(".page-image")).to_be_visible()


def test_the_year_is_read_as_it_was_known_in_june(server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, "director")
    page.locator(".moment summary").click()
    page.get_by_label("截至哪天所知").fill("2021-07-01")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".banner")).to_contain_text("这是2021年7月1日当时所知的数")
    then = row_of(page, CAPITAL).get_by_role("link", name="亿元").first
    expect(then).not_to_contain_text("726.2")
    shown = then.inner_text().split()[0]
    then.click()
    drawer = page.get_by_role("complementary", name="来源与预览")
    expect(drawer).to_contain_text("按2021年7月1日")
    expect(drawer).to_contain_text(shown)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="回到今日").click()
    expect(row_of(page, CAPITAL)).to_contain_text("726.2")
