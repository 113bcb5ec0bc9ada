"""Login by an identity provider that is a real one: django-oauth-toolkit, a process of its own."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from shangheng.core.signin.totp import SECONDS, code_at
from tests.journeys.people import password_of, sign_in
from tests.journeys.provider import CLIENT, PASSWORD, SECRET, bend, providing
from tests.journeys.server import Data, Server, _free_port
from tests.journeys.visitor import visiting

pytestmark = [pytest.mark.journey, pytest.mark.once]

BUTTON = "用市统一认证登录"


@pytest.fixture
def provider(tmp_path: Path) -> Path:
    return tmp_path / "provider"


@pytest.fixture
def server(
    sample_data: Data, tmp_path: Path, provider: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """The platform with the sample year, and the provider that it is told of."""
    data = sample_data.copy(tmp_path / "data", f"sso_{time.monotonic_ns()}")
    running = Server(data)
    clerk, _password = password_of(running, "statistics_clerk")
    with providing(provider, _free_port(), f"{running.url}/login/oidc/back/", clerk) as issuer:
        monkeypatch.setenv("SHANGHENG_OIDC_ISSUER", issuer)
        monkeypatch.setenv("SHANGHENG_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("SHANGHENG_OIDC_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("SHANGHENG_OIDC_NAME", "市统一认证")
        running.start()
        yield running
        running.kill()
    data.remove()


def go(page: Page, *, identify: str = "") -> None:
    """To the provider from the login page; there, `identify` logs in by name and password."""
    page.goto("/login/")
    page.get_by_role("link", name=BUTTON).click()
    if identify:
        page.locator("input[name=username]").fill(identify)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录认证").click()


def leave(page: Page) -> None:
    page.locator("form[action='/logout/'] button").first.evaluate("button => button.form.submit()")
    page.wait_for_url("**/login/**")


def be_refused(page: Page, why: str) -> None:
    go(page)
    expect(page.get_by_role("heading", name="没有登录")).to_be_visible()
    expect(page.get_by_text(why)).to_be_visible()
    page.goto("/targets/import/")
    assert "/login/" in page.url


def test_somebody_comes_in_by_the_provider_and_no_bent_token_opens_the_door(
    server: Server, browser: Browser, tmp_path: Path, provider: Path
) -> None:
    clerk, _password = password_of(server, "statistics_clerk")
    with visiting(browser, server, tmp_path) as page:
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        go(page, identify=clerk)
        page.wait_for_url(f"{server.url}/**")
        expect(page.get_by_role("heading").first).to_be_visible()
        assert "/login" not in page.url
        query = parse_qs(urlsplit(next(url for url in asked if "/authorize/" in url)).query)
        assert query["response_type"] == ["code"]
        assert query["code_challenge_method"] == ["S256"]
        assert {"state", "nonce", "code_challenge"} <= query.keys()

        leave(page)
        now = int(time.time())
        for claims in ({"nonce": "another"}, {"exp": now - 3600}, {"aud": "another-client"}):
            bend(provider, **claims)
            be_refused(page, "请从登录页重新开始")
        bend(provider)
        go(page)  # the provider still knows who it is
        page.wait_for_url(lambda url: url.startswith(server.url) and "/login" not in url)

        leave(page)
        page.goto("/login/oidc/back/?code=stolen&state=forged")
        expect(page.get_by_text("不是从本平台发起的")).to_be_visible()


def test_somebody_whom_nobody_here_knows_is_refused(
    sample_data: Data,
    server: Server,
    browser: Browser,
    tmp_path: Path,
    provider: Path,
) -> None:
    clerk, _password = password_of(server, "statistics_clerk")
    bend(provider, preferred_username="nobody-here", sub="4711")
    with visiting(browser, server, tmp_path) as page:
        go(page, identify=clerk)
        expect(page.get_by_role("heading", name="没有登录")).to_be_visible()
    with visiting(browser, server, tmp_path) as page:
        sign_in(page, server, "auditor")
        page.goto("/audit/")
        expect(page.get_by_text("nobody-here").first).to_be_visible()


def test_a_second_factor_that_a_role_asks_for_is_asked_of_who_comes_this_way(
    sample_data: Data,
    server: Server,
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clerk, _password = password_of(server, "statistics_clerk")
    monkeypatch.setenv("SHANGHENG_SECOND_FACTOR_ROLES", "statistics_clerk")
    server.stop()
    server.start()
    with visiting(browser, server, tmp_path) as page:
        go(page, identify=clerk)
        expect(page.get_by_role("heading", name="启用二次验证")).to_be_visible()
        secret = page.locator("code").first.inner_text().replace(" ", "")
        step = int(time.time() // SECONDS)
        page.get_by_label("验证码").fill(code_at(secret, step))
        page.locator("main form button[type=submit]").first.click()
        expect(page.get_by_role("heading", name="请保存恢复码")).to_be_visible()
        page.get_by_role("link", name="已保存，继续").click()
        leave(page)

        go(page)
        expect(page.get_by_role("heading", name="二次验证")).to_be_visible()
        page.get_by_label("验证码").fill(code_at(secret, step + 1))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/login" not in url)
