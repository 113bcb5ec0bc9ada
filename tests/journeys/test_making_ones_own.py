"""What people make their own: a view of a list that a whole role opens with, a token for a program."""

import re

import requests
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server


def test_a_view_is_saved_shared_and_opened_first_by_a_whole_role(
    browser_page: Page, server: Server
) -> None:
    page = browser_page
    sign_in(page, server, "section_head")
    page.goto("/investment/projects/?stage=signed&sort=-amount")
    page.locator(".list-menu summary", has_text="视图").click()
    page.get_by_label("把现在的样子存为新视图").fill("已签约，大的在前")
    page.get_by_label("共享给能打开这个列表的人").check()
    page.get_by_role("button", name="保存视图").click()
    menu = page.locator(".list-menu summary", has_text="已签约，大的在前")
    menu.click()
    page.get_by_role("link", name="管理视图和默认视图").click()
    page.get_by_label("角色", exact=True).select_option(label="招商专员")
    page.get_by_role("button", name="设定").click()
    expect(page.locator("td .tag", has_text="招商专员")).to_be_visible()

    sign_in(page, server, "investment_officer")
    page.goto("/investment/projects/")
    page.wait_for_url("**stage=signed**")
    expect(page.locator(".list-menu summary", has_text="已签约，大的在前")).to_be_visible()
    page.locator(".list-menu summary", has_text="已签约，大的在前").click()
    page.get_by_role("link", name="完整列表").click()
    expect(page.locator(".list-menu summary", has_text=re.compile("^\\s*视图"))).to_be_visible()


def test_a_token_answers_until_it_is_revoked(browser_page: Page, server: Server) -> None:
    page = browser_page
    sign_in(page, server, "statistics_clerk")
    page.goto("/tokens/new/")
    page.get_by_label("用途").fill("报表程序")
    page.get_by_label("targets.view").check()
    page.get_by_role("button", name="新建令牌").click()
    secret = page.get_by_label("访问令牌").input_value()

    def asked() -> int:
        told = {"Authorization": f"Bearer {secret}"}
        return requests.get(
            f"{server.url}/api/v1/targets/indicators", headers=told, timeout=30
        ).status_code

    assert asked() == 200
    page.get_by_role("link", name="已保存，返回").click()
    page.get_by_role("row", name="报表程序").get_by_role("checkbox").check()
    page.get_by_role("button", name="撤销令牌").click()
    page.get_by_role("button", name=re.compile("^撤销.*1条")).click()
    expect(page.get_by_role("row", name="报表程序")).to_contain_text("已撤销")
    assert asked() == 401
