"""Everybody sees and does what their post asks for, and is told in Chinese what it does not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.once]

FORBIDDEN = "您没有这项权限"
UNKNOWN = "没有这一页"
UNREADABLE = "看不懂这个地址"
POST, IMPORT = "/targets/postings/new/", "/targets/import/"
QUEUE, SUBMIT = "/targets/recognition/", "/targets/postings/1/submit/"
POSTINGS, COCKPIT = "/targets/postings/", "/targets/"


@pytest.fixture
def server(shared_server: Server) -> Server:
    """Nothing is written here."""
    return shared_server


def refused(page: Page, path: str, status: int = 403, told: str = FORBIDDEN) -> None:
    """An address that is typed in is answered by a page in Chinese."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status, f"{path} answers {answer.status}"
    expect(page.get_by_role("heading", level=1)).to_contain_text(told)


def offers(page: Page, name: str) -> bool:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True).count() > 0


def menu(page: Page) -> list[str]:
    return page.get_by_role("navigation", name="各工作台").get_by_role("link").all_inner_texts()


def test_an_investment_officer_sees_the_postings_of_the_own_unit(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.goto(POSTINGS + "?all=1")
    foreign = page.get_by_role("row", name="商务局").get_by_role("link").first
    address = foreign.get_attribute("href")
    assert address
    others = page.get_by_text(re.compile(r"共 [\d,]+ 条记录")).inner_text()

    sign_in(page, server, "investment_officer")
    page.goto(POSTINGS + "?all=1")
    units = page.locator("td[data-label='责任单位']").all_inner_texts()
    assert set(units) <= {"现服办"}, units
    assert page.get_by_text(others).count() == 0
    assert offers(page, "填报")
    refused(page, address, 404, UNKNOWN)
    page.goto(POST + "?indicator=investment.capital_in_place")
    choices = page.get_by_label("责任单位").get_by_role("option").all_inner_texts()
    assert [each.strip() for each in choices[1:]] == ["现服办"]
    for path in (
        IMPORT,
        SUBMIT,
        "/targets/sheets/new/",
        "/briefing/reports/",
        "/audit/",
        "/people/",
    ):
        refused(page, path)


def test_an_inspector_reads_and_cannot_post(server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, "inspector")
    page.goto(POSTINGS)
    assert not offers(page, "填报")
    assert "填报" not in menu(page)
    for path in (POST, IMPORT, SUBMIT, "/audit/", "/people/"):
        refused(page, path)


def test_an_auditor_reads_everything_and_changes_nothing(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "auditor")
    page.goto("/audit/")
    expect(page.get_by_role("heading", level=1, name="审计")).to_be_visible()
    expect(page.get_by_text("一条不能改、不能删")).to_be_visible()
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_text("127.0.0.1")).to_be_visible()
    for path in (COCKPIT, POSTINGS, QUEUE, "/targets/sheets/", "/briefing/reports/", "/people/"):
        page.goto(path)
        # a view of a list is one's own way of looking: it changes nothing that is looked at
        acts = page.locator(
            "main form[method=post] button:not(.list-menu *), main .actions .primary"
        )
        assert acts.all_inner_texts() == [], path
    page.goto(POSTINGS)
    page.locator("tbody").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="凭证")).to_be_visible()
    expect(page.locator("main .actions .button")).to_have_count(0)
    for path in (POST, IMPORT, SUBMIT, "/targets/sheets/new/", "/people/new/"):
        refused(page, path)


def test_an_administrator_manages_people_and_sees_no_business(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "administrator")
    expect(page.get_by_role("heading", name="人员与权限")).to_be_visible()
    expect(page.get_by_role("link", name="增加人员")).to_be_visible()
    page.get_by_role("link", name="示例局长").click()
    expect(page.get_by_role("button", name="授予")).to_be_visible()
    for path in (COCKPIT, POSTINGS, POST, QUEUE, "/documents/1/", "/briefing/reports/", "/audit/"):
        refused(page, path)


def test_addresses_that_lead_nowhere_are_answered_in_chinese(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "director")
    for path in ("/nowhere/", POSTINGS + "999999/", "/documents/999999/"):
        refused(page, path, 404, UNKNOWN)
    refused(page, POST)
    refused(page, COCKPIT + "?known=tomorrow", 400, UNREADABLE)
