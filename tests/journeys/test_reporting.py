"""The work summary of 2021: built, checked, signed, issued, and flagged when a fact is restated."""

from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys.people import confirm, sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

TITLE = "东西湖区商务局2021年工作总结（送审）"
REASON = "公布口径不同，文中已加说明"


def write_report(page: Page) -> str:
    """The clerk makes the report and freezes its figures; its address."""
    page.get_by_role("link", name="材料", exact=True).first.click()
    page.get_by_role("main").get_by_role("link", name="新建材料").first.click()
    page.get_by_label("模板").select_option("年度工作总结")
    page.get_by_label("时期").fill("2021")
    page.get_by_label("标题", exact=False).fill(TITLE)
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_role("heading", name="修改正文")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("726.2")
    page.get_by_role("button", name="保存并返回").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    page.get_by_role("button", name="生成定稿").click()
    expect(page.get_by_text("此后台账的变动不影响正文")).to_be_visible()
    return page.url


def waive_everything(page: Page, report: str) -> None:
    """The director answers for what was found, with a reason; without one it is refused."""
    page.goto(report)
    expect(page.get_by_text("还不能签发")).to_be_visible()
    expect(page.get_by_role("button", name="签发", exact=True)).to_have_count(0)
    page.goto(f"{report}findings/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("放行理由").fill(REASON)
    page.get_by_role("button", name="放行所选问题").click()
    expect(page.get_by_text("没有未解决的问题。")).to_be_visible()
    expect(page.get_by_text(REASON).first).to_be_visible()


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def text_of_word(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def reverse_a_fact(page: Page) -> None:
    """The clerk takes back a recognised fact that the report quotes."""
    page.goto("/targets/postings/?indicator=investment.capital_in_place&status=3")
    page.locator("tbody").get_by_role("link").first.click()
    page.get_by_role("link", name="冲销", exact=True).click()
    page.get_by_label("冲销原因").fill("示例：进账单金额有误，据银行更正函冲销")
    page.get_by_role("button", name="冲销").click()
    expect(page.get_by_text("这条记录已被")).to_be_visible()


def test_the_summary_is_issued_and_flagged_when_a_fact_is_restated(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    report = write_report(page)

    sign_in(page, server, "section_head")
    page.goto(report)
    confirm(page, "核稿通过")
    expect(page.get_by_text("核稿通过，等待签发。")).to_be_visible()

    sign_in(page, server, "director")
    waive_everything(page, report)
    page.goto(report)
    confirm(page, "签发")
    expect(page.get_by_text("已签发，等待印发。")).to_be_visible()
    confirm(page, "印发")
    expect(page.get_by_text("已印发。")).to_be_visible()
    word, pdf = download(page, "Word", tmp_path), download(page, "PDF", tmp_path)
    assert TITLE in word.name
    assert "726.2" in text_of_word(word)
    assert "726.2" in text_of_pdf(pdf)
    issued = download(page, "纯文本", tmp_path).read_text()

    sign_in(page, server, "statistics_clerk")
    reverse_a_fact(page)
    page.goto("/briefing/reports/")
    expect(page.get_by_role("row", name=TITLE)).to_contain_text("处已变")
    page.get_by_role("row", name=TITLE).get_by_role("link", name="处已变").click()
    expect(page.get_by_role("heading", name="发布后的变动")).to_be_visible()
    expect(page.get_by_text("据银行更正函冲销").first).to_be_visible()
    page.goto(report)
    flag = page.get_by_role("region", name="数字已变")
    expect(flag.get_by_role("row").filter(has_text="726.2").first).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("726.2")
    assert download(page, "纯文本", tmp_path).read_text() == issued
    assert text_of_word(download(page, "Word", tmp_path)) == text_of_word(word)
