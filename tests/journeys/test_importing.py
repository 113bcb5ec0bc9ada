"""A month's facts come as an Excel table: with an error, mended, and once too often."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.papers import filled
from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

TRADE, SIGNED = "外贸进出口总额", "签约项目"
FACTS: list[dict[str, object]] = [
    {
        "指标": TRADE,
        "责任单位": "商务局",
        "发生日期": "2022-01-31",
        "数值": 17.5,
        "计量单位": "亿元",
    },
    {"指标": SIGNED, "责任单位": "商务局", "发生日期": "2022-01-20", "数值": 3, "计量单位": "个"},
]


def template(page: Page, folder: Path) -> Path:
    page.get_by_role("listbox", name="指标").select_option([TRADE, SIGNED])
    with page.expect_download() as download:
        page.get_by_role("button", name="下载模板").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def upload(page: Page, file: Path) -> None:
    page.goto("/targets/import/")
    page.get_by_label("填好的文件").set_input_files(file)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(file.name)


def postings_of_january(page: Page) -> str:
    page.goto("/targets/postings/?period=2022-01")
    return page.locator("#rows").inner_text()


def test_an_excel_table_is_mended_posted_and_not_posted_twice(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.get_by_role("link", name="Excel 导入").first.click()
    blank = template(page, tmp_path)

    wrong = [FACTS[0], {**FACTS[1], "数值": "三个"}]
    upload(page, filled(blank, tmp_path / "一月.xlsx", wrong))
    expect(page.get_by_text("有 1 处错误，没有导入任何内容。")).to_be_visible()
    error = page.get_by_role("row", name="D3")
    expect(error).to_contain_text("填报")
    expect(error).to_contain_text("数值")
    expect(error).to_contain_text("三个")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标出错误的副本").click()
    assert download.value.suggested_filename == "一月-错误标注.xlsx"
    assert "没有符合条件的记录" in postings_of_january(page)

    upload(page, filled(blank, tmp_path / "一月改.xlsx", FACTS))
    expect(page.get_by_text("共 2 行：新的 2 行，重复的 0 行。还没有入账。")).to_be_visible()
    assert "新增" in page.get_by_role("row", name=TRADE).inner_text()
    page.get_by_label("数据来源").fill("示例统计月报")
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入2条记录，原文件作为凭证保存。")).to_be_visible()
    posted = postings_of_january(page)
    assert "17.5" in posted.replace("17.50", "17.5"), posted

    upload(page, tmp_path / "一月改.xlsx")
    expect(page.get_by_text("共 2 行：新的 0 行，重复的 2 行。还没有入账。")).to_be_visible()
    expect(page.get_by_role("row", name=TRADE)).to_contain_text("相同")
    expect(page.get_by_text("没有新的行：每一行都与已登记的记录相同。")).to_be_visible()


def with_own_titles(path: Path, value: object) -> Path:
    """A table under titles of one's own, without the unit of measure."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["统计指标", "填报单位", "到账时间", "本月数"])
    sheet.append([TRADE, "商务局", "2022年2月28日", value])
    book.save(path)
    return path


def test_own_columns_are_mapped_the_marked_copy_is_mended_and_the_batch_taken_back(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    upload(page, with_own_titles(tmp_path / "二月.xlsx", "三亿"))
    for title, key in (
        ("统计指标", "indicator"),
        ("填报单位", "unit"),
        ("到账时间", "occurred_on"),
        ("本月数", "value"),
    ):
        page.get_by_label(title, exact=True).select_option(key)
    page.locator("[name=fixed-measure]").select_option("亿元")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("有 1 处错误，没有导入任何内容。")).to_be_visible()
    expect(page.get_by_role("row", name="D2")).to_contain_text("三亿")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标出错误的副本").click()
    marked = tmp_path / "二月-改.xlsx"
    download.value.save_as(marked)

    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[0]
    assert sheet["D2"].comment is not None
    sheet["D2"].value = 3.25
    book.save(marked)
    page.goto("/targets/import/")
    page.get_by_label("填好的文件").set_input_files(marked)
    page.get_by_role("button", name="预览").click()
    page.locator("[name=fixed-measure]").select_option("亿元")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("共 1 行：新的 1 行，重复的 0 行。还没有入账。")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入1条记录，原文件作为凭证保存。")).to_be_visible()
    page.get_by_role("link", name="撤销这一批").click()
    page.get_by_label("撤销原因").fill("试一试")
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.get_by_text("已撤销这一批导入。")).to_be_visible()


def test_a_file_that_is_no_table_is_refused_in_chinese(
    server: Server, browser_page: Page, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.goto("/targets/import/")
    letter = tmp_path / "来信.xlsx"
    letter.write_bytes("这不是表格".encode())
    page.get_by_label("填好的文件").set_input_files(letter)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("main")).to_contain_text("没有导入任何内容")
