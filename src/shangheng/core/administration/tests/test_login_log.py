import pytest
from django.test import Client

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import PASSWORD, person
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def auditor(client: Client) -> User:
    user = person("auditor", display_name="安审计")
    client.force_login(user)
    return user


def attempt(username: str, password: str) -> None:
    data = {"username": username, "password": password}
    Client(headers={"User-Agent": EDGE}).post("/login/", data)


def log(client: Client, query: str = "") -> str:
    answer = client.get(f"/audit/logins/?view=all{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("auditor")
def test_the_log_tells_way_device_outcome_and_why_not(client: Client) -> None:
    clerk = person("statistics_clerk", display_name="刘敏")
    gone = person("statistics_clerk", display_name="陈旧")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    attempt(clerk.username, PASSWORD)
    attempt(clerk.username, "wrong")
    attempt(gone.username, PASSWORD)
    attempt("nobody", PASSWORD)
    page = log(client)
    for words in ("刘敏", "密码", "Windows上的Edge", "密码不对", "人员已停用", "没有这个登录名"):
        assert words in page
    assert "nobody" not in page, "people type passwords into the wrong field"
    failed = log(client, "&tab=failed&reason=inactive")
    assert "陈旧" in failed
    assert "刘敏" not in failed
    assert "刘敏" in log(client, "&tab=in&way=password&q=刘")


@pytest.mark.usefixtures("auditor")
def test_the_log_is_exported_as_found(client: Client) -> None:
    attempt(person("statistics_clerk", display_name="刘敏").username, "wrong")
    answer = client.get("/audit/logins/?view=all&tab=failed&export=csv")
    assert "密码不对" in answer.content.decode()
    assert Row.objects.latest("number").act == "audit.export"


@pytest.mark.usefixtures("auditor")
def test_who_posts_to_the_login_without_its_page_is_told_once_a_day(client: Client) -> None:
    robot = Client(enforce_csrf_checks=True)
    for _ in range(3):
        answer = robot.post("/login/", {"username": "root", "password": "root"})
        assert answer.status_code == 403
    row = Row.objects.get(act="login.refused")
    assert (row.label, row.after) == ("", {"way": "password", "reason": "form"})
    page = log(client, "&reason=form")
    for words in ("登录被拒", "不是从登录页提交的", "没有的登录名"):
        assert words in page
    assert "锁定期间" not in page.partition("<tbody>")[2], "each reason has its own words"
