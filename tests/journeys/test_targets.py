"""Next year's targets are proposed on a base that has moved, refused, mended, and signed for good."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import confirm, sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

TRADE = "外贸进出口总额"
NINE_MONTHS = "2021-10-20"  # the ledger then knew January to September


def open_draft(page: Page) -> str:
    """A new version of the sheet of 2022; its address."""
    page.get_by_role("link", name="目标表").first.click()
    page.get_by_role("link", name="新建草案").click()
    page.get_by_label("年度").fill("2022")
    page.get_by_label("编制依据").fill("示例：区委经济工作会议")
    page.get_by_role("button", name="建立草案").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2022年目标表第2版 草案")
    return page.url


def edit_trade(page: Page, sheet: str, base_on: str = "") -> None:
    page.goto(sheet)
    rows_of_trade(page).get_by_role("link", name="编辑").click()
    if base_on:
        page.get_by_label("换一天的台账作基数").fill(base_on)
        page.get_by_role("button", name="换", exact=True).click()


def rows_of_trade(page: Page) -> Locator:
    """What the sheet says of the trade volume."""
    return page.locator("tbody[id='trade.total']")


def sign_with_reasons(page: Page, sheet: str) -> None:
    """The director signs; without a reason for each base that has moved it is refused."""
    page.goto(sheet)
    page.get_by_role("link", name="签发", exact=True).click()
    reasons = page.get_by_role("textbox", name="认可")
    expect(reasons).to_have_count(2)
    confirm(page, "签发")
    expect(page.locator(".error-sum")).to_be_visible()
    for place in range(2):
        reasons.nth(place).fill("沿用区委会议确定的目标")
    confirm(page, "签发")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已签发")
    expect(page.get_by_text("沿用区委会议确定的目标")).to_have_count(2)


def test_a_stale_base_is_flagged_and_a_signed_sheet_is_closed(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    sheet = open_draft(page)

    edit_trade(page, sheet, NINE_MONTHS)
    expect(page.get_by_text("不是全年数")).to_be_visible()
    expect(page.get_by_text("那时只到9月")).to_be_visible()
    page.get_by_label("预期目标值").fill("180")
    page.get_by_label("预期增幅").fill("8")
    page.get_by_role("button", name="保存").click()
    refusal = page.locator(".error-row")
    expect(refusal).to_contain_text("163.9")
    expect(refusal).to_contain_text("177.0")
    page.get_by_label("预期目标值").fill("")
    page.get_by_role("button", name="保存").click()
    told = rows_of_trade(page)
    expect(told).to_contain_text("基数已变")
    expect(told).to_contain_text("163.9 → 217.08亿元")
    expect(told).to_contain_text("按增幅8%应为234.45")

    told.get_by_role("button", name="按现基数重算").click()
    expect(rows_of_trade(page)).to_contain_text("234.45")
    expect(rows_of_trade(page)).not_to_contain_text("基数已变")

    sign_in(page, server, "director")
    page.goto(f"{sheet}sign/")
    must_be_mended = page.get_by_role("listitem").filter(has_text="须补正")
    expect(must_be_mended).to_contain_text("预期、拼搏没有基数")
    expect(page.get_by_role("button", name="签发")).to_have_count(0)

    sign_in(page, server, "statistics_clerk")
    page.goto(f"{sheet}indicators/enterprises.small_to_large/")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2022年目标表第2版")

    sign_in(page, server, "director")
    sign_with_reasons(page, sheet)

    sign_in(page, server, "statistics_clerk")
    page.goto(sheet)
    expect(rows_of_trade(page)).to_contain_text("234.45")
    expect(page.get_by_role("link", name="编辑")).to_have_count(0)
    page.goto(f"{sheet}indicators/trade.total/")
    expect(page.get_by_role("button", name="保存")).to_have_count(0)


def test_a_what_if_answers_by_an_address_and_keeps_nothing(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "director")
    page.goto("/targets/sheets/")
    page.get_by_role("link", name="2022年第1版").click()
    rows_of_trade(page).get_by_role("link", name="推演").click()
    page.get_by_label("自然增幅至少").fill("2")
    page.get_by_label("自然增幅至多").fill("12")
    page.get_by_role("button", name="推演").click()
    expect(page.get_by_role("heading", name="达到各档的概率")).to_be_visible()
    expect(page.get_by_text("由推演者填写，不是历史规律")).to_be_visible()
    assert "from_growth=2" in page.url
