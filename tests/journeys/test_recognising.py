"""A fact with its voucher goes to the superior office, is cut, mended and recognised after all."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.papers import scan
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

CAPITAL = "招商引资实际到位资金"
REASON = "区内平台公司融资、发债资金"


def cockpit_says(page: Page, *amounts: str) -> None:
    """The pace bar of the capital in place tells these amounts."""
    page.goto("/targets/")
    bar = page.get_by_role("row").get_by_role("img", name=re.compile(f"^{CAPITAL}：已认定"))
    told = bar.get_attribute("aria-label") or ""
    for amount in amounts:
        assert amount in told, told


def post(page: Page, voucher: Path) -> str:
    """The clerk posts 2.5亿元 by form; the address of the posting."""
    page.get_by_role("link", name="填报", exact=True).first.click()
    page.get_by_label("按名称、别名或编码查找").fill("到位资金")
    page.get_by_role("main").get_by_role("link", name=CAPITAL).last.click()
    page.get_by_label("责任单位").select_option("商务局")
    page.get_by_label("发生日期").fill("2021-12-20")
    page.get_by_label("资金投向").select_option("产业项目")
    page.get_by_label("数值").fill("2.5亿")
    page.get_by_label("银行进账单").set_input_files(voucher)
    page.get_by_role("button", name="登记", exact=True).click()
    summary = page.locator(".error-sum")
    expect(summary).to_contain_text("数值")
    expect(summary).to_contain_text("数据来源")
    expect(page.get_by_label("回单.pdf")).to_be_checked()
    page.get_by_label("数值").fill("2.5")
    page.get_by_label("数据来源").fill("示例银行进账单")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("已登记为#")).to_be_visible()
    expect(page.locator(".vouchers")).to_contain_text("回单.pdf")
    return page.url


def submit(page: Page) -> None:
    page.get_by_role("link", name="提交认定").click()
    expect(page.get_by_text("把待报的2.5亿元报武汉市招商办认定")).to_be_visible()
    page.get_by_role("button", name="提交认定").click()
    expect(page.get_by_text("已提交2.5亿元，等待武汉市招商办答复。")).to_be_visible()


def recognise(page: Page, recognised: str, rejected: str, reply: Path) -> None:
    """The section head records a reply of the city."""
    page.get_by_role("link", name="登记认定结果").click()
    page.get_by_label("认定金额").fill(recognised)
    page.get_by_label("拒统金额").fill(rejected)
    if rejected:
        page.get_by_label("拒统原因").select_option(REASON)
    page.get_by_label("答复文件").set_input_files(reply)
    page.get_by_role("button", name="登记结果").click()
    expect(page.get_by_text("认定结果已登记。")).to_be_visible()


def rejected_share(page: Page) -> str:
    """The row of our reason in the analysis of what was rejected."""
    page.goto("/targets/recognition/rejected/?indicator=investment.capital_in_place")
    return page.get_by_role("row", name=REASON).inner_text()


def test_a_fact_is_partly_rejected_mended_and_recognised(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    cockpit_says(page, "已认定726.2亿元", "待认定3.57亿元")
    before = rejected_share(page)
    page.goto("/targets/")
    posting = post(page, scan(tmp_path, "回单.pdf", "white"))
    cockpit_says(page, "已认定726.2亿元", "待认定6.07亿元")
    page.goto(posting)
    submit(page)

    sign_in(page, server, "section_head")
    page.get_by_role("link", name="认定").first.click()
    page.get_by_role("link", name="已报待认定").click()
    page.get_by_role("row", name="2.5").get_by_role("link", name=CAPITAL).click()
    recognise(page, "1.5", "1", scan(tmp_path, "答复.pdf", "gray"))
    story = page.locator(".steps")
    expect(story).to_contain_text(REASON)
    expect(story).to_contain_text("答复.pdf")
    cockpit_says(page, "已认定727.7亿元", "待认定3.57亿元")

    sign_in(page, server, "statistics_clerk")  # who sees what every unit had rejected
    after = rejected_share(page)
    assert "4.6" in before, before
    assert "5.6" in after, after
    page.goto(posting)
    page.get_by_role("link", name="重新提交").click()
    page.get_by_label("补充说明").fill("补充验资报告，资金来自市外投资方")
    page.get_by_label("验资报告").set_input_files(scan(tmp_path, "验资.pdf", "beige"))
    page.get_by_role("button", name="重新提交").click()
    expect(page.get_by_text("已重新提交，等待答复。")).to_be_visible()
    expect(page.locator(".vouchers")).to_contain_text("验资.pdf")
    cockpit_says(page, "已认定727.7亿元", "待认定4.57亿元")

    sign_in(page, server, "section_head")
    page.goto(posting)
    recognise(page, "1", "", scan(tmp_path, "二次答复.pdf", "silver"))
    cockpit_says(page, "已认定728.7亿元", "待认定3.57亿元")
    page.goto("/targets/recognition/rejected/?indicator=investment.capital_in_place")
    expect(page.get_by_text("其后重新提交").locator("xpath=..")).to_contain_text("1亿元")


def test_the_same_voucher_twice_is_a_finding(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    voucher = scan(tmp_path, "回单.pdf", "white")
    sign_in(page, server, "statistics_clerk")
    first = post(page, voucher)
    page.goto("/targets/")
    post(page, voucher)
    expect(page.locator(".reused")).to_contain_text(f"也用于#{first.rstrip('/').rsplit('/', 1)[1]}")
