"""The demonstration accounts, as a journey uses them."""

import json

from playwright.sync_api import Page

from tests.journeys.server import Server


def password_of(server: Server, who: str) -> tuple[str, str]:
    """User name and password of the demonstration account of that name, or the first with that role."""
    kept = json.loads((server.data.folder / "demo-accounts.json").read_text(encoding="utf-8"))
    account = next(each for each in kept if who in {each["role"], each["username"]})
    return account["username"], account["password"]


def sign_in(page: Page, server: Server, who: str) -> None:
    """Log in by the form, as a role or an account; whoever was logged in before is forgotten."""
    username, password = password_of(server, who)
    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login" not in url)


def confirm(page: Page, name: str) -> None:
    """Press a grave button, and once more in the question that it asks."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
