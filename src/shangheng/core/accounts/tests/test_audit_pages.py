import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.export import harmless
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.audit.tests.raw import AT, drop_guards, execute, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> User:
    user = person("auditor", display_name="安审计")
    client.force_login(user)
    return user


def text(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/audit/export/{query}")
    content = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.usefixtures("auditor")
def test_the_latest_acts_come_first_fifty_to_a_page(client: Client) -> None:
    rows(60)
    page = text(client, "/audit/")
    assert "第60笔" in page
    assert "第1笔" not in page
    assert "第1笔" in text(client, "/audit/?page=2")


@pytest.mark.usefixtures("auditor")
def test_many_rows_cost_as_many_queries_as_few(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text(client, "/audit/")
    with CaptureQueriesContext(connection) as few:
        text(client, "/audit/")
    rows(60)
    with django_assert_num_queries(len(few)):
        text(client, "/audit/")


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?actor=刘", {1, 2}),
        ("?actor_id=7", {1, 2}),
        ("?act=login.failed", {3}),
        ("?target=ledger.posting:1", {1}),
        ("?target=ledger.", {1, 2}),
        ("?since=2021-12-02", {3}),
        ("?until=2021-12-01&actor=刘", {1, 2}),
        ("?since=2021-12-01&until=2021-12-02&act=login.failed", {3}),
        ("?actor=王", set()),
    ],
)
def test_acts_are_found_by_person_act_object_and_day(
    client: Client, query: str, found: set[int]
) -> None:
    base = Row.objects.count()
    rows(2)
    record(actor=None, act="login.failed", at=AT + timedelta(days=1))
    numbers = {int(line["序号"]) - base for line in exported(client, query)}
    assert {number for number in numbers if number > 0} == found


@pytest.mark.usefixtures("auditor")
def test_days_in_the_wrong_order_are_said_beside_the_field(client: Client) -> None:
    assert "截止日期早于起始日期" in text(client, "/audit/?since=2021-12-02&until=2021-12-01")


@pytest.mark.usefixtures("auditor")
def test_a_fragment_holds_the_rows_alone(client: Client) -> None:
    rows(1)
    page = client.get("/audit/", headers={"HX-Request": "true"})
    assert "第1笔" in page.content.decode()
    assert "<html" not in page.content.decode()
    assert "HX-Request" in page.headers["Vary"]


@pytest.mark.usefixtures("auditor")
def test_a_row_shows_what_was_before_and_after(client: Client) -> None:
    row = record(
        actor=None,
        act="ledger.post",
        at=AT,
        before={"amount": "726.2", "unit": {"code": "swj"}},
        after={"amount": "727.3", "unit": {"code": "swj"}, "vouchers": [3, 4], "is_active": True},
    )
    page = text(client, f"/audit/{row.number}/")
    assert "<del>726.2</del>" in page
    assert "<ins>727.3</ins>" in page
    assert "单位 · 代码" in page
    assert "<ins>3、4</ins>" in page
    assert "<ins>是</ins>" in page
    assert "与内容相符" in page


@pytest.mark.usefixtures("auditor")
def test_a_row_that_was_altered_says_so(client: Client) -> None:
    row = rows(1)[0]
    drop_guards()
    execute("UPDATE audit_row SET label = '改' WHERE number = %s", row.number)
    assert "本条被改动过" in text(client, f"/audit/{row.number}/")


def test_an_export_holds_exactly_what_was_found_and_is_recorded(
    client: Client, auditor: User
) -> None:
    rows(3)
    lines = exported(client, "?act=ledger.post")
    assert [line["说明"] for line in lines] == ["第3笔", "第2笔", "第1笔"]
    kept = Row.objects.get(pk=lines[0]["序号"])
    assert lines[0]["校验码"] == kept.hash
    row = Row.objects.latest("number")
    assert (row.act, row.actor_id) == ("audit.export", auditor.pk)
    assert row.after is not None
    assert (row.after["rows"], row.after["filter"]) == (3, {"act": "ledger.post"})


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\t=1"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("726.2") == "726.2"


def test_only_auditors_see_the_audit(client: Client) -> None:
    client.force_login(person("administrator"))
    for url in ("/audit/", "/audit/1/", "/audit/export/"):
        assert client.get(url).status_code == 403
