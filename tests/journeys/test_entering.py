"""A new colleague comes in: made by the administrator, locked out, let in, with a password of her own."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_in
from tests.journeys.server import Server

pytestmark = pytest.mark.journey

OWN_PASSWORD = "Dongxihu-2021-tongji"
FAILURES = 5
LOCKED = "连续输错5次，该登录名已锁定"


def add_colleague(page: Page) -> str:
    """The administrator adds 王芳, a clerk; the password that is shown once."""
    page.get_by_role("link", name="增加人员").click()
    page.get_by_label("登录名").fill("wangfang")
    page.get_by_label("姓名").fill("王芳")
    page.get_by_label("所在单位").select_option("商务局")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="王芳的新密码")).to_be_visible()
    password = page.locator("dd code").inner_text()
    page.get_by_role("link", name="去授予角色").click()
    page.get_by_label("角色").select_option("统计员")
    page.get_by_role("button", name="授予").click()
    expect(page.get_by_role("row", name="统计员")).to_be_visible()
    return password


def enter(page: Page, password: str) -> None:
    page.get_by_label("登录名").fill("wangfang")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def be_refused(page: Page, password: str, message: str) -> None:
    """Try to come in; the form comes back with the message, and without the password."""
    enter(page, password)
    expect(page.get_by_label("密码")).to_be_empty()
    expect(page.get_by_text(message)).to_be_visible()


def choose_password(page: Page, present: str, new: str) -> None:
    page.get_by_label("现在的密码").fill(present)
    page.get_by_label("新密码", exact=True).fill(new)
    page.get_by_label("再输一遍新密码").fill(new)
    page.get_by_role("button", name="修改密码").click()


def test_a_new_colleague_is_locked_out_let_in_and_chooses_a_password(
    server: Server, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, server, "administrator")
    password = add_colleague(page)

    page.context.clear_cookies()
    page.goto("/targets/")
    expect(page.get_by_text("请先登录")).to_be_visible()
    for _ in range(FAILURES):
        be_refused(page, "wrong-" + password, "登录名或密码不正确。")
    be_refused(page, password, LOCKED)

    sign_in(page, server, "administrator")
    page.goto("/people/")
    page.get_by_role("link", name="王芳").click()
    expect(page.get_by_text("已锁定至")).to_be_visible()
    page.get_by_role("button", name="解除锁定").click()
    expect(page.get_by_text("已锁定至")).to_have_count(0)

    page.context.clear_cookies()
    page.goto("/login/")
    enter(page, password)
    expect(page.get_by_text("这是别人为您设的密码")).to_be_visible()
    page.goto("/targets/postings/")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    choose_password(page, password, "123456")
    expect(page.locator(".error-sum")).to_be_visible()
    choose_password(page, password, OWN_PASSWORD)
    expect(page.get_by_role("heading", name="指标驾驶舱")).to_be_visible()
    expect(page.get_by_text("密码已修改")).to_be_visible()


def test_leaving_closes_the_door(server: Server, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, server, "inspector")
    page.locator(".person summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("您已退出。")).to_be_visible()
    page.goto("/targets/postings/")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
